/** Where in a JSON text a pointer (RFC 6901) leads, as a half-open range; the nearest place above it that exists. */
export function placeOf(text: string, pointer: string): { start: number; end: number } {
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  let at = 0;
  let found = { start: 0, end: 0 };
  const space = (): void => {
    while (/[\s,:]/.test(text[at] ?? '')) at += 1;
  };
  const string = (): string => {
    const start = at;
    for (at += 1; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at += 1;
    at += 1;
    try {
      return JSON.parse(text.slice(start, at)) as string;
    } catch {
      return '';
    }
  };
  /** Reads one value; `depth` is how many steps of the path led here, −1 off the path. */
  const value = (depth: number): void => {
    space();
    const start = at;
    const inside = (close: string, keyed: boolean): void => {
      at += 1;
      for (let index = 0; at < text.length; index++) {
        space();
        if (at >= text.length || text[at] === close) break;
        const before = at;
        const key = keyed ? string() : String(index);
        value(depth >= 0 && path[depth] === key ? depth + 1 : -1);
        if (at === before) break;
      }
      at += 1;
    };
    if (text[at] === '{') inside('}', true);
    else if (text[at] === '[') inside(']', false);
    else if (text[at] === '"') string();
    else while (at < text.length && /[^\s,\]}]/.test(text[at] as string)) at += 1;
    if (depth > deepest) {
      deepest = depth;
      found = { start, end: Math.min(at, text.length) };
    }
  };
  let deepest = -1;
  value(0);
  return found;
}
