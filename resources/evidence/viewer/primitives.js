/*
 * What a verifier computes with: SHA-256, SHA-512, Ed25519 verification, canonical JSON, Merkle roots.
 * Written for this page, so that it needs no network, no library and no secure context; the same code runs
 * under Node in Docket's tests.
 */

const utf8 = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const joined = (...parts) => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

/** The first 64 bits of the fractional parts of roots of the first primes, as FIPS 180-4 names its constants. */
function rootBits(count, power) {
  const found = [];
  for (let n = 2n; found.length < count; n++) {
    let prime = true;
    for (let d = 2n; d * d <= n; d++) if (n % d === 0n) prime = false;
    if (!prime) continue;
    // Integer root of n * 2^(64 * power), by bisection.
    const target = n << (64n * BigInt(power));
    let low = 0n;
    let high = 1n << 80n;
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (middle ** BigInt(power) <= target) low = middle;
      else high = middle;
    }
    found.push(low & 0xffffffffffffffffn);
  }
  return found;
}

const K512 = rootBits(80, 3);
const H512 = rootBits(8, 2);
const K256 = Int32Array.from(K512.slice(0, 64), (word) => Number(word >> 32n) | 0);
const H256 = Int32Array.from(H512, (word) => Number(word >> 32n) | 0);

/** SHA-256 (FIPS 180-4), fed in pieces. */
class Sha256 {
  constructor() {
    this.state = H256.slice();
    this.block = new Uint8Array(64);
    this.words = new Int32Array(64);
    this.filled = 0;
    this.bytes = 0;
  }

  update(data) {
    this.bytes += data.length;
    let at = 0;
    if (this.filled > 0) {
      at = Math.min(64 - this.filled, data.length);
      this.block.set(data.subarray(0, at), this.filled);
      this.filled += at;
      if (this.filled < 64) return this;
      this.compress(this.block, 0);
      this.filled = 0;
    }
    for (; at + 64 <= data.length; at += 64) this.compress(data, at);
    this.block.set(data.subarray(at));
    this.filled = data.length - at;
    return this;
  }

  compress(data, from) {
    const { words: w, state: s } = this;
    for (let i = 0, at = from; i < 16; i++, at += 4) {
      w[i] = (data[at] << 24) | (data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3];
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15];
      const y = w[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let a = s[0];
    let b = s[1];
    let c = s[2];
    let d = s[3];
    let e = s[4];
    let f = s[5];
    let g = s[6];
    let h = s[7];
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K256[i] + w[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    s[0] = (s[0] + a) | 0;
    s[1] = (s[1] + b) | 0;
    s[2] = (s[2] + c) | 0;
    s[3] = (s[3] + d) | 0;
    s[4] = (s[4] + e) | 0;
    s[5] = (s[5] + f) | 0;
    s[6] = (s[6] + g) | 0;
    s[7] = (s[7] + h) | 0;
  }

  digest() {
    const { bytes } = this;
    const padding = new Uint8Array(((119 - (bytes % 64)) % 64) + 9);
    padding[0] = 0x80;
    new DataView(padding.buffer).setBigUint64(padding.length - 8, BigInt(bytes) * 8n);
    this.update(padding);
    const out = new Uint8Array(32);
    const view = new DataView(out.buffer);
    for (let i = 0; i < 8; i++) view.setInt32(i * 4, this.state[i]);
    return out;
  }
}

const sha256 = (data) => new Sha256().update(typeof data === 'string' ? utf8(data) : data).digest();
const sha256hex = (data) => hex(sha256(data));

/** SHA-512 (FIPS 180-4) of short data: signatures alone need it. */
function sha512(data) {
  const mask = 0xffffffffffffffffn;
  const turn = (x, n) => ((x >> n) | (x << (64n - n))) & mask;
  const length = data.length;
  const padded = new Uint8Array(Math.ceil((length + 17) / 128) * 128);
  padded.set(data);
  padded[length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(length) * 8n);
  const state = H512.slice();
  const w = new Array(80);
  for (let from = 0; from < padded.length; from += 128) {
    for (let i = 0; i < 16; i++) w[i] = view.getBigUint64(from + i * 8);
    for (let i = 16; i < 80; i++) {
      const s0 = turn(w[i - 15], 1n) ^ turn(w[i - 15], 8n) ^ (w[i - 15] >> 7n);
      const s1 = turn(w[i - 2], 19n) ^ turn(w[i - 2], 61n) ^ (w[i - 2] >> 6n);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) & mask;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 80; i++) {
      const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
      const t1 = (h + s1 + ((e & f) ^ (~e & mask & g)) + K512[i] + w[i]) & mask;
      const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) & mask;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & mask, c, b, a, (t1 + t2) & mask];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => {
      state[i] = (state[i] + value) & mask;
    });
  }
  const out = new DataView(new ArrayBuffer(64));
  for (let i = 0; i < 8; i++) out.setBigUint64(i * 8, state[i]);
  return new Uint8Array(out.buffer);
}

