/* Reading a pack: a zip file, strictly, through DecompressionStream. */

class Damaged extends Error {}

const SEAL = 'docket-pack/1 sha256=';
const latin1 = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const NAME = /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/;

/** CRC-32 as zip has it. */
const CRC = Int32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** `file` gives `size` and `read(from, to)`: a promise of those bytes. */
class Archive {
  static async open(file, name, report) {
    const archive = new Archive(file, name, report);
    await archive.readDirectory();
    await archive.check();
    return archive;
  }

  constructor(file, name, report) {
    Object.assign(this, { file, name, report, entries: [], sealed: false });
  }

  async readDirectory() {
    const { size } = this.file;
    const from = Math.max(0, size - 65_557);
    const tail = await this.file.read(from, size);
    let at = tail.length - 22;
    while (
      at >= 0 &&
      !(tail[at] === 0x50 && tail[at + 1] === 0x4b && tail[at + 2] === 5 && tail[at + 3] === 6)
    )
      at--;
    if (at < 0) throw new Damaged('not-a-zip');
    const end = new DataView(tail.buffer, tail.byteOffset + at);
    if (at + 22 + end.getUint16(20, true) !== tail.length) throw new Damaged('bytes-behind-the-end');
    this.comment = latin1(tail.subarray(at + 22));
    this.endAt = from + at;
    let [count, bytes, start] = [end.getUint16(10, true), end.getUint32(12, true), end.getUint32(16, true)];
    let directoryEnd = this.endAt;
    if (count === 0xffff || start === 0xffffffff || bytes === 0xffffffff) {
      const locator = new DataView((await this.file.read(this.endAt - 20, this.endAt)).slice().buffer);
      if (locator.getUint32(0, true) !== 0x07064b50) throw new Damaged('not-a-zip');
      directoryEnd = Number(locator.getBigUint64(8, true));
      const record = new DataView((await this.file.read(directoryEnd, directoryEnd + 56)).slice().buffer);
      count = Number(record.getBigUint64(32, true));
      bytes = Number(record.getBigUint64(40, true));
      start = Number(record.getBigUint64(48, true));
    } else if (end.getUint32(4, true) !== 0 || end.getUint16(8, true) !== count)
      throw new Damaged('not-a-zip');
    if (start + bytes !== directoryEnd || count > 100_000) throw new Damaged('directory-differs');
    this.start = start;
    const directory = await this.file.read(start, start + bytes);
    const view = new DataView(directory.buffer, directory.byteOffset, directory.length);
    let p = 0;
    for (let i = 0; i < count; i++) {
      if (p + 46 > directory.length || view.getUint32(p, true) !== 0x02014b50)
        throw new Damaged('directory-differs');
      const [names, extra, comment] = [28, 30, 32].map((o) => view.getUint16(p + o, true));
      const entry = {
        flags: view.getUint16(p + 8, true),
        method: view.getUint16(p + 10, true),
        crc: view.getUint32(p + 16, true),
        packed: view.getUint32(p + 20, true),
        size: view.getUint32(p + 24, true),
        mode: view.getUint32(p + 38, true) >>> 16,
        at: view.getUint32(p + 42, true),
        name: latin1(directory.subarray(p + 46, p + 46 + names)),
      };
      this.wide(entry, view, p + 46 + names, extra);
      this.entries.push(entry);
      p += 46 + names + extra + comment;
    }
    if (p !== directory.length) throw new Damaged('directory-differs');
  }

  /** Sizes and places above 4 GiB stand in the zip64 field. */
  wide(entry, view, from, length) {
    for (let p = from; p + 4 <= from + length; p += 4 + view.getUint16(p + 2, true)) {
      if (view.getUint16(p, true) !== 1) continue;
      let q = p + 4;
      for (const key of ['size', 'packed', 'at']) {
        if (entry[key] !== 0xffffffff) continue;
        entry[key] = Number(view.getBigUint64(q, true));
        q += 8;
      }
    }
  }

