/**
 * Writes a document as DOCX (ECMA-376 WordprocessingML, transitional), A4, readable by Word, WPS and
 * LibreOffice. No macros, no links, nothing external. Lengths are twentieths of a point, sizes half points.
 */
import { visibleText } from '../evidence/visible-text.ts';
import { type Part, xmlText, xmlTime, zipParts } from './archive.ts';
import { type Block, columnWidths, type Document, runsOf, type Text } from './document.ts';

const NAMESPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

const PAGE = { short: 11906, long: 16838, margin: 1247 };
/** A document without its content. */
type Frame = Omit<Document, 'blocks'>;

const widthOf = ({ landscape = false }: Frame) => (landscape ? PAGE.long : PAGE.short) - 2 * PAGE.margin;

/** Line feeds become breaks; tabs become tabs; what has no look of its own is written out. */
function runs(text: Text, properties = ''): string {
  return runsOf(text)
    .map((run) => {
      const look = `${run.bold ? '<w:b/>' : ''}${properties}${run.mark ? '<w:shd w:val="clear" w:color="auto" w:fill="FFE9A8"/>' : ''}`;
      const parts = visibleText(run.text)
        .split('\n')
        .map((line) =>
          line
            .split('\t')
            .map((piece) => `<w:t xml:space="preserve">${xmlText(piece)}</w:t>`)
            .join('<w:tab/>'),
        )
        .join('<w:br/>');
      return `<w:r>${look ? `<w:rPr>${look}</w:rPr>` : ''}${parts}</w:r>`;
    })
    .join('');
}

