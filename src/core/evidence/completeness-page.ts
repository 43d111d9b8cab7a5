/** data/completeness.html: the completeness certificate to read, one table for each conversation. */

import { createHash } from 'node:crypto';
import type { Bilingual } from '../domain/bilingual.ts';
import { fieldName, fieldValue } from '../domain/document-words.ts';
import { attachmentCounts } from './attachments.ts';
import { nameHtml, timeHtml } from './messages-html.ts';
import type { PackCompleteness, PackInput } from './pack-content.ts';
import { isSelective, statementOf, type Tally } from './pack-documents.ts';
import { htmlText } from './visible-text.ts';

const STYLE = `
:root{color-scheme:light}
body{font:15px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;color:#1b1f24;max-width:54rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:2px solid #ccd2da}
table{border-collapse:collapse;width:100%;margin:.5rem 0}th,td{border:1px solid #ccd2da;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f4f6f8;font-weight:600}td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;width:9rem}
.w{border:1px solid #b3261e;border-left-width:.4rem;padding:.5rem 1rem}.g{border:1px solid #1b6e3c;border-left-width:.4rem;padding:.5rem 1rem}
i.u{font-style:normal;font-size:.75em;border:1px solid #b3261e;border-radius:.2em;padding:0 .2em;color:#b3261e}
.f{font-size:.8rem;color:#57606a}
`;

const REASONS: Readonly<Record<string, string>> = {
  'not-selected': '未选取 not selected',
  bystander: '旁人 bystander',
  quarantined: '隔离 in quarantine',
};

const GAPS: Readonly<Record<string, string>> = {
  'missing-days': '无消息的日子 days without a message',
  'sequence-hole': '序号缺口 holes in numbers',
  backwards: '时间倒退 time running backwards',
  damage: '编码损坏 damaged characters',
};

/** A word in both languages, once where they are the same. */
const both = ({ zh, en }: Bilingual): string => (zh === en ? zh : `${zh} ${en}`);

const gapWord = (kind: string) => htmlText(GAPS[kind] ?? kind);
const line = (title: string, value: string | number) =>
  `<tr><th>${title}</th><td class="n">${value}</td></tr>`;

function conversationHtml(
  conversation: PackCompleteness,
  runs: readonly [number, number][],
  time: (instant: number) => string,
): string {
  const at = (instant: number | null) => (instant === null ? '—' : timeHtml(time(instant)));
  const { media, gaps, profiles } = conversation;
  const gapCounts = Object.entries(gaps.counts).filter(([, count]) => count > 0);
  return (
    `<h2>${nameHtml(conversation.name)}</h2>` +
    (isSelective(conversation) ? '<p class="w">节选 Excerpt</p>' : '<p class="g">全部收录 Shown whole</p>') +
    `<table>${line('已导入的全部消息 Messages imported', conversation.total)}` +
    `${line('首条至末条 First to last', `${at(conversation.first)}<br>${at(conversation.last)}`)}` +
    `${line('期间 Period', `${at(conversation.from)}<br>${at(conversation.to)}`)}` +
    `${line('期间内 In the period', conversation.inPeriod)}` +
    `${line('其中作为证物 Shown as subjects of exhibits', conversation.selected)}` +
    `${line('其中作为上下文 Shown as context', conversation.context)}` +
    conversation.leftOut
      .map(({ reason, count }) => line(`未收录 Left out: ${htmlText(REASONS[reason] ?? reason)}`, count))
      .join('') +
    `${line('期间之前 Before the period', conversation.before)}${line('期间之后 After the period', conversation.after)}` +
    `${line('连续段 Contiguous runs, by proof', runs.length)}` +
    `${line('期间内撤回通知 Notices of recalls in the period', conversation.recalls)}` +
    `${line('消息提及的媒体 Media named', media.named)}${line('未找到文件 No file found', media.named - media.found)}` +
    `${line('从未查看内容 Never examined', media.named - media.examined)}</table>` +
    (gapCounts.length === 0
      ? '<p>缺口检查：未发现。Gap scan: nothing found.</p>'
      : `<p>缺口检查 Gap scan: ${gapCounts.map(([kind, count]) => `${gapWord(kind)} ${count}`).join(' · ')}</p>` +
        `<table><tr><th>类型 kind</th><th>自 from</th><th>至 to</th><th>大小 size</th></tr>${gaps.gravest
          .map(
            ({ kind, from, to, size }) =>
              `<tr><td>${gapWord(kind)}</td><td>${from ?? '—'}</td><td>${to ?? '—'}</td><td class="n">${size}</td></tr>`,
          )
          .join('')}</table>`) +
    `<table><tr><th>发言者 Speaker</th><th>标识 id</th><th>曾用名 names</th><th>资料 profile</th><th>收录消息 shown</th></tr>${profiles
      .map(
        ({ name, names, platformId, fields, shown, isParty }) =>
          `<tr><td>${nameHtml(name)}${isParty ? ' · 当事人 party' : ''}</td><td>${nameHtml(platformId)}</td>` +
          `<td>${names.map(nameHtml).join(', ')}</td>` +
          `<td>${Object.entries(fields)
            .map(
              ([field, value]) => `${htmlText(both(fieldName(field)))}: ${nameHtml(both(fieldValue(value)))}`,
            )
            .join('<br>')}</td><td class="n">${shown}</td></tr>`,
      )
      .join('')}</table>`
  );
}

