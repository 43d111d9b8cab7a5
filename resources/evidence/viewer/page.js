/* The page: reads what is embedded, shows it, searches it, checks it. Text enters by textContent alone. */

const WORDS = {
  zh: {
    title: '证据包',
    exhibits: '证物',
    search: '搜索正文、姓名',
    language: 'English',
    results: '条匹配',
    none: '没有匹配',
    more: '只列前 200 条',
    checks: '校验',
    checking: '正在校验…',
    good: '本页所含内容相符',
    bad: '发现不符',
    drop: '把整个证据包（zip）拖到这里，校验其中的每个文件和签名：',
    wanted: '从包外得到的公钥指纹（可不填）',
    packGood: '证据包完好',
    packBad: '证据包不完好',
    notChecked: '未检查',
    certificate: '完整性',
    trust: '本页随包而来；要独立校验，请用包内 verify.py、Docket，或按 README 使用 sha256sum 与 openssl。',
    conversation: '会话',
    total: '已导入',
    inPeriod: '期间内',
    shown: '已收录',
    leftOut: '未收录',
    unknown: '时间不明',
    quote: '引用',
    forward: '转发',
    withheld: '已隐去',
    proof: '位置与摘要',
    whole: '显示全文',
    sources: '来源文件',
    context: '上下文',
    subject: '证物',
    attachment: '附件',
    line: '行',
    bytes: '字节',
    excerpt: '节选',
  },
  en: {
    title: 'Evidence pack',
    exhibits: 'Exhibits',
    search: 'Search texts and names',
    language: '中文',
    results: 'matches',
    none: 'No match',
    more: 'the first 200 are listed',
    checks: 'Checks',
    checking: 'Checking…',
    good: 'What this page holds agrees',
    bad: 'Something differs',
    drop: 'Drop the whole pack (zip) here to check every file in it and the signature:',
    wanted: 'Key fingerprint from outside the pack (optional)',
    packGood: 'The pack is intact',
    packBad: 'The pack is NOT intact',
    notChecked: 'not checked',
    certificate: 'Completeness',
    trust:
      'This page came with the pack. To check independently, use verify.py in the pack, Docket, or sha256sum and openssl as the README says.',
    conversation: 'Conversation',
    total: 'imported',
    inPeriod: 'in the period',
    shown: 'shown',
    leftOut: 'left out',
    unknown: 'time unknown',
    quote: 'quoted',
    forward: 'forwarded',
    withheld: 'withheld',
    proof: 'Place and digest',
    whole: 'Show all',
    sources: 'Source files',
    context: 'context',
    subject: 'exhibit',
    attachment: 'attachment',
    line: 'line',
    bytes: 'bytes',
    excerpt: 'Excerpt',
  },
};
const CHECK_WORDS = {
  container: '压缩包',
  declaration: '包声明',
  'tag-manifest': '标签清单',
  signature: '签名',
  key: '公钥',
  manifest: '文件清单',
  'bag-info': '包信息',
  messages: '消息',
  proofs: '位置证明',
  exhibits: '证物',
  completeness: '完整性',
  sources: '来源',
  decisions: '决定',
  custody: '保管链',
  audit: '审计日志',
};
const CONTENT_CHECKS = [
  'messages',
  'proofs',
  'exhibits',
  'completeness',
  'sources',
  'decisions',
  'custody',
  'audit',
];
/** Characters of a text that are shown at first: a megabyte in one bubble would freeze the page. */
const FIRST = 20_000;
const LISTED = 200;

const config = JSON.parse(document.getElementById('config').textContent);
const HIDDEN = new RegExp(config.hidden, 'gu');
let language = navigator.language.startsWith('zh') ? 'zh' : 'en';
const word = (key) => WORDS[language][key];
const $ = (id) => document.getElementById(id);

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value !== null) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== ''));
  return element;
}

/** Text with what cannot be seen, or turns other text around, written out as code points. */
function shown(text) {
  const pieces = [];
  let from = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (
      match[0] === '\u200d' &&
      /\p{Extended_Pictographic}\ufe0f?$/u.test(text.slice(Math.max(0, match.index - 3), match.index))
    )
      continue;
    const code = match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
    pieces.push(text.slice(from, match.index), make('span', { class: 'hidden' }, `U+${code}`));
    from = match.index + match[0].length;
  }
  return [...pieces, text.slice(from)];
}
const line = (text) => make('bdi', {}, ...shown(text.replace(/[\t\n]/g, ' ')));

