/** `张＊＊`: the first character, then one sign for each that follows. */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...name];
  return first + '＊'.repeat(Math.max(rest.length, 1));
}

/**
 * A text with other people's names, phone numbers, ids and addresses of mail masked. Names as given, the
 * longest first, so that a name inside another is not found before it.
 */
export function maskOthers(text: string, names: readonly string[]): string {
  let masked = text;
  for (const name of names) masked = masked.replaceAll(name, maskName(name));
  return masked
    .replace(/(?<!\d)(\d{3})\d{4,11}(\d{2}[\dXx]?\d)(?!\d)/g, '$1****$2')
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '***@***');
}
