import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { asWritten } from '../../src/core/rules/as-written.ts';
import { parsePackText } from '../../src/core/rules/rule-pack.ts';

const FOLDER = new URL('../../resources/rule-packs/', import.meta.url);

it.each(readdirSync(FOLDER).filter((name) => name.endsWith('.json')))(
  '%s is kept, written out and read again as the same pack',
  (name) => {
    const first = parsePackText(readFileSync(new URL(name, FOLDER), 'utf8'), 'shipped');
    if (!first.ok) throw new Error('the pack is good');
    const text = JSON.stringify(asWritten(JSON.parse(first.loaded.source)), null, 2);
    const again = parsePackText(text, 'shipped');
    expect(again.ok ? again.loaded.sha256 : again.errors).toBe(first.loaded.sha256);
    expect(Object.keys(JSON.parse(text) as object).slice(0, 3)).toEqual(['id', 'version', 'title']);
  },
);
