/* The table of messages as Docket writes it, built again from the exact messages. */

const classOf = (ranges) =>
  ranges
    .split(' ')
    .map((range) =>
      range
        .split('-')
        .map((code) => `\\u{${code}}`)
        .join('-'),
    )
    .join('');
/** What has no look of its own; a zero-width joiner inside an emoji has one. */
const UNSEEN = classOf(
  '0-8 b-1f 7f-9f ad 34f 61c 115f-1160 17b4-17b5 180b-180f 200b-200c 200e-200f 2028-202e 2060-206f 3164 ' +
    'd800-dfff feff ffa0 fff0-fffb e0000-e0fff',
);
const PICTURES = classOf('2190-21ff 2300-23ff 2600-27bf 2b00-2bff 1f000-1faff');
const HIDDEN = new RegExp(
  `[${UNSEEN}]|(?<![${PICTURES}\\u{fe0f}])\\u{200d}|\\u{200d}(?![${PICTURES}])`,
  'gu',
);
const codeOf = (character) => `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
const visible = (text) => text.replace(HIDDEN, (character) => `⟦${codeOf(character)}⟧`);

const CELL_LIMIT = 32_000;
const FORMULA = /^[\s]*[=+\-@＝＋－＠|]|^[\t\r\n]/;
const NUMBER_LIKE = /^\s*[\d０-９][\d０-９\s.,:/eE+\-年月日时時分秒%]*$/;
const COLUMNS =
  '行号 row;证物 exhibit;角色 role;会话 conversation;发送人 sender;发送人标识 sender id;时间 time;' +
  '导出文件所记时间 time as exported;类型 kind;正文 text;引用与转发 quoted and forwarded;附件 attachments;' +
  '命中类别 categories;命中规则 rules;消息摘要 digest (SHA-256);来源文件 source file;来源文件摘要 source SHA-256;' +
  '起始字节 first byte;结束字节 end byte;行 line;消息标识 message id;改写 altered for display';
const TABLE_HEAD = `\ufeff${COLUMNS.split(';')
  .map((title) => `"${title}"`)
  .join(',')}\r\n`;
/** Columns that never get an apostrophe. */
const PLAIN = [2, 6, 8];

function flatten(parts) {
  return parts
    .map(({ act, sender, sentAtText, text, items }) => {
      const head = [act, sender, sentAtText].filter((field) => field !== null).join(' · ');
      return `[${head}] ${text}${items?.length > 0 ? `\n${flatten(items)}` : ''}`;
    })
    .join('\n');
}

/** The row of the table for a row of messages.ndjson; `file` is the source's name. */
function tableLine(row, number, file) {
  const altered = new Set();
  const cell = (value) => {
    if (value === null || value === '') return '';
    const text = visible(value);
    if (text !== value) altered.add('hidden characters');
    if (text.length <= CELL_LIMIT) return text;
    altered.add('cut');
    const end = text.charCodeAt(CELL_LIMIT - 1) >> 10 === 0x36 ? CELL_LIMIT - 1 : CELL_LIMIT;
    return `${text.slice(0, end)}… ⟦${value.length} code units; exact: messages.ndjson line ${number}⟧`;
  };
  const { message, locator, hits } = row;
  const attachments = message.attachments.map(({ kind, name, reference, size, md5 }) =>
    [kind, name, reference, size === null ? null : `${size} bytes`, md5]
      .filter((field) => field !== null)
      .join(' · '),
  );
  const once = (texts) => cell([...new Set(texts)].join(', '));
  const cells = [
    number,
    cell(row.exhibit),
    row.role === 'subject' ? '证物 subject' : '上下文 context',
    cell(row.conversation.name),
    cell(row.sender.name ?? message.senderName),
    cell(row.sender.platformId),
    row.sentAt ?? '',
    cell(message.sentAtText),
    message.kind,
    cell(message.text),
    cell(flatten(message.carried)),
    cell(attachments.join('\n')),
    once(hits.map(({ category }) => category)),
    once(hits.map(({ pack, rule, ruleVersion }) => `${pack}/${rule}@${ruleVersion}`)),
    cell(row.digest),
    cell(file),
    cell(row.source.sha256),
    locator.start,
    locator.end,
    locator.line,
    cell(row.id),
  ].map((value, i) => {
    if (typeof value === 'number') return String(value);
    if (value === '') return '';
    const mark = !PLAIN.includes(i) && (FORMULA.test(value) || NUMBER_LIKE.test(value));
    if (mark) altered.add('apostrophe');
    return `"${mark ? "'" : ''}${value.replaceAll('"', '""')}"`;
  });
  return `${cells.join(',')},"${[...altered].join('; ')}"\r\n`;
}
