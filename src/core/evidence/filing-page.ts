/**
 * The pages to file as HTML, one A4 box for each: what the window turns into PDF and what anybody can print from
 * a browser. No script, no address; every line stands where the layout put it.
 */
import { createHash } from 'node:crypto';
import { LOOKS, PAGE } from '../documents/paged.ts';
import type { FilingPage } from './filing.ts';
import { attributeText, htmlText } from './visible-text.ts';

const places = Array.from({ length: PAGE.textWidth + 1 }, (_, at) => `.x${at}{left:${at}mm}`).join('');
const tops = Array.from(
  { length: PAGE.textHeight * 10 + 1 },
  (_, at) => `.y${at}{top:${(at / 10).toFixed(1)}mm}`,
).join('');
const looks = Object.entries(LOOKS)
  .map(
    ([name, { size, height }]) => `.${name}{font-size:${size}pt;line-height:${height}mm;height:${height}mm}`,
  )
  .join('');

const STYLE = `
@page{size:A4;margin:0}
*{box-sizing:border-box;margin:0}
body{background:#fff;color:#111;font-family:"Noto Sans","Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.p{position:relative;width:${PAGE.width}mm;height:${PAGE.height - 0.4}mm;overflow:hidden;break-after:page}
.p:last-child{break-after:auto}
.b{position:absolute;left:${PAGE.left}mm;top:${PAGE.top}mm;width:${PAGE.textWidth}mm;height:${PAGE.textHeight}mm}
.l{position:absolute;left:0;right:0;white-space:pre}
.l>span{position:absolute;top:0;white-space:pre}
.l>.m{left:0;right:0;text-align:center}
.heading1{border-bottom:.5mm solid #343a40}
.r{border-top:.2mm solid #adb5bd}.s{background:#f1f3f5}
.g{border-left:.7mm solid #ced4da}.a{border-left:.7mm solid #c92a2a}
.small{color:#495057}
mark{background:#ffe9a8;color:inherit}
i.u{font-style:normal;font-size:80%}
.h,.f{position:absolute;left:${PAGE.left}mm;right:${PAGE.left}mm;font-size:7pt;line-height:3.6mm;color:#495057;overflow-wrap:anywhere}
.h{top:10mm;border-bottom:.2mm solid #adb5bd;padding-bottom:1mm}.f{bottom:9mm;border-top:.2mm solid #adb5bd;padding-top:1mm;text-align:center}
.f b{font-size:8pt;color:#111}
.w{position:absolute;left:-20mm;right:-20mm;text-align:center;font-size:19pt;color:#000;opacity:.07;transform:rotate(-32deg);white-space:pre;overflow:hidden}
.w1{top:70mm}.w2{top:140mm}.w3{top:210mm}
${looks}${places}${tops}
@media screen{body{background:#868e96}.p{background:#fff;margin:4mm auto}}
`;
const HASH = createHash('sha256').update(STYLE, 'utf8').digest('base64');

export interface FilingFrame {
  readonly title: string;
  /** At the top of every page. */
  readonly header: string;
  /** The pack's id, at the foot. */
  readonly pack: string;
  readonly watermark: string;
}

export function filingHead({ title }: FilingFrame): string {
  return `<!doctype html>
<html lang="zh-CN" data-pages><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${HASH}'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer"><title>${attributeText(title)}</title><style>${STYLE}</style></head><body>
`;
}

export const FILING_END = '</body></html>\n';

/** Written out already by the layout: here only escaped. */
function lineHtml(line: FilingPage['placed'][number]): string {
  const cells = line.cells
    .filter(({ runs }) => runs.length > 0)
    .map(({ at, runs, centred }) => {
      const inner = runs
        .map(({ text, bold, mark }) => {
          const escaped = htmlText(text);
          const strong = bold ? `<b>${escaped}</b>` : escaped;
          return mark ? `<mark>${strong}</mark>` : strong;
        })
        .join('');
      return `<span class="${centred ? 'm' : `x${Math.round(at)}`}">${inner}</span>`;
    });
  const more = `${line.rule ? ' r' : ''}${line.shaded ? ' s' : ''}${line.bar === 'red' ? ' a' : line.bar === 'grey' ? ' g' : ''}`;
  return `<div class="l ${line.look} y${Math.round(line.top * 10)}${more}">${cells.join('')}</div>`;
}

export function filingPageHtml(page: FilingPage, frame: FilingFrame): string {
  const mark =
    frame.watermark === ''
      ? ''
      : [1, 2, 3].map((i) => `<div class="w w${i}">${htmlText(frame.watermark)}</div>`).join('');
  return `<section class="p">${mark}<div class="h">${htmlText(frame.header)}</div><div class="b">${page.placed
    .filter(({ cells, rule }) => cells.length > 0 || rule)
    .map(lineHtml)
    .join(
      '',
    )}</div><div class="f"><b>第 ${page.page} 页，共 ${page.of} 页 · Page ${page.page} of ${page.of}</b> · 证据包 pack ${htmlText(frame.pack)}<br>本页摘要 SHA-256 of this page ${page.sha256}</div></section>
`;
}
