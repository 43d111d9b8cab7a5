import { describe, expect, it } from 'vitest';
import { putPartsIn } from '../../src/core/rules/pack-parts.ts';
import { parsePack } from '../../src/core/rules/rule-pack.ts';

const packWith = (parts: unknown, match: unknown, exclude?: unknown) => ({
  id: 'p',
  version: '1',
  title: { zh: '包', en: 'Pack' },
  parts,
  rules: [
    {
      id: 'r',
      category: 'fraud',
      title: { zh: '规则', en: 'Rule' },
      match,
      ...(exclude === undefined ? {} : { exclude }),
    },
  ],
});
const contact = { terms: ['加我', '私聊'] };
const refusals = (json: unknown) => {
  const parsed = parsePack(json, 'organisation');
  return parsed.ok ? [] : parsed.errors.map(({ path, detail }) => `${path}: ${detail}`);
};

describe('named parts of a pack', () => {
  it('stand for their node wherever they are used', () => {
    const goods = { terms: ['货'] };
    const parsed = parsePack(
      packWith(
        { contact, offer: { any: [{ use: 'contact' }, { terms: ['出售'] }] } },
        { all: [goods, { use: 'offer' }, { not: { use: 'contact' } }], within: 9 },
        { use: 'contact' },
      ),
      'organisation',
    );
    expect(parsed.ok && parsed.loaded.pack.rules[0]).toMatchObject({
      match: { all: [goods, { any: [contact, { terms: ['出售'] }] }, { not: contact }], within: 9 },
      exclude: contact,
    });
    expect(parsed.ok && 'parts' in parsed.loaded.pack).toBe(false);
  });

  it('stand in any order, for canonical JSON sorts them', () => {
    const pack = packWith({ a: { use: 'b' }, b: contact }, { any: [{ use: 'a' }, { use: 'b' }] });
    const parsed = parsePack(pack, 'organisation');
    expect(parsed.ok && parsed.loaded.pack.rules[0]?.match).toEqual({ any: [contact, contact] });
    const again = parsed.ok ? parsePack(JSON.parse(parsed.loaded.source), 'organisation') : parsed;
    expect(again.ok ? again.loaded.sha256 : 'refused').toBe(parsed.ok && parsed.loaded.sha256);
  });

  it('are refused where they lie too deep inside one another, however many there are', () => {
    const parts: Record<string, unknown> = { p0: contact };
    for (let level = 1; level <= 5000; level++) parts[`p${level}`] = { any: [{ use: `p${level - 1}` }] };
    const { errors } = putPartsIn(packWith(parts, { use: 'p5000' }));
    expect(errors.map(({ fault }) => fault.key)).toContain('too-deep');
  });

  it('belong to the identity of the pack', () => {
    const digest = (terms: string[]) => {
      const parsed = parsePack(packWith({ contact: { terms } }, { use: 'contact' }), 'organisation');
      return parsed.ok ? parsed.loaded.sha256 : '';
    };
    expect(digest(['加我'])).not.toBe(digest(['私聊']));
    expect(digest(['加我'])).toBe(digest(['加我']));
  });

  it.each<[string, unknown, string[]]>([
    ['an unknown part', packWith({}, { use: 'contact' }), ['rules[0].match.use: there is no part "contact"']],
    [
      'a part that uses itself',
      packWith({ a: { any: [{ use: 'a' }] } }, { use: 'a' }),
      ['parts.a.any[0].use: is a part that uses itself: a → a'],
    ],
    [
      'a circle',
      packWith({ a: { use: 'b' }, b: { any: [{ use: 'a' }] } }, { use: 'a' }),
      ['parts.b.any[0].use: is a part that uses itself: a → b → a'],
    ],
    [
      'a key beside it',
      packWith({ contact }, { any: [{ use: 'contact', within: 3 }, { use: 'contact' }] }),
      ['rules[0].match.any[0]: nothing stands beside "use"'],
    ],
    [
      'a part that nothing uses',
      packWith({ contact }, { terms: ['货'] }),
      ['parts.contact: is used nowhere'],
    ],
    ['a list of parts', packWith([contact], { terms: ['货'] }), ['parts: is not an object of match nodes']],
    [
      'a name that is no text',
      packWith({ contact }, { any: [{ use: 1 }, { use: 'contact' }] }),
      ['rules[0].match.any[0].use: there is no part "1"'],
    ],
  ])('are refused with their place: %s', (_, json, expected) => {
    expect(refusals(json)).toEqual(expected);
  });

  it('are checked like any other node, and refused where they stand', () => {
    expect(refusals(packWith({ contact: { terms: [] } }, { use: 'contact' }))[0]).toContain(
      'parts.contact.terms: is empty',
    );
  });

  it('cannot blow a small file up', () => {
    const parts: Record<string, unknown> = { p0: contact };
    for (let level = 1; level <= 40; level++) {
      const below = { use: `p${level - 1}` };
      parts[`p${level}`] = { any: [below, below] };
    }
    const { errors } = putPartsIn(packWith(parts, { use: 'p40' }));
    expect(errors.map(({ fault }) => fault.detail)).toEqual([
      'more than 100000 nodes once the parts are put in',
    ]);
  });
});
