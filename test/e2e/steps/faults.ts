// What makes a screen hard to read or to use without a mouse, found in the page as it is drawn.
import type { Page } from 'playwright';

/** Least contrast of text, of large text and of what shows where a control is (WCAG 2.2, 1.4.3 and 1.4.11). */
const LEAST = { text: 4.5, large: 3, control: 3 };

/**
 * Source, for it runs in the page: texts, placeholders and edges of fields that stand out too little,
 * controls without a name, heads of columns without words, steps left out between headings.
 */
const FIND = `(() => {
  const faults = new Set();
  const seen = (e) => { const r = e.getBoundingClientRect(); return r.width > 1 && r.height > 1 && e.checkVisibility({ visibilityProperty: true }); };
  const off = (e) => e.closest(':disabled, [aria-disabled="true"], [data-disabled], [aria-hidden="true"], [inert]') !== null;
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const colour = (text) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (c, ground) => ground.map((v, i) => c[i] * c[3] + v * (1 - c[3]));
  const light = (c) => { const [r, g, b] = c.map((v) => { const s = v / 255; return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const contrast = (a, b) => { const [x, y] = [light(a), light(b)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
  const layers = (e) => { const all = []; for (let n = e; n; n = n.parentElement) all.unshift(colour(getComputedStyle(n).backgroundColor)); return all; };
  const ground = (e) => layers(e).reduce((under, c) => over(c, under), [255, 255, 255]);
  const opacity = (e) => { let all = 1; for (let n = e; n; n = n.parentElement) all *= Number(getComputedStyle(n).opacity); return all; };
  const drawn = (text, e, under) => { const c = colour(text); return over([c[0], c[1], c[2], c[3] * opacity(e)], under); };
  const low = (what, got, least, where) => { if (got < least) faults.add(what + ' ' + got.toFixed(2) + ': ' + where.trim().slice(0, 40)); };

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent, e = texts.currentNode.parentElement;
    if (!text.trim() || !seen(e) || off(e) || e.closest('svg, script, style')) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize), under = ground(e);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    low('text', contrast(drawn(style.color, e, under), under), large ? ${LEAST.large} : ${LEAST.text}, text);
  }
  for (const e of document.querySelectorAll('input, textarea')) {
    if (!seen(e) || off(e) || Number(getComputedStyle(e).opacity) === 0) continue;
    const style = getComputedStyle(e), own = ground(e), under = ground(e.parentElement);
    if (e.placeholder && !e.value) low('placeholder', contrast(drawn(getComputedStyle(e, '::placeholder').color, e, own), own), ${LEAST.text}, e.placeholder);
    if (parseFloat(style.borderTopWidth) > 0) low('edge', Math.max(contrast(drawn(style.borderTopColor, e, under), under), contrast(own, under)), ${LEAST.control}, e.getAttribute('aria-label') ?? e.type);
  }
  const ofIds = (ids) => (ids ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join('');
  const named = (e) => [e.getAttribute('aria-label'), ofIds(e.getAttribute('aria-labelledby')), ...[...(e.labels ?? [])].map((l) => l.textContent), e.title, e.matches('input, textarea, [role="grid"], [role="progressbar"], [role="region"], [role="dialog"]') ? '' : e.textContent].some((name) => name?.trim());
  for (const e of document.querySelectorAll('button, a[href], input:not([type="hidden"], [type="file"]), textarea, [role="grid"], [role="progressbar"], [role="region"], [role="dialog"]'))
    if (seen(e) && e.closest('[aria-hidden="true"], [inert]') === null && !named(e)) faults.add('no name: ' + e.outerHTML.slice(0, 120));
  for (const e of document.querySelectorAll('th, [role="columnheader"]'))
    if (seen(e) && !named(e) && !e.querySelector('[aria-label]')) faults.add('no head: ' + e.closest('table, [role="grid"]').textContent.slice(0, 40));
  for (const e of document.querySelectorAll('table')) if (seen(e) && !e.querySelector('th')) faults.add('no heads: ' + e.textContent.slice(0, 40));
  let above = 0;
  for (const e of document.querySelectorAll('h1, h2, h3, h4')) {
    if (!seen(e)) continue;
    const level = Number(e.tagName[1]);
    if (level > above + 1 && above > 0) faults.add('heading ' + level + ' after ' + above + ': ' + e.textContent);
    above = level;
  }
  return [...faults];
})()`;

/** The faults of what the window shows now, one line each; none on a screen that is well. */
export function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(FIND);
}