function marked(text, spans) {
  const cuts = [
    ...new Set([
      0,
      text.length,
      ...spans.flatMap(({ start, end }) => [Math.min(start, text.length), Math.min(end, text.length)]),
    ]),
  ];
  cuts.sort((a, b) => a - b);
  const pieces = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const inside = spans.some(({ start, end }) => start <= cuts[i] && cuts[i + 1] <= end);
    const piece = shown(text.slice(cuts[i], cuts[i + 1]));
    pieces.push(...(inside ? [make('mark', {}, ...piece)] : piece));
  }
  return pieces;
}

function textElement(text, spans) {
  const element = make('div', { class: 'text' }, ...marked(text.slice(0, FIRST), spans));
  if (text.length > FIRST) {
    const more = make(
      'button',
      { type: 'button', onclick: () => element.replaceChildren(...marked(text, spans)) },
      `${word('whole')} (${text.length})`,
    );
    element.append('… ', more);
  }
  return element;
}

async function inflate(script) {
  const bytes = fromBase64(script.textContent);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return strictText(new Uint8Array(await new Response(stream).arrayBuffer()));
}

const scripts = new Map(
  [...document.querySelectorAll('script[data-file]')].map((one) => [one.dataset.file, one]),
);
const blocks = [...document.querySelectorAll('script[data-first]')].map((script) => ({
  script,
  first: Number(script.dataset.first),
  count: Number(script.dataset.count),
  exhibit: script.dataset.exhibit,
}));
const documents = {};
let parties = new Set();

function carriedElement(parts, spans, next) {
  return parts.map(({ act, sender, sentAtText, text, items }) => {
    const own = spans(next.part++);
    const head = make(
      'div',
      { class: 'head' },
      `${word(act === 'quote' ? 'quote' : 'forward')} `,
      sender ? line(sender) : '',
      sentAtText ? ` · ${sentAtText}` : '',
    );
    return make(
      'blockquote',
      {},
      head,
      textElement(text, own),
      ...(items ? carriedElement(items, spans, next) : []),
    );
  });
}

function messageElement(row, number) {
  const { message, hits, proof, locator } = row;
  const spans = (part) => hits.filter((hit) => hit.part === part).flatMap((hit) => hit.spans);
  const reasons = Object.entries(proof.withheld).map(([part, { reason }]) => `${part}: ${reason}`);
  const side = parties.has(row.sender.id) ? ' party' : '';
  const facts = `#${number} · ${row.id} · ${word('bytes')} ${locator.start}–${locator.end} · ${word('line')} ${locator.line} · SHA-256 ${row.digest ?? '—'} · ${proof.commitment}`;
  const bubble = make(
    'div',
    { class: 'bubble' },
    make(
      'div',
      { class: 'head' },
      make('b', {}, line(row.sender.name ?? message.senderName ?? '—')),
      ' ',
      row.sender.platformId ? line(row.sender.platformId) : '',
      ` · ${
        row.sentAt
          ? row.sentAt
              .replace('T', ' ')
              .replace('.000', '')
              .replace(/(?=[+-]\d\d:\d\d$)/, ' ')
          : word('unknown')
      }`,
      message.kind === 'text' ? '' : ` · ${message.kind}`,
    ),
    textElement(message.text, spans(0)),
    ...carriedElement(message.carried, spans, { part: 1 }),
    ...message.attachments.map(({ kind, name, size }) =>
      make(
        'div',
        { class: 'soft' },
        `${word('attachment')}: ${kind} `,
        name ? line(name) : '',
        size === null ? '' : ` · ${size}`,
      ),
    ),
    reasons.length === 0 ? '' : make('div', { class: 'soft' }, `${word('withheld')}: ${reasons.join(' · ')}`),
    hits.length === 0
      ? ''
      : make(
          'ol',
          { class: 'hits' },
          ...hits.map((hit) =>
            make(
              'li',
              {},
              line(hit.ruleTitle[language]),
              ` · ${hit.pack}/${hit.rule}@${hit.ruleVersion}`,
              hit.verdict ? ` · ${hit.verdict}` : '',
            ),
          ),
        ),
    make('details', {}, make('summary', {}, word('proof')), make('code', {}, facts)),
  );
  return make(
    'div',
    { class: `message${side}${row.role === 'subject' ? ' subject' : ''}`, id: `r${number}` },
    bubble,
  );
}

