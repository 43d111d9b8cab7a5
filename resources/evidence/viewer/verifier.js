/* The checks of docs/evidence-pack.md over a bag: one class for what rows say together, one for the bag. */

const FORMAT = 'docket-evidence-pack/2';
const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';
const TAG_FILES = ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt'];
const TOP_FILES = [...TAG_FILES, 'tagmanifest-sha256.txt', 'signature.bin', 'signature.json', 'root.tsq'];
const PAYLOAD_FILES = (
  'README.txt messages.ndjson attachments.json viewer.html verify.py case.json sources.json proofs.json ' +
  'completeness.json completeness.html decisions.json duties.json proceedings.json custody.json audit.json ' +
  'public-key.pem'
)
  .split(' ')
  .map((name) => `data/${name}`);
const PARTS = ['attachments', 'carried', 'envelope', 'extra', 'place', 'sender', 'text', 'time'];
const RECORD =
  'attachments carried conversation editedAtText extra forwarded instant kind platformId refersTo sender ' +
  'senderName sentAtText text wallTime';
const MAX_DOCUMENT = 64 * 2 ** 20;

/** Strict UTF-8; a byte order mark is a character like others. */
const strictText = (bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
const fromBase64 = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
const toBase64 = (bytes) => btoa(latin1(bytes));

class Report {
  static names =
    'container declaration tag-manifest signature key manifest bag-info messages proofs attachments exhibits completeness sources decisions custody audit pages'.split(
      ' ',
    );

  constructor() {
    this.details = new Map();
    this.failed = new Set();
    this.failures = [];
    this.known = new Set();
  }

  fail(check, file, reason, entry) {
    this.failed.add(check);
    const finding = { ...(file ? { file } : {}), ...(entry ? { entry } : {}), reason };
    const key = JSON.stringify(finding);
    if (this.known.has(key) || this.failures.length >= 1000) return;
    this.known.add(key);
    this.failures.push(finding);
  }

  done(check, detail) {
    this.details.set(check, detail);
  }

  result(names = Report.names) {
    const checks = names.map((name) => ({
      name,
      ok: this.details.has(name) && !this.failed.has(name),
      detail: this.details.get(name) ?? 'not checked',
    }));
    return {
      ok: checks.every(({ ok }) => ok) && this.failures.length === 0,
      checks,
      failures: this.failures,
    };
  }
}

function rawKey(pem) {
  const body = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=\n]+)-----END PUBLIC KEY-----\n$/.exec(pem);
  const der = body ? fromBase64(body[1].replaceAll('\n', '')) : new Uint8Array();
  if (der.length !== 44 || hex(der.subarray(0, 12)) !== '302a300506032b6570032100')
    throw new TypeError('no key');
  return der.subarray(12);
}

function proofProblem({ message, locator, proof }) {
  const { salts, withheld, twin } = proof;
  const names = twin !== null || withheld.digest !== undefined ? ['digest', 'place'] : PARTS;
  if ([...Object.keys(salts), ...Object.keys(withheld)].sort().join() !== names.join())
    return 'proof-malformed';
  const pick = (...keys) => Object.fromEntries(keys.map((key) => [key, message[key]]));
  const texts = {
    attachments: message.attachments,
    carried: message.carried,
    digest: twin,
    envelope: pick('conversation', 'forwarded', 'kind', 'platformId', 'refersTo'),
    extra: message.extra,
    place: { ...locator, ordinal: proof.ordinal },
    sender: pick('sender', 'senderName'),
    text: message.text,
    time: pick('editedAtText', 'instant', 'sentAtText', 'wallTime'),
  };
  const lines = names.map((part) => {
    const value =
      salts[part] === undefined
        ? withheld[part].commitment
        : sha256hex(`${salts[part]}:${part}:${canonical(texts[part])}`);
    return `${part}:${value}\n`;
  });
  return sha256hex(lines.join('')) === proof.commitment ? null : 'commitment-differs';
}

function runsOf(indices) {
  const runs = [];
  for (const index of indices) {
    const last = runs.at(-1);
    if (last && last[1] + 1 === index) last[1] = index;
    else runs.push([index, index]);
  }
  return runs;
}

