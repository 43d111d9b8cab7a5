/* What must hold of the messages: each by itself, together, and with what the pack says of them. */

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
