import { describe, expect, test } from 'vitest';
import { EventBatch, NO_FACTS } from '../../src/core/importers/batch.ts';
import { JsonWalker } from '../../src/core/importers/json-walker.ts';
import { readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';

const PATHS = ['messages', 'chats.list.*.messages'];

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && 'date' in value;
}

interface Walk {
  /** `open`, `name=value`, `[` for an array, record ids, skip codes, `close`. */
  readonly trace: readonly string[];
  readonly complete: boolean;
  /** Booked ranges, as `code:text`. */
  readonly booked: readonly string[];
}

function walk(bytes: Buffer, arrays: readonly string[] = PATHS): Walk {
  const source = memorySource('x.json', bytes);
  const batch = new EventBatch(bytes.length, () => NO_FACTS);
  const walker = new JsonWalker(source, readHead(source), batch, {
    arrays,
    arrayOf: (value) => (isRecord(value) ? (arrays[0] === '' ? '' : 'messages') : null),
  });
  const trace: string[] = [];
  for (const event of walker.events()) {
    if (event.type === 'items') {
      for (const item of event.items) {
        batch.range(item.code ?? 'message', item.until, item.line, item.count);
        const { value } = item;
        trace.push(
          item.code ?? (isRecord(value) ? String((value as { id: unknown }).id) : JSON.stringify(value)),
        );
        if (item.code === null)
          expect(JSON.parse(bytes.toString('utf8', item.start, item.end))).toEqual(value);
      }
    } else if (event.type === 'member') trace.push(`${event.name}=${JSON.stringify(event.value)}`);
    else trace.push(event.type === 'array' ? '[' : event.type);
  }
  batch.ledger.assertComplete();
  const ranges = batch.ledger.take();
  const skips = ranges.filter(({ kind }) => kind === 'skipped').map(({ code, count }) => `${code}×${count}`);
  return {
    trace: [...trace, ...skips],
    complete: walker.complete,
    booked: ranges.map(({ code, start, end }) => `${code}:${bytes.toString('utf8', start, end)}`),
  };
}

const traceOf = (text: string, arrays?: readonly string[]): readonly string[] =>
  walk(Buffer.from(text), arrays).trace;

const m = (id: number, more = ''): string => `{"id":${id},"date":"d"${more}}`;

describe('sound documents', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'a single array',
      `{"name":"x","messages":[${m(1)},${m(2)}]}`,
      ['open', 'name="x"', '[', '1', '2', 'close'],
    ],
    ['members behind the array', `{"messages":[${m(1)}],"id":5}`, ['open', '[', '1', 'id=5', 'close']],
    ['an empty array', '{"messages":[]}', ['open', '[', 'close']],
    ['an empty object', '{}', ['open', 'close']],
    [
      'spread over lines',
      `{\n "messages" : [\n  ${m(1)} ,\n  ${m(2)}\n ]\n}\n`,
      ['open', '[', '1', '2', 'close'],
    ],
    [
      'several objects with arrays',
      `{"chats":{"about":"a","list":[{"name":"A","messages":[${m(1)}]},{"name":"B","messages":[${m(2)}]}]}}`,
      [
        'open',
        'open',
        'about="a"',
        'open',
        'name="A"',
        '[',
        '1',
        'close',
        'open',
        'name="B"',
        '[',
        '2',
        'close',
        'close',
        'close',
      ],
    ],
    [
      'elements that are no records',
      `{"messages":[1,"a",null,${m(1)}]}`,
      ['open', '[', '1', '"a"', 'null', '1', 'close'],
    ],
    [
      'brackets and escapes in strings',
      `{"messages":[${m(1, ',"text":"]}\\"{[\\\\"')},${m(2)}]}`,
      ['open', '[', '1', '2', 'close'],
    ],
    ['a trailing comma', `{"messages":[${m(1)},],}`, ['open', '[', '1', 'close']],
  ];
  test.each(cases)('%s', (_name, text, trace) => {
    const walked = walk(Buffer.from(text));
    expect(walked.trace).toEqual(trace);
    expect(walked.complete).toBe(true);
  });

  test('the document itself may be the array', () => {
    expect(traceOf(`[${m(1)},${m(2)}]`, [''])).toEqual(['[', '1', '2']);
  });

  test('bytes are booked as what they are', () => {
    expect(walk(Buffer.from(`{"name":"x","messages":[${m(1)},\n${m(2)}]}`)).booked).toEqual([
      'structure:{',
      'metadata:"name":"x"',
      'structure:,"messages":[',
      `message:${m(1)},\n${m(2)}`,
      'structure:]}',
    ]);
  });

  test('elements over many blocks keep their places', () => {
    const long = `,"text":"${'长'.repeat(500_000)}"`;
    const text = `{"messages":[${Array.from({ length: 8 }, (_, i) => m(i, i % 2 === 0 ? long : '')).join(',\n')}]}`;
    expect(traceOf(text)).toEqual(['open', '[', '0', '1', '2', '3', '4', '5', '6', '7', 'close']);
  });

  test('an element beyond the limit is skipped and reading goes on behind it', () => {
    const text = `{"messages":[${m(1)},${m(2, `,"text":"${'x'.repeat(17 << 20)}"`)},${m(3)}]}`;
    expect(traceOf(text)).toEqual(['open', '[', '1', '3', 'close', 'line-too-long×1']);
  });
});