/** What must hold between the rows and what the pack says of them. */
class Rows {
  constructor(report, cases, sources, certificate, proofs, media) {
    Object.assign(this, { report, cases, certificate, proofs, media });
    this.parties = new Set(cases.parties.map(({ accountId }) => accountId));
    this.people = new Set();
    this.disclosed = 0;
    this.exhibits = new Map(cases.exhibits.map((item) => [item.number, { ...item, digests: [], closed: 0 }]));
    this.sources = new Map(sources.sources.map((item) => [item.id, item]));
    this.conversations = new Map(certificate.conversations.map((item) => [item.conversationId, [0, 0]]));
    this.trees = new Map();
    for (const { source, trees } of proofs.sources) {
      for (const { conversation } of trees) this.trees.set(`${source} ${conversation}`, new Map());
    }
    this.seen = new Map();
    this.reasons = new Map();
    this.finished = new Set();
    this.inside = new Set();
    Object.assign(this, { withheld: 0, count: 0, exhibit: null });
    for (const [check, file, stated, known] of [
      ['exhibits', 'case', cases.exhibits, this.exhibits],
      ['sources', 'sources', sources.sources, this.sources],
      ['completeness', 'completeness', certificate.conversations, this.conversations],
    ]) {
      if (stated.length !== known.size) report.fail(check, `data/${file}.json`, 'stated-twice', check);
    }
  }

  add(text, place) {
    const fail = (check, reason, entry = place) =>
      this.report.fail(check, 'data/messages.ndjson', reason, entry);
    let row;
    try {
      row = JSON.parse(text);
      this.row(row, text, fail);
    } catch {
      fail('messages', 'malformed');
    }
    return row;
  }

  row(row, text, fail) {
    const { id, message, proof, locator } = row;
    if (Object.keys(message).sort().join(' ') !== RECORD || !['subject', 'context'].includes(row.role))
      throw new TypeError();
    this.count++;
    const exact = canonical(message);
    if (!text.includes(`"message":${exact},`)) fail('messages', 'message-not-canonical', id);
    const whole = Object.keys(proof.withheld).length === 0;
    if ((row.digest === null) === whole) fail('messages', 'malformed', id);
    else if (whole && sha256hex(exact) !== row.digest) fail('messages', 'digest-differs', id);
    const problem = proofProblem(row);
    if (problem) fail('proofs', problem, id);
    this.place(row, fail);
    this.group(row, fail);
    this.media.add(
      id,
      message.attachments.map(({ kind }) => kind),
    );
    const source = this.sources.get(row.source.id);
    if (!source) fail('sources', 'not-stated', row.source.id);
    else if (source.sha256 !== row.source.sha256) fail('sources', 'source-hash-differs', id);
    else if (!(locator.start >= 0 && locator.start < locator.end && locator.end <= source.bytes)) {
      fail('sources', 'range-outside-source', id);
    }
  }

  place({ id, source, conversation, proof }, fail) {
    const placed = this.trees.get(`${source.id} ${conversation.id}`);
    if (!placed) return fail('proofs', 'no-tree-proves-this', id);
    const known = placed.get(proof.index);
    if (!known) placed.set(proof.index, { id, commitment: proof.commitment });
    else if (known.id !== id || known.commitment !== proof.commitment)
      fail('proofs', `place-taken: by ${known.id}`, id);
  }

  group(row, fail) {
    const { id } = row;
    const subject = row.role === 'subject';
    if (row.exhibit !== this.exhibit) {
      this.finished.add(this.exhibit);
      this.exhibit = row.exhibit;
      this.inside = new Set();
      if (this.finished.has(this.exhibit)) fail('exhibits', 'rows-scattered', this.exhibit);
    }
    if (this.inside.has(id)) fail('messages', 'twice-in-one-exhibit', id);
    this.inside.add(id);
    const stated = this.exhibits.get(row.exhibit);
    if (!stated) fail('exhibits', 'not-stated', row.exhibit);
    else if (row.digest === null) stated.closed++;
    else stated.digests.push(row.digest);
    const counts = this.conversations.get(row.conversation.id);
    if (!counts) return fail('completeness', 'not-stated', row.conversation.id);
    const mark = `${row.proof.commitment} ${row.conversation.id}`;
    const known = this.seen.get(id);
    if (!known) {
      counts[subject ? 0 : 1]++;
      this.seen.set(id, { mark, subject });
      const reasons = new Set(Object.values(row.proof.withheld).map(({ reason }) => reason));
      if (reasons.size > 0) this.withheld++;
      if (row.sender.id !== null && !this.parties.has(row.sender.id)) {
        this.people.add(row.sender.id);
        this.disclosed++;
      }
      for (const reason of reasons) this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
    } else if (known.mark !== mark) fail('messages', 'differs-between-exhibits', id);
    else if (subject && !known.subject) {
      counts[0]++;
      counts[1]--;
      known.subject = true;
    }
  }