const paragraph = (style: string, content: string, more = '') =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/>${more}</w:pPr>${content}</w:p>`;

const LOOKS = {
  plain: 'Normal',
  small: 'Small',
  quote: 'Quote',
  notice: 'Notice',
  indent: 'Indent',
  right: 'Right',
  head: 'Head',
  said: 'Said',
  subject: 'Subject',
} as const;

function grid(widths: readonly number[], rows: string): string {
  const total = widths.reduce((all, width) => all + width, 0);
  return `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="${total}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${widths
    .map((width) => `<w:gridCol w:w="${width}"/>`)
    .join('')}</w:tblGrid>${rows}</w:tbl>${paragraph('Gap', '')}`;
}

const cell = (width: number, content: string, fill = '') =>
  `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${fill ? `<w:shd w:val="clear" w:color="auto" w:fill="${fill}"/>` : ''}</w:tcPr>${content}</w:tc>`;

function block(item: Block, document: Frame): string {
  const width = widthOf(document);
  switch (item.kind) {
    case 'title':
      return paragraph('Title', runs(item.text));
    case 'heading':
      return paragraph(`Heading${item.level}`, runs(item.text));
    case 'paragraph':
      return paragraph(LOOKS[item.look ?? 'plain'], runs(item.text));
    case 'list':
      return item.items
        .map((text, index) =>
          paragraph('Item', runs([item.ordered ? `${index + 1}. ` : '· ', ...asRuns(text)])),
        )
        .join('');
    case 'facts': {
      const widths = columnWidths(
        [
          { title: '', share: 3 },
          { title: '', share: 10 },
        ],
        width,
      );
      const rows = item.rows.map(
        ([label, value]) =>
          `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cell(widths[0] ?? 0, paragraph('Cell', runs([{ text: label, bold: true }])), 'F1F3F5')}${cell(widths[1] ?? 0, paragraph('Cell', runs(value)))}</w:tr>`,
      );
      return grid(widths, rows.join(''));
    }
    case 'table': {
      const widths = columnWidths(item.columns, width);
      const head = item.columns
        .map(({ title }, index) =>
          cell(widths[index] ?? 0, paragraph('Cell', runs([{ text: title, bold: true }])), 'F1F3F5'),
        )
        .join('');
      const rows = item.rows.map(
        (row) =>
          `<w:tr>${row.map((text, index) => cell(widths[index] ?? 0, paragraph('Cell', runs(text)))).join('')}</w:tr>`,
      );
      return grid(
        widths,
        `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${head}</w:tr>${rows.join('')}`,
      );
    }
    case 'page-break':
      return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>';
  }
}

const asRuns = (text: Text) => (typeof text === 'string' ? [text] : text);

const field = (code: string) =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;

function styles(): string {
  const style = (id: string, paragraphLook: string, runLook: string, more = '') =>
    `<w:style w:type="paragraph" w:styleId="${id}"${id === 'Normal' ? ' w:default="1"' : ''}><w:name w:val="${more || id}"/>${id === 'Normal' ? '' : '<w:basedOn w:val="Normal"/>'}<w:qFormat/><w:pPr>${paragraphLook}</w:pPr><w:rPr>${runLook}</w:rPr></w:style>`;
  const size = (half: number) => `<w:sz w:val="${half}"/><w:szCs w:val="${half}"/>`;
  const space = (before: number, after: number) => `<w:spacing w:before="${before}" w:after="${after}"/>`;
  const border = (side: string, colour: string) =>
    `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="${colour}"/>`;
  const sides = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'];
  // Latin letters are no Chinese text, in which a line may break anywhere.
  return `${HEAD}<w:styles ${NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Noto Sans" w:hAnsi="Noto Sans" w:cs="Noto Sans" w:eastAsia="Noto Sans CJK SC"/>${size(21)}<w:lang w:val="en-GB" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="300" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>${[
    style('Normal', '', ''),
    style('Title', `${space(0, 240)}<w:jc w:val="center"/>`, `<w:b/>${size(34)}`, 'Title'),
    style(
      'Heading1',
      `<w:keepNext/>${space(280, 120)}<w:outlineLvl w:val="0"/>`,
      `<w:b/>${size(26)}`,
      'heading 1',
    ),
    style(
      'Heading2',
      `<w:keepNext/>${space(200, 80)}<w:outlineLvl w:val="1"/>`,
      `<w:b/>${size(22)}`,
      'heading 2',
    ),
    style('Small', '', `<w:color w:val="5C636A"/>${size(17)}`),
    style(
      'Quote',
      `<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="ADB5BD"/></w:pBdr><w:ind w:left="240"/>`,
      '',
    ),
    style(
      'Notice',
      `<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="C92A2A"/></w:pBdr><w:ind w:left="240"/>`,
      '<w:b/>',
    ),
    style('Indent', '<w:ind w:firstLineChars="200" w:firstLine="420"/>', ''),
    style('Right', '<w:jc w:val="right"/>', ''),
    style('Head', `<w:keepNext/>${space(140, 20)}`, `<w:color w:val="5C636A"/>${size(17)}`),
    style('Said', `${space(0, 40)}<w:ind w:left="240"/>`, ''),
    style(
      'Subject',
      `<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="C92A2A"/></w:pBdr>${space(0, 40)}<w:ind w:left="240"/>`,
      '',
    ),
    style('Item', `${space(0, 60)}<w:ind w:left="360" w:hanging="240"/>`, ''),
    style('Cell', '<w:spacing w:before="20" w:after="20" w:line="260" w:lineRule="auto"/>', size(19)),
    style('Gap', '<w:spacing w:after="60" w:line="120" w:lineRule="exact"/>', size(8)),
    style('Edge', '<w:spacing w:after="0"/>', `<w:color w:val="5C636A"/>${size(16)}`),
  ].join(
    '',
  )}<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>${sides.map((side) => border(side, 'ADB5BD')).join('')}</w:tblBorders><w:tblCellMar><w:left w:w="90" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`;
}

const BODY = `${HEAD}<w:document ${NAMESPACES}><w:body>`;

function bodyEnd(document: Frame): string {
  const [width, height] = document.landscape ? [PAGE.long, PAGE.short] : [PAGE.short, PAGE.long];
  return `<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="${width}" w:h="${height}"${document.landscape ? ' w:orient="landscape"' : ''}/><w:pgMar w:top="1361" w:right="${PAGE.margin}" w:bottom="1247" w:left="${PAGE.margin}" w:header="624" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`;
}

function footer({ language, footer: text }: Frame): string {
  const words: [string, string, string] =
    language === 'en' ? ['Page ', ' of ', ''] : ['第 ', ' 页，共 ', ' 页'];
  const [before, between, after] = words.map((word) => runs(word)) as [string, string, string];
  return runs(text === '' ? '' : `${text}　`) + before + field('PAGE') + between + field('NUMPAGES') + after;
}

/** Words across a page, behind its text: a shape of the header (VML, which all three programs draw). */
function watermark(text: string): string {
  return `<w:p><w:pPr><w:pStyle w:val="Edge"/></w:pPr><w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype><v:shape id="watermark" o:spid="_x0000_s2049" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:440pt;height:34pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#c9ced4" stroked="f"><v:fill opacity=".45"/><v:textpath style="font-family:&quot;Noto Sans CJK SC&quot;;font-size:1pt" string="${xmlText(visibleText(text).replace(/\s+/g, ' '))}"/></v:shape></w:pict></w:r></w:p>`;
}

