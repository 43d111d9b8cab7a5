/* The table and the viewer's data, which have to say what messages.ndjson and the documents say. */

const TABLE = 'data/messages.csv';
const VIEWER = 'data/viewer.html';
const VIEWED = 'case completeness sources proofs decisions custody attachments audit'
  .split(' ')
  .map((name) => `data/${name}.json`);
const DATA_LINE =
  /^\x3cscript type="text\/plain" data-([a-z]+)="([^"]*)"(?: data-first="(\d+)" data-count="(\d+)")?>([A-Za-z0-9+/]*={0,2})\x3c\/script>$/;

/** The inverse of deflate, as bytes. */
async function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** What the copies must say; filled while messages.ndjson is read. */
class Copies {
  constructor(report, bag, sources) {
    Object.assign(this, { report, bag, lines: [], cells: [], exhibits: [] });
    this.names = new Map(sources.sources.map(({ id, file }) => [id, file]));
    this.isTabled = bag.paths.includes(TABLE);
  }

  fail(file, entry, reason) {
    this.report.fail('copies', file, reason, entry);
  }

  /** A line of messages.ndjson and its row, where it is one. */
  add(text, row) {
    let cells = null;
    try {
      if (this.isTabled) {
        cells = sha256hex(tableLine(row, this.lines.length + 1, this.names.get(row.source.id) ?? ''));
      }
    } catch {
      // Named with the messages.
    }
    this.lines.push(sha256hex(text));
    this.cells.push(cells);
    this.exhibits.push(row?.exhibit);
  }

  async check(media) {
    const read = [];
    if (this.isTabled && (await this.table())) read.push('CSV');
    if (await this.viewer(media)) read.push('viewer');
    this.report.done('copies', `${this.lines.length} rows in ${read.join(', ')}`);
  }

  /** A row of the table ends at a line feed outside quotes. */
  async table() {
    let record = '';
    let quotes = 0;
    let number = -1;
    const take = () => {
      if (number < 0) {
        if (record !== TABLE_HEAD) this.fail(TABLE, 'line 1', 'differs-from-messages');
      } else if (number < this.lines.length && sha256hex(record) !== this.cells[number]) {
        this.fail(TABLE, `row ${number + 1}`, 'differs-from-messages');
      }
      record = '';
      quotes = 0;
      number++;
    };
    const whole = await this.bag.lines(TABLE, 'copies', (text) => {
      record += `${text}\n`;
      quotes += text.split('"').length - 1;
      if (quotes % 2 === 0) take();
    });
    if (record !== '') take();
    if (whole && number !== this.lines.length) {
      this.fail(TABLE, 'rows', `rows-differ: ${this.lines.length} messages, ${number} rows`);
    }
    return whole;
  }

  async viewer(media) {
    const pictures = new Set(
      media.entries.filter(({ state }) => state === 'included').map(({ sha256: digest }) => digest),
    );
    const held = [];
    const whole = await this.bag.lines(VIEWER, 'copies', (text) => {
      if (text.startsWith(`\x3cscript type="text/plain"`)) held.push(text);
    });
    const seen = new Set();
    let next = 0;
    for (const text of held) {
      const [, what, name, first, count, data] = DATA_LINE.exec(text) ?? [];
      const fail = (entry, reason) => this.fail(VIEWER, entry, reason);
      try {
        const bytes = fromBase64(data);
        if (what === 'picture') {
          if (sha256hex(bytes) !== name || !pictures.has(name)) fail(name, 'digest-differs');
        } else if (what === 'file') {
          const digest = sha256hex(await inflated(bytes));
          if (digest !== this.bag.digests.get(name) || seen.has(name)) fail(name, 'differs-from-file');
          seen.add(name);
        } else if (what === 'exhibit') {
          const lines = strictText(await inflated(bytes)).split('\n');
          this.block(name, next, Number(first), Number(count), lines, fail);
          next += lines.length;
        } else throw new TypeError();
      } catch {
        fail(name ?? `row ${next + 1}`, 'malformed');
      }
    }
    for (const path of VIEWED) if (!seen.has(path)) this.fail(VIEWER, path, 'missing');
    if (next !== this.lines.length) {
      this.fail(VIEWER, 'rows', `rows-differ: ${this.lines.length} messages, ${next} rows`);
    }
    return whole;
  }

  block(exhibit, at, first, count, lines, fail) {
    const place = `row ${at + 1}`;
    if (lines.pop() !== '' || first !== at + 1 || count !== lines.length) fail(place, 'block-differs');
    if ([at, at + lines.length - 1].some((i) => this.exhibits[i] !== exhibit)) fail(place, 'exhibit-differs');
    for (const [i, line] of lines.entries()) {
      if (at + i < this.lines.length && sha256hex(line) !== this.lines[at + i]) {
        fail(`row ${at + i + 1}`, 'differs-from-messages');
      }
    }
  }
}