  finish(statedRoots) {
    for (const { number, messages, sha256: stated, digests, closed } of this.exhibits.values()) {
      const fail = (reason) => this.report.fail('exhibits', 'data/case.json', reason, number);
      const found = digests.length + closed;
      const digest =
        closed > 0
          ? null
          : sha256hex(
              digests
                .sort()
                .map((one) => `${one}\n`)
                .join(''),
            );
      if (found !== messages) fail(`messages-missing: ${messages} stated, ${found} found`);
      else if (digest !== stated) fail('digest-differs');
    }
    const { totals } = this.cases;
    const held = [this.exhibits.size, this.count, this.seen.size].join(' ');
    if ([totals.exhibits, totals.rows, totals.messages].join(' ') !== held) {
      this.report.fail('exhibits', 'data/case.json', `counts-differ: ${held} found`, 'totals');
    }
    this.media.finish();
    this.finishCertificate();
    for (const source of this.proofs.sources) this.finishSource(source, statedRoots);
    if (new Set(this.proofs.sources.map(({ source }) => source)).size !== this.proofs.sources.length) {
      this.report.fail('proofs', 'data/proofs.json', 'stated-twice', 'sources');
    }
    const trees = this.proofs.sources.reduce((sum, source) => sum + source.trees.length, 0);
    this.report.done('messages', `${this.count} rows, ${this.seen.size} messages`);
    this.report.done('proofs', `${trees} trees of ${this.proofs.sources.length} sources`);
    this.report.done('exhibits', String(this.exhibits.size));
    this.report.done('sources', String(this.sources.size));
    this.report.done('completeness', String(this.conversations.size));
  }

  finishCertificate() {
    const fail = (reason, entry) => this.report.fail('completeness', 'data/completeness.json', reason, entry);
    const { certificate } = this;
    let any = false;
    for (const stated of certificate.conversations) {
      const [selected, context] = this.conversations.get(stated.conversationId);
      if (stated.selected !== selected || stated.context !== context) {
        fail(
          `counts-differ: ${stated.selected}+${stated.context} stated, ${selected}+${context} found`,
          stated.conversationId,
        );
      }
      const left = stated.leftOut.reduce((sum, { count }) => sum + count, 0);
      if (stated.selected + stated.context + left !== stated.inPeriod || stated.inPeriod > stated.total) {
        fail('sums-do-not-add-up', stated.conversationId);
      }
      const selective = stated.inPeriod < stated.total || stated.leftOut.some(({ count }) => count > 0);
      any ||= selective;
      if (stated.selective !== selective) fail('selective-not-stated', stated.conversationId);
    }
    if (certificate.selective !== any) fail('selective-not-stated', 'selective');
    const reasons = [...this.reasons].sort(([a], [b]) => (a < b ? -1 : 1));
    const found = {
      messages: this.withheld,
      reasons: reasons.map(([reason, messages]) => ({ messages, reason })),
    };
    if (canonical(certificate.withheld) !== canonical(found))
      fail(`counts-differ: ${this.withheld} found`, 'withheld');
    const { disclosed, attachments } = certificate;
    if (disclosed.people !== this.people.size || disclosed.messages !== this.disclosed) {
      fail(`counts-differ: ${this.people.size} people, ${this.disclosed} messages found`, 'disclosed');
    }
    for (const [state, count] of Object.entries(this.media.counts())) {
      if (attachments[state] !== count) fail(`counts-differ: ${count} ${state} found`, 'attachments');
    }
  }

  finishSource(source, statedRoots) {
    const fail = (reason, entry = source.source) =>
      this.report.fail('proofs', 'data/proofs.json', reason, entry);
    for (const tree of source.trees) {
      const entry = `${source.source} ${tree.conversation}`;
      const placed = this.trees.get(entry);
      const indices = [...placed.keys()].sort((a, b) => a - b);
      if (JSON.stringify(runsOf(indices)) !== JSON.stringify(tree.runs)) {
        fail('runs-differ', entry);
        continue;
      }
      const leaves = indices.map((index) => leafHash(unhex(placed.get(index).commitment)));
      if (rootFrom(tree.messages, indices, leaves, tree.nodes.map(unhex)) !== tree.root) {
        fail('proof-does-not-lead-to-root', entry);
      }
    }
    const leaves = source.trees.map((tree) =>
      leafHash(utf8(`${tree.conversation} ${tree.messages} ${tree.root}`)),
    );
    const positions = source.trees.map(({ position }) => position);
    if (rootFrom(source.conversations, positions, leaves, source.nodes.map(unhex)) !== source.root) {
      fail('trees-do-not-lead-to-root');
    }
    const logged = statedRoots.get(source.source);
    if (!logged) fail('root-not-in-audit-log');
    else if (logged.root !== source.root || logged.messages !== source.messages)
      fail('root-differs-from-audit-log');
    else if (logged.sha256 !== source.sha256) fail('source-hash-differs');
  }
}

/** Checks the audit extract line by line; `roots` are those that its last event about them states. */
class Audit {
  constructor(report, head) {
    Object.assign(this, {
      report,
      head,
      before: null,
      entries: 0,
      opened: 0,
      number: 0,
      ended: false,
      comma: true,
    });
    this.roots = new Map();
  }

