/**
 * Short texts that were judged and gave nothing, by their context: at most twice SIZE of them, the latest.
 * Greetings, stickers and notices of programs are most of what is said again in a chat.
 */
import type { TextContext } from './judge.ts';

const LONGEST = 64;
const SIZE = 16_384;

export class KnownTexts {
  private readonly contexts = new Map<string, number>();
  private last: TextContext | undefined;
  private lastId = 0;
  /** The context of each text; what is asked for again moves from the old ones to the young. */
  private young = new Map<string, number>();
  private old = new Map<string, number>();

  has(text: string, context: TextContext): boolean {
    if (text.length > LONGEST) return false;
    const id = this.idOf(context);
    if (this.young.get(text) === id) return true;
    if (this.old.get(text) !== id) return false;
    this.keep(text, id);
    return true;
  }

  add(text: string, context: TextContext): void {
    if (text.length <= LONGEST) this.keep(text, this.idOf(context));
  }

  private keep(text: string, id: number): void {
    if (this.young.size >= SIZE) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(text, id);
  }

  private idOf(context: TextContext): number {
    const { last } = this;
    if (
      last !== undefined &&
      last.act === context.act &&
      last.conversationType === context.conversationType &&
      last.messageKind === context.messageKind
    ) {
      return this.lastId;
    }
    const key = `${context.act} ${context.conversationType} ${context.messageKind}`;
    let id = this.contexts.get(key);
    if (id === undefined) {
      id = this.contexts.size;
      this.contexts.set(key, id);
    }
    this.last = context;
    this.lastId = id;
    return id;
  }
}
