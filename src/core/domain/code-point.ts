/**
 * The code point at a code unit of a text; the unit itself where it is half of a pair. `at` is a place in the
 * text, in UTF-16 code units; behind its end the answer is NaN.
 *
 * Used in place of `String.prototype.codePointAt`: with that, V8 13.6 (Node 24) read emoji in the classifier's
 * features wrong wherever it had compiled the reader with Maglev. Of 30,000 texts 143 had other features while
 * the program got warm, 1,522 with `--no-turbofan`, none with `--no-maglev`, and none in any of the three with
 * this. Rules and classifier have to find the same in any program at any time.
 */
export function codePointAt(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (first < 0xd800 || first > 0xdbff) return first;
  const second = text.charCodeAt(at + 1);
  return second >= 0xdc00 && second <= 0xdfff
    ? 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
    : first;
}