/** The DOCX file. */
export function writeDocx(document: Document): Promise<Buffer> {
  const content = `${BODY}${document.blocks.map((item) => block(item, document)).join('')}${bodyEnd(document)}`;
  const parts = frameParts(document);
  parts.splice(DOCUMENT_AT, 0, [DOCUMENT, content]);
  return zipParts(parts, document.at);
}

/** The document's own part, and its place among the parts. */
export const DOCUMENT = 'word/document.xml';
const DOCUMENT_AT = 4;

/** The text of `DOCUMENT` piece by piece, for what is too long to hold at once. */
export async function* documentXml(frame: Frame, blocks: AsyncIterable<Block>): AsyncGenerator<string> {
  yield BODY;
  for await (const item of blocks) yield block(item, frame);
  yield bodyEnd(frame);
}

/** Every part but `DOCUMENT`. */
export function frameParts(document: Frame): Part[] {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`;
  const relations = (content: string) =>
    `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;
  const override = (part: string, type: string) => `<Override PartName="${part}" ContentType="${type}"/>`;
  const parts: Part[] = [
    [
      '[Content_Types].xml',
      `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
        override('/word/document.xml', `${WORD}.document.main+xml`),
        override('/word/styles.xml', `${WORD}.styles+xml`),
        override('/word/header1.xml', `${WORD}.header+xml`),
        override('/word/footer1.xml', `${WORD}.footer+xml`),
        override('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'),
      ].join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      relations(
        relation('rId1', `${OFFICE}/relationships/officeDocument`, 'word/document.xml') +
          relation(
            'rId2',
            'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
            'docProps/core.xml',
          ),
      ),
    ],
    [
      'docProps/core.xml',
      `${HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xmlText(visibleText(document.title))}</dc:title><dc:creator>Docket</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${xmlTime(document.at)}</dcterms:created></cp:coreProperties>`,
    ],
    [
      'word/_rels/document.xml.rels',
      relations(
        relation('rId1', `${OFFICE}/relationships/styles`, 'styles.xml') +
          relation('rId2', `${OFFICE}/relationships/header`, 'header1.xml') +
          relation('rId3', `${OFFICE}/relationships/footer`, 'footer1.xml'),
      ),
    ],
    ['word/styles.xml', styles()],
    [
      'word/header1.xml',
      `${HEAD}<w:hdr ${NAMESPACES} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">${paragraph('Edge', runs(document.header))}${document.watermark ? watermark(document.watermark) : ''}</w:hdr>`,
    ],
    [
      'word/footer1.xml',
      `${HEAD}<w:ftr ${NAMESPACES}>${paragraph('Edge', footer(document), '<w:jc w:val="center"/>')}</w:ftr>`,
    ],
  ];
  return parts;
}
