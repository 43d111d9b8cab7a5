/* The media that messages name and the pages to file, against the files of the bag. */

const MEDIA = 'data/attachments.json';
const MEDIA_STATES = ['included', 'missing', 'withheld', 'quarantined', 'not-chosen'];

/** The media that rows name, against attachments.json and the files of the bag. */
class Media {
  constructor(report, { attachments }) {
    Object.assign(this, { report, entries: attachments, listed: new Map(), seen: new Set() });
    for (const { message, position, kind, state } of attachments) {
      if (!MEDIA_STATES.includes(state) || !Number.isInteger(position)) throw new TypeError();
      if (!this.listed.has(message)) this.listed.set(message, []);
      this.listed.get(message).push(`${position} ${kind}`);
    }
  }

  fail(reason, entry, file = MEDIA) {
    this.report.fail('attachments', file, reason, entry);
  }

  add(id, kinds) {
    const found = this.listed.get(id);
    if ((!found && kinds.length === 0) || this.seen.has(id)) return;
    this.seen.add(id);
    const count = found?.length ?? 0;
    if (count !== kinds.length) this.fail(`attachments-differ: ${kinds.length} named, ${count} listed`, id);
    else if (kinds.some((kind, i) => found[i] !== `${i} ${kind}`)) this.fail('kind-differs', id);
  }

  finish() {
    for (const id of this.listed.keys()) if (!this.seen.has(id)) this.fail('message-not-shown', id);
  }

  counts() {
    const counts = { named: this.entries.length };
    for (const state of MEDIA_STATES) {
      const name = state === 'not-chosen' ? 'notChosen' : state;
      counts[name] = this.entries.filter((item) => item.state === state).length;
    }
    return counts;
  }

  /** Those of them that are included; what the page holds alone checks no files. */
  done() {
    const included = this.entries.filter(({ state }) => state === 'included').length;
    this.report.done('attachments', `${this.entries.length} named, ${included} included`);
  }

  files(bag) {
    const named = new Set();
    for (const { message, position, state, file, sha256: digest, bytes } of this.entries) {
      const entry = `${message} ${position}`;
      if ((state === 'included') !== (file !== null)) this.fail('state-differs', entry);
      if (file === null) continue;
      named.add(file);
      const match = /^data\/attachments\/([0-9a-f]{64})\.[a-z0-9]+$/.exec(file);
      if (!bag.digests.has(file)) this.fail('missing', entry, file);
      else if (match?.[1] !== digest) this.fail('name-differs', entry, file);
      else if (bag.digests.get(file) !== digest) this.fail('digest-differs', entry, file);
      else if (bag.sizes.get(file) !== bytes) this.fail('size-differs', entry);
    }
    for (const path of bag.paths) {
      if (path.startsWith('data/attachments/') && !named.has(path)) {
        this.fail('no-message-names-this', undefined, path);
      }
    }
    this.done();
  }
}

const PAGES = 'data/pages.ndjson';
const FILING = 'data/filing.html';
const isVolume = (path) => /^data\/filing-\d\d\.pdf$/.test(path);

/** The pages to file: they show every row, and their digests are those of their text. */
class Pages {
  constructor(report, pack) {
    Object.assign(this, { report, pack, count: 0, of: 0, row: 0, volumes: new Set() });
  }

  fail(reason, entry, file = PAGES) {
    this.report.fail('pages', file, reason, entry);
  }

  add(text, number) {
    let page;
    try {
      page = JSON.parse(text);
      if (!/^[0-9a-f]{64}$/.test(page.sha256) || page.lines.some((line) => typeof line !== 'string'))
        throw new TypeError();
    } catch {
      this.fail('malformed', `line ${number}`);
      return;
    }
    const entry = `page ${page.page}`;
    this.count++;
    if (this.count === 1) this.of = page.of;
    if (page.page !== this.count || page.of !== this.of) this.fail('not-in-sequence', entry);
    const said = `${this.pack}\n${page.page}/${page.of}\n${page.lines.map((line) => `${line}\n`).join('')}`;
    if (sha256hex(said) !== page.sha256) this.fail('page-digest-differs', entry);
    if (page.rows !== null) {
      const [first, last] = page.rows;
      if (!(first >= 1 && first <= last && first >= this.row && first <= this.row + 1))
        this.fail('rows-not-shown', entry);
      this.row = last;
    }
    if (page.volume !== null) this.volumes.add(page.volume);
  }

  finish(rows, paths) {
    if (this.count !== this.of) this.fail('pages-missing', `page ${this.of}`);
    if (this.row !== rows) this.fail('rows-not-shown', `page ${this.of}`);
    for (const path of [FILING, ...this.volumes]) {
      if (!paths.includes(path)) this.fail('missing', undefined, path);
    }
    for (const path of paths) {
      if (isVolume(path) && !this.volumes.has(path)) this.fail('no-page-in-it', undefined, path);
    }
    this.report.done('pages', `${this.count} pages`);
  }
}
