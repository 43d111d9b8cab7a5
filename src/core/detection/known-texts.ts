/**
 * Short texts that were judged lately, with what they gave: at most twice SIZE of them in each context.
 * Greetings, stickers, notices of programs and adverts are said again and again in chats.
 */
import type { Judgement, TextContext } from './judge.ts';

const LONGEST = 256;
/** Some 20 MB for texts of a chat's usual length. */
const SIZE = 65_536;

/** What a text without hits gives. */
const NOTHING: Judgement = { hits: [], facts: [] };

export class KnownTexts {
  private readonly contexts = new Map<string, KnownIn>();
  private last: TextContext | undefined;
  private lastKnown: KnownIn | undefined;

  /** What was said of a text in this context, if it is known still. */
  get(text: string, context: TextContext): Judgement | undefined {
    return text.length > LONGEST ? undefined : this.of(context).get(text);
  }

  add(text: string, context: TextContext, judgement: Judgement): void {
    if (text.length > LONGEST) return;
    const { hits, facts } = judgement;
    this.of(context).keep(text, hits.length === 0 && facts.length === 0 ? NOTHING : judgement);
  }

  private of(context: TextContext): KnownIn {
    const { last } = this;
    if (
      this.lastKnown !== undefined &&
      last !== undefined &&
      last.act === context.act &&
      last.conversationType === context.conversationType &&
      last.messageKind === context.messageKind
    ) {
      return this.lastKnown;
    }
    const key = `${context.act} ${context.conversationType} ${context.messageKind}`;
    let known = this.contexts.get(key);
    if (known === undefined) {
      known = new KnownIn();
      this.contexts.set(key, known);
    }
    this.last = context;
    this.lastKnown = known;
    return known;
  }
}

/** The texts of one context. What is asked for again moves from the old ones to the young. */
class KnownIn {
  private young = new Map<string, Judgement>();
  private old = new Map<string, Judgement>();

  get(text: string): Judgement | undefined {
    const young = this.young.get(text);
    if (young !== undefined) return young;
    const old = this.old.get(text);
    if (old !== undefined) this.keep(text, old);
    return old;
  }

  keep(text: string, judgement: Judgement): void {
    if (this.young.size >= SIZE) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(text, judgement);
  }
}