async function fill(block) {
  if (block.filled) return block.filled;
  block.filled = inflate(block.script).then((text) => {
    let conversation = null;
    const children = text
      .trimEnd()
      .split('\n')
      .flatMap((raw, i) => {
        const row = JSON.parse(raw);
        const head =
          row.conversation.id === conversation
            ? []
            : [
                make(
                  'div',
                  { class: 'conversation' },
                  `${word('conversation')} `,
                  line(row.conversation.name ?? row.conversation.id),
                ),
              ];
        conversation = row.conversation.id;
        return [...head, messageElement(row, block.first + i)];
      });
    block.element.style.minHeight = '';
    block.element.replaceChildren(...children);
  });
  return block.filled;
}

const watcher = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      fill(blocks.find(({ element }) => element === target));
    }
  },
  { rootMargin: '1200px' },
);

async function show(number) {
  const block = blocks.find(({ first, count }) => number >= first && number < first + count);
  if (!block) return;
  watcher.unobserve(block.element);
  await fill(block);
  const element = $(`r${number}`);
  document.querySelector('.found')?.classList.remove('found');
  element.classList.add('found');
  element.scrollIntoView({ block: 'center' });
}

function render() {
  const { cases, certificate, sources } = documents;
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = `${word('title')} ${cases.case.number}`;
  $('title').replaceChildren(`${word('title')} ${cases.case.number} · `, line(cases.case.title));
  $('language').textContent = word('language');
  $('search').placeholder = word('search');
  $('search').setAttribute('aria-label', word('search'));
  $('contents').replaceChildren(
    make(
      'p',
      { class: 'soft' },
      ...[cases.pack.recipient, cases.pack.purpose, cases.pack.id]
        .filter(Boolean)
        .flatMap((one, i) => [i === 0 ? '' : ' · ', line(one)]),
    ),
    make('h2', {}, word('exhibits')),
    make(
      'ul',
      {},
      ...cases.exhibits.map((exhibit) =>
        make(
          'li',
          {},
          make('a', { href: `#x-${exhibit.number}` }, exhibit.number, ' ', line(exhibit.description)),
        ),
      ),
    ),
    make('h2', {}, word('certificate')),
    make('p', { class: 'soft' }, certificate.statement[language]),
    make(
      'ul',
      {},
      ...certificate.conversations.map((one) =>
        make(
          'li',
          { class: 'soft' },
          line(one.name ?? one.conversationId),
          `: ${word('total')} ${one.total} · ${word('inPeriod')} ${one.inPeriod} · ${word('shown')} ${one.selected + one.context} · ${word('leftOut')} ${one.leftOut.reduce((sum, { count }) => sum + count, 0)}`,
        ),
      ),
    ),
    make('h2', {}, word('sources')),
    make(
      'ul',
      {},
      ...sources.sources.map(({ file, sha256: digest }) =>
        make('li', { class: 'soft' }, line(file), ` · ${digest}`),
      ),
    ),
  );
  $('notice').replaceChildren(
    ...(certificate.selective
      ? [
          make(
            'p',
            { class: 'warn' },
            make('b', {}, `${word('excerpt')} · `),
            certificate.statement[language],
          ),
        ]
      : []),
  );
  $('trust').textContent = word('trust');
  $('drop-words').textContent = word('drop');
  $('wanted').placeholder = word('wanted');
  $('wanted').setAttribute('aria-label', word('wanted'));
  const sections = cases.exhibits.map((exhibit) => {
    const own = blocks.filter((block) => block.exhibit === exhibit.number);
    for (const block of own) {
      block.filled = null;
      block.element = make('div', {});
      block.element.style.minHeight = `${block.count * 5}rem`;
      watcher.observe(block.element);
    }
    return make(
      'section',
      {},
      make('h2', { id: `x-${exhibit.number}` }, exhibit.number, ' ', line(exhibit.description)),
      ...own.map(({ element }) => element),
    );
  });
  $('messages').replaceChildren(...sections);
  showChecks();
}

