/** What signal-export writes for itself into both of its files: who exported, calls, deleted messages. */
import type { Person } from '../../chat-run.ts';
import type { ByteSource } from '../../importer.ts';
import { baseName, cleanName } from '../../text.ts';

/** The account that exported, which the tools call by this name. */
const SELF: Person = { key: 'name:Me', platformId: null, name: 'Me', fields: { self: 'true' } };

/** Who a name of the tools' own is; null for a person's name. */
export function signalPerson(name: string): Person | 'nobody' | null {
  if (name === 'Me') return SELF;
  return name === 'No-Sender' ? 'nobody' : null;
}

const CALL =
  /^(?:Incoming|Outgoing|Missed) (?:(?:voice|video|group|adhoc) )?call(?: \((?:accepted|declined|unanswered|[a-z]+)[^()]{0,40}\))?$/;

/** Whether the whole text says that somebody called. */
export function isSignalCall(text: string): boolean {
  return CALL.test(text);
}

/** Whether the whole text stands in place of a deleted message. */
export function isSignalDeleted(text: string): boolean {
  return text === '(This message was deleted)';
}

/** A chat's name by its file, or by its folder where every chat's file is called the same. */
export function signalChatName(source: ByteSource): string {
  const base = cleanName(baseName(source.name));
  const folder = (source.path ?? '').split('/').at(-2);
  return (/^(?:index|chat|data|messages)$/i.test(base) ? folder : undefined) ?? base;
}
