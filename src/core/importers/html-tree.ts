/** Small trees of HTML elements, for records of web pages: built by htmlparser2, searched by importers. */
import { Parser } from 'htmlparser2';

export interface HtmlElement {
  /** In lower case. */
  readonly name: string;
  /** Names in lower case, entities resolved. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly HtmlNode[];
}

/** An element, or text with its entities resolved. */
export type HtmlNode = HtmlElement | string;

interface OpenElement extends HtmlElement {
  readonly children: HtmlNode[];
}

export interface HtmlFragment {
  /** The fragment's top level. */
  readonly children: readonly HtmlNode[];
  /**
   * Length in code units of the first element with its end tag; -1 where it has none, that is, where
   * the fragment was cut, or an end tag inside was lost.
   */
  readonly firstEnd: number;
}

/** Elements deeper than this become children of the deepest: a hostile file must not exhaust the stack. */
const MAX_DEPTH = 256;
/** Elements open at once after which the rest of a piece is left: the parser's cost grows with their square. */
const MAX_OPEN = 4096;

const BLOCKS = new Set(['p', 'div', 'tr', 'li', 'ul', 'ol', 'table', 'blockquote', 'pre', 'section']);
const UNSEEN = new Set(['script', 'style', 'title', 'template']);

class TooDeep extends Error {}

/**
 * Parses a piece of a page. Never throws: what is no sound markup is read as browsers do. A piece with
 * more than 4,096 elements inside each other is read up to there.
 */
export function parseHtml(text: string): HtmlFragment {
  const root: OpenElement = { name: '', attributes: {}, children: [] };
  const open: OpenElement[] = [root];
  let depth = 0;
  let firstEnd = -1;
  const parser: Parser = new Parser({
    onopentag(name, attributes) {
      if (++depth > MAX_OPEN) throw new TooDeep();
      const element: OpenElement = { name, attributes, children: [] };
      (open[open.length - 1] as OpenElement).children.push(element);
      if (open.length < MAX_DEPTH) open.push(element);
    },
    onclosetag(_name, implied) {
      if (depth < open.length) open.pop();
      depth--;
      if (depth === 0 && firstEnd < 0 && isFirst(root)) {
        firstEnd = implied ? -2 : tagEnd(text, parser.endIndex + 1);
      }
    },
    ontext(data) {
      const { children } = open[open.length - 1] as OpenElement;
      const last = children.length - 1;
      // The parser gives the pieces around entities one by one.
      if (typeof children[last] === 'string') children[last] += data;
      else children.push(data);
    },
  });
  try {
    parser.end(text);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
  }
  return { children: root.children, firstEnd: Math.max(-1, firstEnd) };
}

/** Behind the `>` of an end tag; the parser stops earlier where something stands behind its name. */
function tagEnd(text: string, from: number): number {
  if (text[from - 1] === '>') return from;
  const sign = text.indexOf('>', from);
  return sign < 0 ? -2 : sign + 1;
}

function isFirst(root: HtmlElement): boolean {
  return root.children.filter((node) => typeof node !== 'string').length === 1;
}

/** Whether the element has this class. */
export function hasClass(element: HtmlElement, name: string): boolean {
  const classes = element.attributes.class;
  return classes?.includes(name) === true && classes.split(/\s+/).includes(name);
}

/** The first element below these nodes, in document order, that `wanted` takes; null where there is none. */
export function findElement(
  nodes: readonly HtmlNode[],
  wanted: (element: HtmlElement) => boolean,
): HtmlElement | null {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    if (wanted(node)) return node;
    const below = findElement(node.children, wanted);
    if (below !== null) return below;
  }
  return null;
}

/** All elements below these nodes that `wanted` takes, in document order; those inside a taken one are left out. */
export function findElements(
  nodes: readonly HtmlNode[],
  wanted: (element: HtmlElement) => boolean,
  found: HtmlElement[] = [],
): HtmlElement[] {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    if (wanted(node)) found.push(node);
    else findElements(node.children, wanted, found);
  }
  return found;
}

export interface TextOptions {
  /** Elements to leave out. */
  readonly skip?: (element: HtmlElement) => boolean;
  /** Text to stand for an element (the image of an emoji); null to read the element itself. */
  readonly replace?: (element: HtmlElement) => string | null;
  /** Keep white space as written everywhere, not only inside `pre`. */
  readonly keepSpace?: boolean;
}

/**
 * The text that a reader of the page sees: line breaks at `br` and between blocks, white space folded
 * except inside `pre` and `textarea`, no scripts and styles.
 */
export function visibleText(nodes: readonly HtmlNode[], options: TextOptions = {}): string {
  const writer = new TextWriter(options);
  writer.write(nodes, options.keepSpace === true);
  return writer.text;
}

class TextWriter {
  text = '';
  /** A block begins or has ended: a line break is due before the next text. */
  #breakDue = false;
  readonly #options: TextOptions;

  constructor(options: TextOptions) {
    this.#options = options;
  }

  write(nodes: readonly HtmlNode[], keepSpace: boolean): void {
    for (const node of nodes) {
      if (typeof node === 'string') this.#append(keepSpace ? node : this.#folded(node));
      else this.#element(node, keepSpace);
    }
  }

  #element(element: HtmlElement, keepSpace: boolean): void {
    if (element.name === 'br') {
      if (!keepSpace) this.text = this.text.replace(/ $/, '');
      this.#append('\n');
      return;
    }
    if (UNSEEN.has(element.name) || this.#options.skip?.(element) === true) return;
    const instead = this.#options.replace?.(element) ?? null;
    if (instead !== null) {
      this.#append(instead);
      return;
    }
    const block = BLOCKS.has(element.name);
    this.#breakDue ||= block;
    this.write(element.children, keepSpace || element.name === 'pre' || element.name === 'textarea');
    this.#breakDue ||= block;
  }

  #folded(text: string): string {
    const folded = text.replace(/[ \t\r\n\f]+/g, ' ');
    const atBreak = this.#breakDue || this.text === '' || /[ \n]$/.test(this.text);
    return atBreak && folded.startsWith(' ') ? folded.slice(1) : folded;
  }

  #append(text: string): void {
    if (text === '') return;
    if (this.#breakDue && this.text !== '' && !this.text.endsWith('\n')) {
      this.text = `${this.text.replace(/ $/, '')}\n`;
    }
    this.#breakDue = false;
    this.text += text;
  }
}