let searching = 0;
async function search() {
  const needle = $('search').value.trim().toLowerCase();
  const run = ++searching;
  const box = $('results');
  box.hidden = needle === '';
  if (needle === '') return;
  const found = [];
  let total = 0;
  for (const block of blocks) {
    const text = await inflate(block.script);
    if (run !== searching) return;
    if (!text.toLowerCase().includes(JSON.stringify(needle).slice(1, -1))) continue;
    text
      .trimEnd()
      .split('\n')
      .forEach((raw, i) => {
        const row = JSON.parse(raw);
        const inside = JSON.stringify([
          row.message.text,
          row.message.carried,
          row.sender.name,
          row.message.senderName,
        ]).toLowerCase();
        if (!inside.includes(JSON.stringify(needle).slice(1, -1))) return;
        total++;
        if (found.length < LISTED) found.push({ number: block.first + i, row });
      });
  }
  box.replaceChildren(
    make(
      'b',
      {},
      total === 0 ? word('none') : `${total} ${word('results')}${total > LISTED ? ` (${word('more')})` : ''}`,
    ),
    make(
      'ul',
      {},
      ...found.map(({ number, row }) =>
        make(
          'li',
          {},
          make(
            'a',
            {
              href: `#r${number}`,
              onclick: (event) => {
                event.preventDefault();
                show(number);
              },
            },
            `#${number} `,
            line(row.sender.name ?? ''),
            ': ',
            line(row.message.text.slice(0, 80)),
          ),
        ),
      ),
    ),
  );
}

let content = null;
let whole = null;
function checkList(result) {
  return make(
    'ul',
    {},
    ...result.checks.map(({ name, ok, detail }) =>
      make(
        'li',
        { class: ok ? 'ok' : 'no' },
        `${language === 'zh' ? `${CHECK_WORDS[name]} ${name}` : name}: ${detail}`,
      ),
    ),
    ...result.failures.map(({ file, entry, reason }) =>
      make('li', { class: 'no' }, make('b', {}, [file, entry].filter(Boolean).join(' ')), `: ${reason}`),
    ),
  );
}
function showChecks() {
  const latest = whole ?? content;
  const badge = $('badge');
  badge.className = `badge${latest ? (latest.ok ? ' good' : ' bad') : ''}`;
  badge.textContent =
    latest === null
      ? word('checking')
      : whole
        ? word(whole.ok ? 'packGood' : 'packBad')
        : word(content.ok ? 'good' : 'bad');
  $('checks').replaceChildren(
    make('h2', {}, word('checks')),
    ...(latest ? [checkList(latest)] : [make('p', { class: 'wait' }, word('checking'))]),
  );
}

const breathe = () => new Promise((resolve) => setTimeout(resolve));

/** Checks everything that this page holds, block by block, so that it can be read meanwhile. */
async function checkContent() {
  const report = new Report();
  const { cases, certificate, sources, proofs, decisions, custody } = documents;
  try {
    checkDecisions(decisions, report);
    checkLedgers(sources, report);
    checkCustody(custody, cases, report);
    const log = new Audit(report, cases.workspace.auditHead);
    for (const text of (await inflate(scripts.get('data/audit.json'))).trimEnd().split('\n')) log.add(text);
    log.finish();
    const rows = new Rows(report, cases, sources, certificate, proofs);
    for (const block of blocks) {
      const lines = (await inflate(block.script)).trimEnd().split('\n');
      for (const [i, text] of lines.entries()) rows.add(text, `line ${block.first + i}`);
      await breathe();
    }
    rows.finish(log.roots);
  } catch (error) {
    report.fail('messages', 'data/viewer.html', `malformed: ${error.message}`);
  }
  content = report.result(CONTENT_CHECKS);
  showChecks();
}

async function checkFile(file) {
  whole = null;
  $('badge').textContent = word('checking');
  const read = async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer());
  whole = await verifyPack({ size: file.size, read }, file.name, $('wanted').value.trim() || null);
  showChecks();
}

async function start() {
  for (const [key, file] of Object.entries({
    cases: 'case',
    certificate: 'completeness',
    sources: 'sources',
    proofs: 'proofs',
    decisions: 'decisions',
    custody: 'custody',
  })) {
    documents[key] = JSON.parse(await inflate(scripts.get(`data/${file}.json`)));
  }
  parties = new Set(documents.cases.parties.map(({ accountId }) => accountId));
  render();
  $('language').addEventListener('click', () => {
    language = language === 'zh' ? 'en' : 'zh';
    render();
  });
  let timer = 0;
  $('search').addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(search, 250);
  });
  const drop = $('drop');
  $('file').addEventListener('change', () => {
    if ($('file').files[0]) checkFile($('file').files[0]);
  });
  for (const name of ['dragover', 'dragleave', 'drop']) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle('over', name === 'dragover');
      const file = name === 'drop' ? event.dataTransfer.files[0] : null;
      if (file) checkFile(file);
    });
  }
  document.documentElement.dataset.ready = 'yes';
  setTimeout(checkContent, 300);
}
start();