  fail(reason, entry) {
    this.report.fail('audit', 'data/audit.json', reason, entry);
  }

  add(text) {
    const place = `line ${++this.number}`;
    try {
      if (this.number === 1) {
        if (!text.endsWith('"entries":[') || JSON.parse(`${text}]}`).format !== FORMAT)
          this.fail('malformed', place);
      } else if (text === ']}' && !this.ended) this.ended = true;
      else {
        if (this.ended || !this.comma) this.fail('malformed', place);
        this.comma = text.endsWith(',');
        this.entry(JSON.parse(this.comma ? text.slice(0, -1) : text));
      }
    } catch {
      this.fail('malformed', place);
    }
  }

  entry(entry) {
    const { at, payloadDigest, previous, sequence, hash, salt, event } = entry;
    const name = String(sequence);
    const { before } = this;
    if (before && sequence !== before.sequence + 1) this.fail('not-in-sequence', name);
    else if ((before || sequence === 1) && previous !== (before ? before.hash : '0'.repeat(64))) {
      this.fail('previous-hash-differs', name);
    }
    if (sha256hex(canonical({ at, payloadDigest, previous, sequence })) !== hash)
      this.fail('hash-differs', name);
    if ((event === undefined) !== (salt === undefined)) this.fail('half-opened', name);
    else if (event !== undefined) {
      this.opened++;
      const { id, officer, type, subject, after, supersedes } = event;
      const shown = {
        id,
        officer,
        at: event.at,
        type,
        subject: { type: subject.type, id: subject.id },
        before: event.before,
        after,
        supersedes,
      };
      if (sha256hex(canonical({ event: shown, salt })) !== payloadDigest) this.fail('payload-differs', name);
      if (event.at !== at) this.fail('time-differs', name);
      if (type === 'case.roots-stated')
        this.roots = new Map(after.sources.map((stated) => [stated.source, stated]));
    }
    this.before = entry;
    this.entries++;
  }

  finish() {
    if (!this.ended || (this.comma && this.entries > 0)) this.fail('malformed', 'last line');
    if (this.before?.sequence !== this.head.sequence || this.before?.hash !== this.head.hash) {
      this.fail('head-not-reached', String(this.head.sequence));
    }
    this.report.done('audit', `${this.entries} entries, ${this.opened} opened`);
  }
}

function checkDecisions({ keys, decisions }, report) {
  const fail = (reason, entry) => report.fail('decisions', 'data/decisions.json', reason, entry);
  const known = new Map();
  for (const { fingerprint, publicKey } of keys) {
    let raw = new Uint8Array();
    try {
      raw = rawKey(publicKey);
    } catch {
      // No fingerprint can be its own.
    }
    if (sha256hex(raw) === fingerprint) known.set(fingerprint, raw);
    else fail('fingerprint-differs', fingerprint);
  }
  for (const item of decisions) {
    const {
      id,
      partyId,
      proposal,
      measure,
      deviationReason,
      facts,
      basis,
      officerId,
      at,
      approval,
      signatures,
    } = item;
    const decision = { id, partyId, proposal, measure, deviationReason, facts, basis, officerId, at };
    const texts = [canonical({ decision })];
    if (approval !== null) {
      const { approved, note } = approval;
      texts.push(canonical({ decision, approval: { at: approval.at, approved, note } }));
    }
    if (signatures.length !== texts.length) {
      fail(`signatures-missing: ${texts.length} needed, ${signatures.length} found`, id);
    }
    signatures.forEach(({ fingerprint, signature, signed }, i) => {
      if (signed !== texts[i]) fail('signed-text-differs', id);
      const key = known.get(fingerprint);
      if (!key) fail(`key-missing: ${fingerprint}`, id);
      else if (!ed25519(key, utf8(signed), fromBase64(signature))) fail('signature-invalid', id);
    });
    if (signatures[1] && signatures[0].fingerprint === signatures[1].fingerprint)
      fail('second-review-by-the-same-key', id);
  }
  report.done('decisions', `${decisions.length} decisions`);
}

function checkLedgers({ sources }, report) {
  for (const { id, bytes, ledger } of sources) {
    if (ledger.parsedBytes + ledger.skippedBytes + ledger.ignoredBytes !== bytes) {
      report.fail('sources', 'data/sources.json', 'ledger-does-not-add-up', id);
    }
  }
}

function checkCustody({ custody }, { exhibits }, report) {
  const known = new Set(exhibits.map(({ number }) => number));
  for (const { id, exhibit } of custody) {
    if (!known.has(exhibit)) report.fail('custody', 'data/custody.json', `exhibit-unknown: ${exhibit}`, id);
  }
  report.done('custody', `${custody.length} events`);
}
