/* Source files that go along with a pack: whole, or the bytes that the messages came from. */

const ORIGINALS = 'data/originals.json';
const ORIGINALS_FOLDER = 'data/originals/';
/** Bytes of an original that are read at once. */
const PIECE = 2 ** 20;

/** Ranges joined where they touch or overlap, ascending. */
function joinedRanges(ranges) {
  const joined = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = joined.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

/** Whether a place shares bytes with one of the ranges, which ascend without touching. */
function meets(ranges, { start, end }) {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (ranges[middle].end <= start) low = middle + 1;
    else if (ranges[middle].start >= end) high = middle - 1;
    else return true;
  }
  return false;
}

class Originals {
  /** `stated` is null where the pack holds no source files. */
  constructor(report, stated, sources) {
    Object.assign(this, { report, stated, entries: stated?.sources ?? [], sources: sources.sources });
    this.places = new Map(this.entries.map(({ source }) => [source, []]));
  }

  fail(reason, entry, file = ORIGINALS) {
    this.report.fail('originals', file, reason, entry);
  }

  /** A row, whatever it holds: what is wrong with it is named with the messages. */
  add(row) {
    const withheld = Object.keys(row?.proof?.withheld ?? {}).length > 0;
    const { start, end } = row?.locator ?? {};
    this.places.get(row?.source?.id)?.push({ start, end, withheld });
  }

  finish() {
    if (this.stated === null) return;
    if (this.places.size !== this.entries.length) this.fail('stated-twice', 'sources');
    for (const { id } of this.sources) if (!this.places.has(id)) this.fail('not-stated', id);
    for (const entry of this.entries) {
      const source = this.sources.find(({ id }) => id === entry.source);
      if (source?.sha256 !== entry.sha256 || source.bytes !== entry.bytes)
        this.fail('source-hash-differs', entry.source);
      this.ranges(entry);
    }
  }

  ranges({ source, ranges, closed, form }) {
    const fail = (reason, { start, end }) => this.fail(reason, `${source} ${start}-${end}`);
    const own = this.places.get(source);
    if (form === 'whole' || form === 'none') {
      const hidden = form === 'whole' && own.find(({ withheld }) => withheld);
      if (hidden) fail('withheld-and-shown', hidden);
      if (ranges.length + closed.length > 0) fail('malformed', ranges[0] ?? closed[0]);
      return;
    }
    if (form !== 'excerpts' || closed.some(({ reason }) => reason !== 'withheld' && reason !== 'shared'))
      throw new TypeError();
    const key = ({ start, end }) => `${start} ${end}`;
    const shut = new Set(closed.map(key));
    const given = own.filter((place) => !shut.has(key(place)));
    for (const place of given) if (place.withheld) fail('withheld-not-closed', place);
    const known = new Set(own.map(key));
    for (const range of closed) {
      if (!known.has(key(range))) fail('no-message-there', range);
      else if (meets(ranges, range)) fail('withheld-and-shown', range);
    }
    const expected = joinedRanges(given);
    const i = ranges.findIndex((range, at) => !expected[at] || key(expected[at]) !== key(range));
    if (i >= 0 || ranges.length < expected.length)
      fail('ranges-differ', i >= 0 ? ranges[i] : expected[ranges.length]);
  }

  /** Every file against its digests; reads those that are stated. */
  async files(bag) {
    const named = new Set();
    for (const { source, form, file, sha256: digest, bytes, ranges } of this.entries) {
      const path = `${ORIGINALS_FOLDER}${source}${form === 'whole' ? '' : '.excerpts'}.bin`;
      if (file !== (form === 'whole' || ranges.length > 0 ? path : null)) this.fail('name-differs', source);
      if (file === null) continue;
      named.add(file);
      if (!bag.paths.includes(file)) {
        this.fail('missing', source, file);
        continue;
      }
      const digests = await this.read(bag, file, ranges);
      if (!bag.digests.has(file)) continue;
      if (form === 'whole') {
        if (bag.digests.get(file) !== digest) this.fail('digest-differs', source, file);
        if (bag.sizes.get(file) !== bytes) this.fail('size-differs', source, file);
        continue;
      }
      let at = 0;
      for (const [i, range] of ranges.entries()) {
        const place = `${source} ${range.start}-${range.end}`;
        if (range.at !== at) this.fail('offset-differs', place);
        if (digests[i] !== range.sha256) this.fail('digest-differs', place, file);
        at += range.end - range.start;
      }
      if (bag.sizes.get(file) !== at) this.fail('size-differs', source, file);
    }
    for (const path of bag.paths) {
      if (path.startsWith(ORIGINALS_FOLDER) && !named.has(path))
        this.fail('no-source-names-this', undefined, path);
    }
    if (bag.paths.includes(ORIGINALS) && this.stated === null) return;
    const forms = [...new Set(this.entries.map(({ form }) => form))];
    this.report.done(
      'originals',
      this.stated ? `${this.entries.length} sources: ${forms.join(', ')}` : 'none',
    );
  }

  /** The digests of ranges that stand one after the other in a file. */
  async read(bag, file, ranges) {
    const done = [];
    let hash = new Sha256();
    let taken = 0;
    await bag.read(file, 'originals', (chunk) => {
      let from = 0;
      while (done.length < ranges.length && from < chunk.length) {
        const { start, end } = ranges[done.length];
        const part = chunk.subarray(from, from + end - start - taken);
        hash.update(part);
        from += part.length;
        taken += part.length;
        if (taken < end - start) return;
        done.push(hex(hash.digest()));
        hash = new Sha256();
        taken = 0;
      }
    });
    return done;
  }
  /** Holds an original, had from outside the pack, against what the pack says and gives of it. */
  async compare({ name, size, read }) {
    const digestOf = async (from, to) => {
      const hash = new Sha256();
      for (let at = from; at < Math.min(to, size); at += PIECE)
        hash.update(await read(at, Math.min(to, at + PIECE)));
      return hex(hash.digest());
    };
    const digest = await digestOf(0, size);
    const own = new Set(this.sources.filter((source) => source.sha256 === digest).map(({ id }) => id));
    if (own.size === 0) return this.fail(`not-a-source-of-this-pack: SHA-256 ${digest}`, name);
    let compared = 0;
    for (const { source, ranges } of this.entries) {
      for (const { start, end, sha256: stated } of own.has(source) ? ranges : []) {
        compared++;
        if ((await digestOf(start, end)) !== stated)
          this.fail('excerpt-differs-from-the-original', `${source} ${start}-${end}`);
      }
    }
    const said = `${this.report.details.get('originals') ?? 'none'}; ${name} is a source of this pack`;
    this.report.done('originals', compared > 0 ? `${said}, ${compared} excerpts compared` : said);
  }
}
