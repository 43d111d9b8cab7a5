import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DetectorName } from '../../src/core/detection/detector-names.ts';
import { DETECTORS } from '../../src/core/detection/detectors/registry.ts';
import { DetectorText, type Finding } from '../../src/core/detection/finding.ts';

interface PiiCases {
  readonly cases: readonly {
    readonly kind: string;
    readonly input: string;
    readonly expected_count: number;
  }[];
  readonly validators: Readonly<Record<string, readonly string[]>>;
}
const file = new URL('../fixtures/peer-cases/pii.json', import.meta.url);
const { cases, validators } = JSON.parse(readFileSync(file, 'utf8')) as PiiCases;

const DETECTOR_OF: Readonly<Record<string, DetectorName>> = {
  phone: 'mobile',
  'id-card': 'resident-id',
  'bank-card': 'bank-card',
  passport: 'passport',
  email: 'email',
};

function valid(name: DetectorName, text: string): readonly Finding[] {
  const detector = DETECTORS.find((one) => one.name === name);
  return (detector?.find(new DetectorText(text)) ?? []).filter((finding) => finding.valid);
}

describe('cases of cn_pii_anonymization (MIT)', () => {
  it.each(cases)('$kind in "$input": $expected_count', ({ kind, input, expected_count }) => {
    expect(valid(DETECTOR_OF[kind] as DetectorName, input)).toHaveLength(expected_count);
  });

  const lists = [
    ['id_card_valid', 'resident-id', '', 1],
    ['id_card_invalid', 'resident-id', '', 0],
    ['luhn_valid', 'bank-card', '', 1],
    ['luhn_invalid', 'bank-card', '', 0],
    ['phone_valid', 'mobile', '', 1],
    ['phone_invalid', 'mobile', '', 0],
    ['passport_valid', 'passport', '护照', 1],
    ['passport_invalid', 'passport', '护照', 0],
    ['email_valid', 'email', '', 1],
    ['email_invalid', 'email', '', 0],
  ] as const;
  const single = lists.flatMap(([list, detector, label, count]) =>
    (validators[list] as readonly string[]).map((value) => ({ list, detector, text: label + value, count })),
  );
  it.each(single)('$list: "$text"', ({ detector, text, count }) => {
    expect(valid(detector, text)).toHaveLength(count);
  });
});