export function completenessPage(
  input: PackInput,
  { withheld, disclosed }: Tally,
  time: (instant: number) => string,
): string {
  const { zh, en } = statementOf(input.completeness);
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  const runs = (conversation: string) =>
    input.proofs.flatMap(({ trees }) =>
      trees.filter((tree) => tree.conversation === conversation).flatMap((tree) => tree.runs),
    );
  const selective = input.completeness.some(isSelective);
  const media = attachmentCounts(input.attachments);
  return (
    `<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<title>完整性证明 Completeness certificate</title><style>${STYLE}</style></head><body>` +
    `<h1>完整性证明 Completeness certificate</h1>` +
    `<p class="f">${htmlText(input.case.number)} · ${htmlText(input.id)} · ${timeHtml(time(input.createdAt))} · ${nameHtml(input.officer.name)}</p>` +
    `<p class="${selective ? 'w' : 'g'}"><b>${zh}</b><br><span lang="en">${en}</span></p>` +
    `<p>导出之前已经删除或撤回的消息，在任何导出文件中都看不到，本证明也无法显示。<br>` +
    `<span lang="en">Messages deleted or recalled before the export are in no export; this certificate cannot show them.</span></p>` +
    (withheld.messages === 0
      ? ''
      : `<p class="w">部分内容已隐去 Messages with parts withheld: ${withheld.messages} (${withheld.reasons
          .map(({ reason, messages }) => `${htmlText(REASONS[reason] ?? reason)} ${messages}`)
          .join(' · ')})</p>`) +
    (disclosed.people === 0
      ? '<p>非当事人均以化名出现或未发言。Nobody who is no party stands under their name.</p>'
      : `<p class="w">以本名出现的非当事人 People who are no party and stand under their names: ${disclosed.people} · 消息 messages ${disclosed.messages}</p>`) +
    `<table>${line('所示消息提及的媒体 Media that the shown messages name', media.named)}${line('收录 Included', media.included)}` +
    `${line('未找到文件 Missing', media.missing)}${line('隐去 Withheld', media.withheld)}${line('隔离 Quarantined', media.quarantined)}${line('未选 Not chosen', media.notChosen)}</table>` +
    input.completeness
      .map((conversation) => conversationHtml(conversation, runs(conversation.conversationId), time))
      .join('') +
    `</body></html>\n`
  );
}