/* Ed25519 (RFC 8032 §5.1), verification only. */
const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const modP = (x) => ((x % P) + P) % P;
function powerP(base, exponent) {
  let result = 1n;
  for (let b = modP(base), e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * b) % P;
    b = (b * b) % P;
  }
  return result;
}
const D = modP(-121665n * powerP(121666n, P - 2n));
const little = (bytes) => BigInt(`0x${hex(Uint8Array.from(bytes).reverse()) || '0'}`);

function decompress(bytes) {
  const whole = little(bytes);
  const sign = whole >> 255n;
  const y = whole & (2n ** 255n - 1n);
  if (y >= P) return null;
  const square = modP((y * y - 1n) * powerP(D * y * y + 1n, P - 2n));
  let x = powerP(square, (P + 3n) / 8n);
  if (modP(x * x - square) !== 0n) x = modP(x * powerP(2n, (P - 1n) / 4n));
  if (modP(x * x - square) !== 0n || (x === 0n && sign === 1n)) return null;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, modP(x * y)];
}

function addPoints(p, q) {
  const a = modP((p[1] - p[0]) * (q[1] - q[0]));
  const b = modP((p[1] + p[0]) * (q[1] + q[0]));
  const c = modP(2n * p[3] * q[3] * D);
  const d = modP(2n * p[2] * q[2]);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [modP(e * f), modP(g * h), modP(f * g), modP(e * h)];
}

function timesPoint(scalar, start) {
  let total = [0n, 1n, 1n, 0n];
  for (let point = start, left = scalar; left > 0n; left >>= 1n) {
    if (left & 1n) total = addPoints(total, point);
    point = addPoints(point, point);
  }
  return total;
}

const BASE = decompress(Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 0x58 : 0x66)));

/** Whether `signature` (64 bytes) is that of `message` by the raw public key (32 bytes). */
function ed25519(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64) return false;
  const a = decompress(key);
  const r = decompress(signature.subarray(0, 32));
  const s = little(signature.subarray(32));
  if (a === null || r === null || s >= ORDER) return false;
  const h = little(sha512(joined(signature.subarray(0, 32), key, message))) % ORDER;
  const left = timesPoint(s, BASE);
  const right = addPoints(r, timesPoint(h, a));
  return (
    modP(left[0] * right[2] - right[0] * left[2]) === 0n &&
    modP(left[1] * right[2] - right[1] * left[2]) === 0n
  );
}

/** Canonical JSON (RFC 8785). */
function canonical(value) {
  if (value === null || typeof value !== 'object') {
    const text = JSON.stringify(value);
    if (text === undefined) throw new TypeError('no JSON');
    return text;
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

/* Merkle trees (RFC 9162 §2.1). */
const leafHash = (data) => sha256(joined(Uint8Array.of(0), data));
const nodeHash = (left, right) => sha256(joined(Uint8Array.of(1), left, right));

/** The root (hex) that follows from leaves at ascending indices and the roots of all other subtrees, or null. */
function rootFrom(size, indices, leaves, nodes) {
  let at = 0;
  let next = 0;
  let missing = false;
  const walk = (from, to) => {
    if (missing) return leaves[0];
    if (at === indices.length || indices[at] < from || indices[at] >= to) {
      const given = nodes[next++];
      missing ||= given === undefined;
      return given;
    }
    if (to - from === 1) return leaves[at++];
    let half = 1;
    while (half * 2 < to - from) half *= 2;
    const left = walk(from, from + half);
    const right = walk(from + half, to);
    return missing ? leaves[0] : nodeHash(left, right);
  };
  if (!Number.isSafeInteger(size) || size < 1 || indices.length !== leaves.length) return null;
  const root = walk(0, size);
  return !missing && next === nodes.length && at === indices.length ? hex(root) : null;
}
