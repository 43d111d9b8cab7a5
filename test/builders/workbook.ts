/** Makes XLSX workbooks for tests. */
import yazl from 'yazl';

/** A workbook as spreadsheet programs write it: shared and inline strings, a date style, gaps. */
export async function workbookOf(
  sheets: Record<string, readonly (readonly (string | number | { date: number } | null)[])[]>,
): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const column = (index: number) => String.fromCharCode(65 + index);
  const names = Object.keys(sheets);
  zip.addBuffer(Buffer.from('<Types/>'), '[Content_Types].xml');
  zip.addBuffer(
    Buffer.from(
      `<workbook xmlns:r="r"><sheets>${names.map((name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="r${i + 1}"/>`).join('')}</sheets></workbook>`,
    ),
    'xl/workbook.xml',
  );
  zip.addBuffer(
    Buffer.from(
      `<Relationships>${names.map((_, i) => `<Relationship Id="r${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`,
    ),
    'xl/_rels/workbook.xml.rels',
  );
  zip.addBuffer(
    Buffer.from(
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    ),
    'xl/styles.xml',
  );
  const shared: string[] = [];
  for (const [i, name] of names.entries()) {
    const rows = (sheets[name] ?? []).map((cells, r) => {
      const written = cells.map((cell, c) => {
        const at = `${column(c)}${r + 1}`;
        if (cell === null) return '';
        if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
        if (typeof cell === 'object') return `<c r="${at}" s="1"><v>${cell.date}</v></c>`;
        if (c % 2 === 1) return `<c r="${at}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
        shared.push(
          `<si><r><t>${escaped(cell.slice(0, 2))}</t></r><r><t xml:space="preserve">${escaped(cell.slice(2))}</t></r><rPh sb="0" eb="1"><t>phonetic</t></rPh></si>`,
        );
        return `<c r="${at}" t="s"><v>${shared.length - 1}</v></c>`;
      });
      return written.every((cell) => cell === '') ? '' : `<row r="${r + 1}">${written.join('')}</row>`;
    });
    zip.addBuffer(
      Buffer.from(`<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`),
      `xl/worksheets/sheet${i + 1}.xml`,
    );
  }
  zip.addBuffer(Buffer.from(`<sst>${shared.join('')}</sst>`), 'xl/sharedStrings.xml');
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
