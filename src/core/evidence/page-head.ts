/** data/messages.html, the page's head: what this is, who made it, complete relative to what, and the lists. */

import { createHash } from 'node:crypto';
import { categoryOf } from '../domain/category.ts';
import { readableTime } from '../domain/zone.ts';
import { nameHtml, timeHtml } from './messages-html.ts';
import type { PackInput } from './pack-content.ts';
import { attributeText, htmlText } from './visible-text.ts';

const STYLE = `
:root{color-scheme:light;--line:#ccd2da;--soft:#f4f6f8;--mark:#ffe08a;--accent:#b3261e}
body{font:15px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;color:#1b1f24;max-width:60rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.5rem;border-bottom:2px solid var(--line)}h3{font-size:1rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0}th,td{border:1px solid var(--line);padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:var(--soft);font-weight:600;overflow-wrap:normal}
code,footer,.f{font-family:ui-monospace,Consolas,Menlo,monospace;font-size:.75rem;color:#57606a;overflow-wrap:anywhere}
time{white-space:nowrap}.n{white-space:nowrap;font-variant-numeric:tabular-nums}
.w{border:1px solid var(--accent);border-left-width:.4rem;padding:.5rem 1rem}
.m{border:1px solid var(--line);border-radius:.5rem;padding:.4rem .75rem;margin:.4rem 0;background:var(--soft)}
.m.s{background:#fff;border:2px solid var(--accent)}
.m header{font-size:.85rem;color:#57606a}.m header b{color:#1b1f24}
.t{white-space:pre-wrap;overflow-wrap:anywhere}
blockquote{margin:.25rem 0 .25rem 1rem;padding-left:.75rem;border-left:.2rem solid var(--line)}cite{font-size:.8rem;color:#57606a}
mark{background:var(--mark)}sup{color:var(--accent)}.h{font-size:.85rem;margin:.25rem 0}
.u{font:.65rem ui-monospace,monospace;border:1px solid #8c959f;border-radius:.2rem;padding:0 .15rem;background:#fff;color:#57606a}
@media screen{.b{content-visibility:auto;contain-intrinsic-size:auto 9000px}}
@media print{body{max-width:none;font-size:10pt}.m{break-inside:avoid}}
`;

const STYLE_HASH = createHash('sha256').update(STYLE, 'utf8').digest('base64');

/** Codes in words, where the page shows one; a code that is not here is shown as it is. */
const WORDS: Record<string, string> = {
  court: '法院 court',
  arbitration: '仲裁 arbitration',
  police: '公安 police',
  regulator: '监管部门 regulator',
  internal: '内部 internal',
  publisher: '发布者 publisher',
  promoter: '推广者 promoter',
  owner: '群主 owner',
  admin: '管理员 admin',
  witness: '证人 witness',
  'personal-account': '个人账号 personal account',
  'public-account': '公众号 public account',
  group: '群 group',
  link: '链接 link',
  'staff-member': '员工 staff member',
  open: '待办 open',
  filed: '已报送 filed',
  closed: '已办结 closed',
  report: '报告 report',
  assessment: '评估 assessment',
  'not-selected': '未选取 not selected',
  pdf: 'PDF 页面 PDF pages',
  docx: 'DOCX 页面 DOCX pages',
  'no-renderer': '制作环境无法生成 could not be drawn where the pack was made',
  'too-many-messages': '篇幅过长，未选 long, and not asked for',
  'not-for-profile': '不适用于此用途 not for this profile',
  duties: '义务与报告 duties and reports',
  proceedings: '规则、陈述申辩、文书、申诉 rules, answers, letters, appeals',
  quarantined: '隔离 in quarantine',
};
const word = (code: string) => htmlText(WORDS[code] ?? code);

type Cells = readonly string[];

