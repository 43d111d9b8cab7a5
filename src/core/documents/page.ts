/**
 * Writes a document as one HTML page without scripts or outside parts, for the window to show, to print
 * and to turn into PDF. The page's own rule set asks for A4; the printer adds header, footer and page numbers.
 */
import { attributeText, htmlText } from '../evidence/visible-text.ts';
import { type Block, columnWidths, type Document, runsOf, type Text } from './document.ts';

const STYLE = `
@page { size: A4; margin: 20mm 18mm; }
@page landscape { size: A4 landscape; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 190mm; color: #111; background: #fff; font: 10.5pt/1.55 "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; overflow-wrap: anywhere; }
body.landscape { page: landscape; max-width: 270mm; }
h1 { font-size: 17pt; text-align: center; margin: 0 0 12pt; }
h2 { font-size: 13pt; margin: 14pt 0 6pt; break-after: avoid; }
h3 { font-size: 11pt; margin: 10pt 0 4pt; break-after: avoid; }
p { margin: 0 0 6pt; white-space: pre-wrap; }
.small { font-size: 8.5pt; color: #5c636a; }
.quote { border-left: 2pt solid #adb5bd; padding-left: 8pt; }
.notice { border-left: 2pt solid #c92a2a; padding-left: 8pt; font-weight: 600; }
.indent { text-indent: 2em; }
.right { text-align: right; }
.head { font-size: 8.5pt; color: #5c636a; margin: 6pt 0 1pt; }
.said { padding-left: 8pt; }
.subject { border-left: 2pt solid #c92a2a; padding-left: 8pt; }
ul, ol { margin: 0 0 6pt; padding-left: 18pt; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; margin: 0 0 10pt; font-size: 9.5pt; }
th, td { border: 0.5pt solid #adb5bd; padding: 2pt 4.5pt; text-align: left; vertical-align: top; white-space: pre-wrap; }
th { background: #f1f3f5; font-weight: 600; }
thead { display: table-header-group; }
tr { break-inside: avoid-page; }
table.facts { break-inside: avoid-page; }
body:lang(en) { font-family: "Noto Sans", "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
mark { background: #ffe9a8; color: inherit; }
i.u { font-style: normal; border: 0.5pt solid #868e96; border-radius: 2pt; font-size: 80%; padding: 0 1.5pt; }
.break { break-after: page; }
`;

function runs(text: Text): string {
  return runsOf(text)
    .map((run) => {
      const inner = htmlText(run.text);
      const bold = run.bold ? `<b>${inner}</b>` : inner;
      return run.mark ? `<mark>${bold}</mark>` : bold;
    })
    .join('');
}

function block(item: Block): string {
  switch (item.kind) {
    case 'title':
      return `<h1>${runs(item.text)}</h1>`;
    case 'heading':
      return `<h${item.level + 1}>${runs(item.text)}</h${item.level + 1}>`;
    case 'paragraph':
      return `<p class="${item.look ?? 'plain'}">${runs(item.text)}</p>`;
    case 'list': {
      const tag = item.ordered ? 'ol' : 'ul';
      return `<${tag}>${item.items.map((text) => `<li>${runs(text)}</li>`).join('')}</${tag}>`;
    }
    case 'facts':
      return `<table class="facts"><colgroup><col style="width:23%"><col></colgroup><tbody>${item.rows
        .map(([label, value]) => `<tr><th scope="row">${runs(label)}</th><td>${runs(value)}</td></tr>`)
        .join('')}</tbody></table>`;
    case 'table': {
      const widths = columnWidths(item.columns, 1000);
      return `<table><colgroup>${widths.map((width) => `<col style="width:${width / 10}%">`).join('')}</colgroup><thead><tr>${item.columns
        .map(({ title }) => `<th>${runs(title)}</th>`)
        .join(
          '',
        )}</tr></thead><tbody>${item.rows.map((row) => `<tr>${row.map((text) => `<td>${runs(text)}</td>`).join('')}</tr>`).join('')}</tbody></table>`;
    }
    case 'page-break':
      return '<div class="break"></div>';
  }
}

/** The page. */
export function writePage(document: Document): string {
  const { header, footer } = document;
  // Nothing of the text follows the last block: a line of its own could stand alone on a page of its own.
  const said = [header, ...(header.includes(footer) ? [] : [footer])]
    .filter((part) => part !== '')
    .join(' · ');
  const edge = said === '' ? '' : `<p class="small">${htmlText(said)}</p>`;
  return `<!doctype html>
<html lang="${document.language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${attributeText(document.title)}</title><style>${STYLE}</style></head>
<body${document.landscape ? ' class="landscape"' : ''}>${edge}${document.blocks.map(block).join('\n')}</body></html>
`;
}