describe('damage', () => {
  const list = (...elements: string[]): string => `{"name":"x","messages":[${elements.join(',')}],"id":5}`;
  const around = (damaged: string): string => list(m(1), damaged, m(3), m(4));
  const good = ['open', 'name="x"', '[', '1', '3', '4', 'id=5', 'close'];
  const cases: readonly (readonly [string, string])[] = [
    ['a lost closing brace', around('{"id":2,"date":"d"')],
    ['a lost quote', around('{"id":2,"date":"d}')],
    ['a lost quote of a key', around('{"id:2,"date":"d"}')],
    ['a bracket for a brace', around('{"id":2,"date":"d"]')],
    ['an unclosed list inside', around('{"id":2,"date":"d","text":["a",{"x":1}}')],
    ['cut in the middle', around('{"id":2,"da')],
    ['a raw line end in a string', around('{"id":2,"date":"d\n"}')],
    ['a colon for a comma', around('{"id":2:"date":"d"}')],
  ];
  test.each(cases)('%s: the others are kept, and it is named', (_name, text) => {
    const { trace } = walk(Buffer.from(text));
    expect(trace.filter((step) => !step.startsWith('bad-json'))).toEqual(good);
    expect(trace.at(-1)).toBe('bad-json×1');
  });

  test('a bad word inside an element costs that element alone', () => {
    expect(traceOf(around('{"id":2,"date":nope}'))).toEqual([
      'open',
      'name="x"',
      '[',
      '1',
      'bad-json',
      '3',
      '4',
      'id=5',
      'close',
      'bad-json×1',
    ]);
  });

  test('a whole element before damage is kept', () => {
    expect(traceOf(around(`${m(2)}}x`))).toEqual([
      'open',
      'name="x"',
      '[',
      '1',
      '2',
      '3',
      '4',
      'id=5',
      'close',
      'bad-json×1',
    ]);
    expect(traceOf(around('"id":2,"date":"d"}'))).toEqual([
      'open',
      'name="x"',
      '[',
      '1',
      '"id"',
      '3',
      '4',
      'id=5',
      'close',
      'bad-json×1',
    ]);
  });

  test('damaged neighbours are counted', () => {
    const text = list(m(1), '{"id":2,"date":"d', '{"id":3,"date:"d"}', m(4));
    expect(traceOf(text).at(-1)).toBe('bad-json×2');
  });

  test('an element that swallowed its neighbours gives them back', () => {
    const text = `{"messages":[${m(1)},{"id":2,"date":"d","text":["a",{"b":1},${m(3)},${m(4)},${m(5)}]}`;
    expect(traceOf(text)).toEqual(['open', '[', '1', '3', '4', '5', 'close', 'bad-json×1']);
  });

  test('what looks like a record inside a string is no record', () => {
    const inside = JSON.stringify(`},${m(9)},{"messages":[${m(9)}]}`);
    const text = list(m(1), `{"id":2,"date":"d,"text":${inside}}`, m(3));
    expect(traceOf(text).includes('9')).toBe(false);
    expect(traceOf(text).includes('3')).toBe(true);
  });

  test('garbage before the document', () => {
    expect(traceOf(`\u0000\u0001xx ${list(m(1), m(2))}`)).toEqual([
      'open',
      'name="x"',
      '[',
      '1',
      '2',
      'id=5',
      'close',
      'bad-json×1',
    ]);
  });

  test('a damaged member before the array', () => {
    const text = `{"name":"x","bad":tr"ue,"id":5,"messages":[${m(1)}]}`;
    const { trace } = walk(Buffer.from(text));
    expect(trace).toContain('1');
    expect(trace).toContain('id=5');
  });

  test('damage over the border of two chats does not give one the messages of the other', () => {
    const chat = (name: string, ...elements: string[]): string =>
      `{"name":"${name}","messages":[${elements.join(',')}]}`;
    const text = `{"chats":{"list":[${chat('A', m(1), m(2))},${chat('B', m(3), m(4))}]}}`;
    const cut = text.indexOf('}]},{"name":"B"');
    const damaged = `${text.slice(0, cut - 3)}###${text.slice(cut + 4)}`;
    const trace = traceOf(damaged);
    const chatOf = (id: string): string | undefined =>
      trace.slice(0, trace.indexOf(id)).findLast((step) => step.startsWith('name='));
    expect(chatOf('1')).toBe('name="A"');
    expect(chatOf('3')).toBe('name="B"');
    expect(chatOf('4')).toBe('name="B"');
  });

  test('a file cut anywhere keeps every whole element', () => {
    const text = list(m(1), m(2, ',"text":["a",{"b":"c"}]'), m(3));
    const bytes = Buffer.from(text);
    for (let length = 0; length < bytes.length; length++) {
      const { trace, complete } = walk(bytes.subarray(0, length));
      const whole = [m(1), m(2, ',"text":["a",{"b":"c"}]'), m(3)].filter(
        (element) => text.indexOf(element) + element.length <= length,
      );
      expect(trace.filter((step) => /^\d$/.test(step)).length).toBe(whole.length);
      expect(complete).toBe(false);
      expect(trace.includes('bad-json×1')).toBe(false);
    }
  });

  test('hostile nesting ends, in time proportional to the file', () => {
    expect(traceOf('{"messages":[{"id":'.repeat(20_000)).at(-1)).toMatch(/^(?:bad-json|truncated)×/);
    expect(traceOf(`{"messages":[${'['.repeat(200_000)}`).at(-1)).toMatch(/^(?:bad-json|truncated)×/);
    expect(traceOf(`{"messages":[${'{"id":1,"date":'.repeat(50_000)}`).at(-1)).toMatch(
      /^(?:bad-json|truncated)×/,
    );
  });
});