  async check() {
    const fail = (reason, name = this.name) => this.report.fail('container', name, reason);
    this.sealed = this.comment.startsWith(SEAL) && this.comment.length === SEAL.length + 64;
    if (this.sealed) {
      const digest = new Sha256();
      const end = this.file.size - 64;
      for (let at = 0; at < end; at += 1 << 20) {
        digest.update(await this.file.read(at, Math.min(end, at + (1 << 20))));
      }
      if (hex(digest.digest()) !== this.comment.slice(SEAL.length)) fail('seal-differs');
    } else if (this.comment !== '') fail('comment-unknown');
    const seen = new Set();
    let end = 0;
    for (const entry of [...this.entries].sort((a, b) => a.at - b.at)) {
      const { name } = entry;
      if (!NAME.test(name) || name.split('/').some((part) => part === '.' || part === '..'))
        fail('name-not-allowed', name);
      if (seen.has(name.toLowerCase())) fail('duplicate', name);
      seen.add(name.toLowerCase());
      if ((entry.method !== 0 && entry.method !== 8) || entry.flags & 0x2061)
        fail('method-not-allowed', name);
      const type = entry.mode & 0o170000;
      if (type !== 0 && type !== 0o100000) fail('not-a-file', name);
      const head = await this.file.read(entry.at, Math.min(this.start, entry.at + 30 + name.length));
      const view = new DataView(head.buffer, head.byteOffset, head.length);
      if (head.length < 30 + name.length || view.getUint32(0, true) !== 0x04034b50) {
        fail('header-differs', name);
        continue;
      }
      if (entry.at !== end) fail('bytes-between-entries', name);
      if (
        (view.getUint16(6, true) & 0x2068) !== (entry.flags & 0x2068) ||
        view.getUint16(8, true) !== entry.method ||
        view.getUint16(26, true) !== name.length ||
        latin1(head.subarray(30)) !== name
      ) {
        fail('header-differs', name);
      }
      entry.data = entry.at + 30 + name.length + view.getUint16(28, true);
      end = entry.data + entry.packed;
      if (entry.flags & 8) {
        const mark = await this.file.read(end, Math.min(this.start, end + 4));
        end += hex(mark) === '504b0708' ? 16 : 12;
      }
    }
    if (end !== this.start) fail('bytes-between-entries');
  }

  names() {
    return this.entries.map(({ name }) => name);
  }

  async *chunks(name) {
    const entry = this.entries.find((one) => one.name === name);
    if (entry.data === undefined) throw new Damaged('damaged');
    if (entry.size > 512 * 2 ** 20 && entry.size > 200 * entry.packed) throw new Damaged('inflates-too-far');
    let crc = -1;
    let size = 0;
    try {
      for await (const chunk of this.inflated(entry)) {
        for (let i = 0; i < chunk.length; i++) crc = CRC[(crc ^ chunk[i]) & 0xff] ^ (crc >>> 8);
        size += chunk.length;
        if (size > entry.size) throw new Damaged('size-differs');
        yield chunk;
      }
    } catch (error) {
      throw error instanceof Damaged ? error : new Damaged('damaged');
    }
    if (size !== entry.size) throw new Damaged('size-differs');
    if ((crc ^ -1) >>> 0 !== entry.crc) throw new Damaged('crc-differs');
  }

  async *inflated(entry) {
    const { file } = this;
    const source = async function* () {
      for (let at = entry.data; at < entry.data + entry.packed; at += 1 << 18) {
        yield await file.read(at, Math.min(entry.data + entry.packed, at + (1 << 18)));
      }
    };
    if (entry.method === 0) return yield* source();
    const pieces = source();
    const stream = new ReadableStream({
      async pull(controller) {
        const { value, done } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    });
    const reader = stream.pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  }

  detail() {
    return `${this.sealed ? 'sealed' : 'not sealed: packed again by another program'}, ${this.entries.length} files`;
  }
}
