/** One row of a CSV file (RFC 4180), without its terminator; quotes only where they are needed. */
export function csvRow(fields: readonly (string | number)[]): string {
  return fields
    .map(String)
    .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',');
}
