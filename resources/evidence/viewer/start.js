/* Checking what the page holds, checking a pack that is dropped onto it, and the start. */

const CONTENT_CHECKS = [
  'messages',
  'proofs',
  'attachments',
  'exhibits',
  'completeness',
  'sources',
  'decisions',
  'custody',
  'audit',
];

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
        `${state.language === 'zh' ? `${CHECK_WORDS[name]} ${name}` : name}: ${detail}`,
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

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
/** Milliseconds of checking at a time: less than two frames. */
const SLICE = 24;
let sliceEnd = 0;

/** Lets the page draw and answer once a slice is over, and lets a search go first. */
async function breathe() {
  if (performance.now() < sliceEnd && awaited === 0) return;
  do await pause(awaited > 0 ? 40 : 0);
  while (awaited > 0);
  sliceEnd = performance.now() + SLICE;
}

/** Checks everything that this page holds, block by block, so that it can be read meanwhile. */
async function checkContent() {
  const report = new Report();
  const { cases, certificate, sources, proofs, decisions, custody, attachments } = documents;
  try {
    checkDecisions(decisions, report);
    checkLedgers(sources, report);
    checkCustody(custody, cases, report);
    const log = new Audit(report, cases.workspace.auditHead);
    for (const text of (await inflate(scripts.get('data/audit.json'))).trimEnd().split('\n')) {
      log.add(text);
      await breathe();
    }
    log.finish();
    const named = new Media(report, attachments);
    const rows = new Rows(report, cases, sources, certificate, proofs, named);
    for (const block of blocks) {
      const lines = (await inflate(block.script)).trimEnd().split('\n');
      for (const [i, text] of lines.entries()) {
        rows.add(text, `line ${block.first + i}`);
        await breathe();
      }
    }
    rows.finish(log.roots);
    named.done();
  } catch (error) {
    report.fail('messages', 'data/viewer.html', `malformed: ${error.message}`);
  }
  content = report.result(CONTENT_CHECKS);
  showChecks();
}

const readable = (file) => ({
  name: file.name,
  size: file.size,
  read: async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
});

/** Checks a pack, with the originals that were chosen beside it. */
async function checkFile(file) {
  whole = null;
  state.pack = file;
  $('badge').textContent = word('checking');
  const zip = readable(file);
  const given = [...$('given').files].map(readable);
  whole = await verifyPack(zip, file.name, $('wanted').value.trim() || null, given);
  showChecks();
  if (!whole.ok) return;
  state.zip = await Archive.open(zip, file.name, new Report());
  state.zip.folder = state.zip.names()[0].split('/')[0];
  render();
}

async function start() {
  for (const [key, file] of Object.entries({
    cases: 'case',
    certificate: 'completeness',
    sources: 'sources',
    proofs: 'proofs',
    decisions: 'decisions',
    custody: 'custody',
    attachments: 'attachments',
  })) {
    documents[key] = JSON.parse(await inflate(scripts.get(`data/${file}.json`)));
  }
  state.media = new Map(
    documents.attachments.attachments.map((one) => [`${one.message} ${one.position}`, one]),
  );
  state.parties = new Set(documents.cases.parties.map(({ accountId }) => accountId));
  render();
  $('language').addEventListener('click', () => {
    state.language = state.language === 'zh' ? 'en' : 'zh';
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
  $('given').addEventListener('change', () => {
    if (state.pack) checkFile(state.pack);
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
