/* Messages with their media, and the blocks that hold them. */

/** Pictures that the page holds itself, by SHA-256. */
const pictures = new Map(
  [...document.querySelectorAll('script[data-picture]')].map((one) => [one.dataset.picture, one]),
);
/** A browser draws these and runs nothing. */
const DRAWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
/** Largest picture that is taken out of the zip, in bytes. */
const LARGEST_DRAWN = 32 * 2 ** 20;

/** The bytes of a picture, from the page or from the dropped zip; null where neither has them. */
async function pictureBytes({ file, sha256: digest, bytes }) {
  if (pictures.has(digest)) return fromBase64(pictures.get(digest).textContent);
  if (state.zip === null || bytes > LARGEST_DRAWN) return null;
  const chunks = [];
  for await (const chunk of state.zip.chunks(`${state.zip.folder}/${file}`)) chunks.push(chunk);
  return joined(...chunks);
}

/** Draws a picture whose bytes are those of its digest; anything else stays words. */
async function draw(medium, place) {
  const bytes = await pictureBytes(medium);
  if (bytes === null) {
    place.textContent = word('inZip');
    return;
  }
  if (sha256hex(bytes) !== medium.sha256) {
    place.textContent = word('notItself');
    return;
  }
  const image = make('img', { alt: '', loading: 'lazy', class: 'picture' });
  image.addEventListener('load', () => URL.revokeObjectURL(image.src));
  image.src = URL.createObjectURL(new Blob([bytes], { type: medium.type }));
  place.replaceChildren(image);
}

function mediumElement({ kind, name, size }, medium) {
  const place = make('div', { class: 'soft' });
  const drawn = medium?.state === 'included' && DRAWN.includes(medium.type);
  if (drawn) draw(medium, place);
  const facts = medium?.file ? ` · ${medium.file.slice(5)} · ${medium.bytes} · SHA-256 ${medium.sha256}` : '';
  const head = make(
    'div',
    { class: 'soft' },
    `${word('attachment')}: ${kind} `,
    name ? line(name) : '',
    size === null ? '' : ` · ${size}`,
    medium
      ? ` · ${word('state')[medium.state] ?? medium.state}${medium.reason ? `: ${medium.reason}` : ''}`
      : '',
    facts,
  );
  return make('div', { class: 'medium' }, head, drawn ? place : null);
}

function messageElement(row, number) {
  const { message, hits, proof, locator } = row;
  const spans = (part) => hits.filter((hit) => hit.part === part).flatMap((hit) => hit.spans);
  const reasons = Object.entries(proof.withheld).map(([part, { reason }]) => `${part}: ${reason}`);
  const side = state.parties.has(row.sender.id) ? ' party' : '';
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
    ...message.attachments.map((one, i) => mediumElement(one, state.media.get(`${row.id} ${i}`))),
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
              line(hit.ruleTitle[state.language]),
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
