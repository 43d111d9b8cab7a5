/** Notices of the app as events: from their words to what happened, and to whom. */
import type { Person } from './chat-run.ts';
import { detach } from './text.ts';

/**
 * What a notice of the app says happened to a chat: who came, who brought or sent whom away, what the
 * chat is called now. Kept as `event` beside the notice's words; names as the notice shows them.
 */
export interface ChatEvent {
  readonly act:
    | 'create'
    | 'join'
    | 'invite'
    | 'leave'
    | 'remove'
    | 'rename'
    | 'promote'
    | 'demote'
    | 'recall'
    | 'mute'
    | 'unmute';
  /** Who did it; null where the notice does not say. */
  readonly actor: string | null;
  /** To whom; empty where it concerns the actor alone. */
  readonly targets: readonly string[];
  /** The new name of a chat that was made or renamed. */
  readonly name?: string;
}

/** Whose account a name is, as far as the file shows: notices name people without their ids. */
export class PeopleByName {
  /** Null for a name that several accounts have shown. */
  readonly #people = new Map<string, Person | null>();

  add(name: string | null, person: Person): void {
    if (name === null || name === '') return;
    const known = this.#people.get(name);
    if (known === undefined) this.#people.set(detach(name), person);
    else if (known !== null && known.key !== person.key) this.#people.set(name, null);
  }

  /** Null where no account, or more than one, has this name. */
  get(name: string | null): Person | null {
    return name === null ? null : (this.#people.get(name) ?? null);
  }
}

/** A pattern of a notice: named groups `actor`, `targets` and `name`. */
export interface EventPattern {
  readonly act: ChatEvent['act'];
  readonly pattern: RegExp;
}

const QUOTES = /^["“”'「『«]+|["“”'」』»]+$/g;

function unquote(name: string): string {
  return name.trim().replace(QUOTES, '').trim();
}

/** Several names in one notice, as lists in the languages seen separate them. */
function namesOf(text: string): string[] {
  return text
    .split(/、|，|, | and | und | y | et | e | 和 | 및 /)
    .map(unquote)
    .filter((name) => name !== '');
}

/** The event of a notice, by the first pattern that its words match; null where none does. */
export function eventOf(text: string, patterns: readonly EventPattern[]): ChatEvent | null {
  if (text.length > 600) return null;
  for (const { act, pattern } of patterns) {
    const m = pattern.exec(text);
    if (m === null) continue;
    const { actor, targets, name } = m.groups ?? {};
    const shown = actor === undefined ? '' : unquote(actor);
    return {
      act,
      actor: shown === '' ? null : shown,
      targets: targets === undefined ? [] : namesOf(targets),
      ...(name === undefined ? {} : { name: unquote(name) }),
    };
  }
  return null;
}
