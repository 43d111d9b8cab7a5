/** What detectors work on and what they say. Findings are facts; only rules make hits. */
import { type NormalizedText, normalizeMask } from '../normalization/normalize-text.ts';
import { TRANSFORM_BIT } from '../normalization/transforms.ts';
import type { DetectorName, FindingFlag } from './detector-names.ts';

export interface Finding {
  readonly detector: DetectorName;
  /** UTF-16 units of the original text, on code point boundaries. */
  readonly start: number;
  readonly end: number;
  /** The datum in its plain form: digits without separators, a link with its scheme. */
  readonly value: string;
  /** Whether everything that can be checked holds (check digit, date, known prefix). */
  readonly valid: boolean;
  readonly flags: readonly FindingFlag[];
  /** Transforms without which the datum would not be read (mask). */
  readonly mask: number;
}

const PLAIN =
  TRANSFORM_BIT.width | TRANSFORM_BIT.enclosed | TRANSFORM_BIT['zero-width'] | TRANSFORM_BIT.traditional;
const DIGITS = PLAIN | TRANSFORM_BIT.numerals;

/**
 * A text in the forms that detectors read, each made at most once. `plain` keeps case, symbols
 * and Chinese numerals; in `digits` Chinese and circled digits are ASCII digits as well.
 */
export class DetectorText {
  readonly original: string;
  private plainForm: NormalizedText | undefined;
  private digitsForm: NormalizedText | undefined;

  constructor(original: string) {
    this.original = original;
  }

  get plain(): NormalizedText {
    this.plainForm ??= normalizeMask(this.original, PLAIN);
    return this.plainForm;
  }

  get digits(): NormalizedText {
    this.digitsForm ??= normalizeMask(this.original, DIGITS);
    return this.digitsForm;
  }
}

export interface Detector {
  readonly name: DetectorName;
  /** Whether a text with these marks and so many digits can contain a finding at all. */
  wants(features: number, digits: number): boolean;
  /** Findings in the order of their start, without overlaps. */
  find(text: DetectorText): Finding[];
}
