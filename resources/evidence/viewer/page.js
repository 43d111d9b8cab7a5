/* The page: reads what is embedded, shows it, searches it, checks it. Text enters by textContent alone. */

/** Characters of a text that are shown at first: a megabyte in one bubble would freeze the page. */
const FIRST = 20_000;
const LISTED = 200;

/** What changes while the page is open; `pack`: the file that was dropped onto it; `zip`: its content, once found intact. */
const state = {
  language: navigator.language.startsWith('zh') ? 'zh' : 'en',
  parties: new Set(),
  media: new Map(),
  pack: null,
  zip: null,
};
const word = (key) => WORDS[state.language][key];
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
    pieces.push(text.slice(from, match.index), make('span', { class: 'hidden' }, codeOf(match[0])));
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
