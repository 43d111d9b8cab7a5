/* The audit extract, the decisions and their signatures, the ledgers, the custody log. */

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