function table(head: Cells, rows: readonly Cells[]): string {
  const open = (tag: string, cell: string) => (/^S?\d+$/.test(cell) ? `<${tag} class="n">` : `<${tag}>`);
  const line = (tag: string, cells: Cells) =>
    `<tr>${cells.map((cell) => `${open(tag, cell)}${cell}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${line('th', head)}</thead><tbody>${rows.map((row) => line('td', row)).join('\n')}</tbody></table>\n`;
}

function facts(rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return `<table><tbody>${lines.join('\n')}</tbody></table>\n`;
}

function completeness(input: PackInput, time: (instant: number) => string): string {
  const selective = input.completeness.some(({ leftOut }) => leftOut.some(({ count }) => count > 0));
  const period = (at: number | null) => (at === null ? '…' : readableTime(time(at)));
  return (
    '<h2>完整性 Completeness</h2>' +
    `<p class="w">${
      selective
        ? '<b>本证据包为节选：下表“未收录”各列的消息已导入但未收录。 This pack is a selection: the messages counted under “left out” were imported and are not in it.</b><br>'
        : ''
    }完整性仅相对于所导入的文件：导出之前已删除的消息无法显示。 Complete only relative to the imported files: messages deleted before the export cannot be shown.</p>` +
    table(
      [
        '会话 Conversation',
        '全部 All',
        '期间 Period',
        '期间内 In period',
        '证物 Subjects',
        '上下文 Context',
        '未收录 Left out',
      ],
      input.completeness.map((conversation) => [
        `${nameHtml(conversation.name)} <code>${htmlText(conversation.conversationId)}</code>`,
        String(conversation.total),
        `${period(conversation.from)} – ${period(conversation.to)}`,
        String(conversation.inPeriod),
        String(conversation.selected),
        String(conversation.context),
        conversation.leftOut.map(({ reason, count }) => `${word(reason)}: ${count}`).join('<br>') || '0',
      ]),
    )
  );
}

function decisions(input: PackInput, time: (instant: number) => string): string {
  if (input.decisions.length === 0) return '';
  const rows = input.decisions.map((decision) => [
    nameHtml(decision.party),
    `${htmlText(decision.measureTitle.zh)} / ${htmlText(decision.measureTitle.en)}`,
    nameHtml(decision.facts),
    decision.basis.map((one) => htmlText(input.citation?.(one) ?? one)).join('<br>'),
    `${nameHtml(decision.officer)}<br>${readableTime(time(decision.at))}`,
    decision.approval === null
      ? '—'
      : `${decision.approval.approved ? '同意 approved' : '不同意 refused'}<br>${nameHtml(decision.approval.officer)}<br>${readableTime(time(decision.approval.at))}`,
  ]);
  const head = [
    '当事人 Party',
    '措施 Measure',
    '事实 Facts',
    '依据 Basis',
    '决定人 Decided by',
    '复核 Second review',
  ];
  return `<h2>处置决定 Decisions</h2>${table(head, rows)}`;
}

function duties(input: PackInput, time: (instant: number) => string): string {
  if (input.duties.length === 0) return '';
  const rows = input.duties.map((duty) => [
    word(duty.kind),
    `${htmlText(duty.receiver.zh)} / ${htmlText(duty.receiver.en)}`,
    duty.basis.map((one) => htmlText(input.citation?.(one) ?? one)).join('<br>'),
    word(duty.state),
    duty.filedAt === null ? '—' : readableTime(time(duty.filedAt)),
    nameHtml(duty.receiptNumber),
  ]);
  const head = ['种类 Kind', '接收方 Receiver', '依据 Basis', '状态 State', '报送 Filed', '回执号 Receipt'];
  return `<h2>法定义务与报告 Duties and reports</h2>${table(head, rows)}`;
}

/** From the doctype to the end of the lists; the sections of the exhibits follow, then `PAGE_END`. */
export function pageHead(
  input: PackInput,
  fingerprint: string,
  rfc3339: (instant: number) => string,
): string {
  const time = (instant: number) => timeHtml(rfc3339(instant));
  const categories = input.case.categories
    .map((id) => `${categoryOf(id).zh} ${categoryOf(id).en}`)
    .join('、');
  const sources = input.sources.map((source, i) => [
    `S${i + 1}`,
    nameHtml(source.file),
    `<code>${source.sha256}</code>`,
    `${source.bytes} bytes<br>${source.ledger.parsedBytes} + ${source.ledger.skippedBytes} + ${source.ledger.ignoredBytes}`,
    `${htmlText(source.format)} v${source.importerVersion}<br>${htmlText(source.zone.id)}${source.zone.assumed ? '（推定 assumed）' : ''}`,
    readableTime(time(source.importedAt)),
  ]);
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">
<title>${attributeText(`${input.case.number} · 证据包 Evidence pack`)}</title>
<style>${STYLE}</style></head><body>
<h1>证据包 Evidence pack · ${htmlText(input.case.number)}</h1>
${facts([
  ['案卷 Case', `${htmlText(input.case.number)} ${nameHtml(input.case.title)}`],
  ['类别 Categories', categories],
  ['用途 Profile', word(input.profile)],
  ['接收方 Recipient', nameHtml(input.recipient)],
  ['目的 Purpose', nameHtml(input.purpose)],
  ['制作 Made', `${readableTime(time(input.createdAt))} · ${nameHtml(input.officer.name)}`],
  ['证据包编号 Pack id', `<code>${htmlText(input.id)}</code>`],
  ['签名公钥指纹 Key fingerprint', `<code>${fingerprint}</code>`],
  [
    '审计日志末端 Audit head',
    `<code>${input.workspace.auditHead.sequence} ${input.workspace.auditHead.hash}</code>`,
  ],
])}
<p>本页供阅读；逐字准确的文本见 <code>messages.ndjson</code>，校验方法见 <code>README.txt</code>。不可见字符以 <i class="u">U+202E</i> 形式写出；<mark>标记</mark>处为命中。红框为证物消息，其余为上下文。 This page is for reading; the exact texts are in <code>messages.ndjson</code>, and README.txt says how to check everything. Characters that cannot be seen are written as <i class="u">U+202E</i>; <mark>marked</mark> words are hits. Red frames are the exhibits' subjects, the rest is context.</p>
${completeness(input, time)}<h2>证物 Exhibits</h2>
${table(
  ['编号 Number', '说明 Description', '消息 Messages', 'SHA-256'],
  input.exhibits.map((exhibit) => [
    `<a href="#x-${attributeText(exhibit.number)}">${htmlText(exhibit.number)}</a>`,
    nameHtml(exhibit.description),
    String(exhibit.messages),
    `<code>${exhibit.sha256}</code>`,
  ]),
)}<h2>当事人 Parties</h2>
${table(
  ['姓名 Name', '平台标识 Platform id', '角色 Role', '对象 Subject'],
  input.parties.map((party) => [
    nameHtml(party.name),
    nameHtml(party.platformId),
    word(party.role),
    word(party.subjectType),
  ]),
)}${decisions(input, time)}${duties(input, time)}<h2>来源文件 Sources</h2>
${table(['', '文件 File', 'SHA-256', '字节：已解析 + 跳过 + 忽略 Bytes: parsed + skipped + ignored', '格式 Format', '导入 Imported'], sources)}${
  input.leftOut.length === 0
    ? ''
    : `<h2>本包未含部分 Parts left out</h2><ul>${input.leftOut.map(({ part, reason }) => `<li>${word(part)}: ${word(reason)}</li>`).join('')}</ul>\n`
}`;
}

export const PAGE_END = '</body></html>\n';
