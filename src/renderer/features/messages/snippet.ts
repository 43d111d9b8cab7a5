import type { Message } from '../../../core/domain/conversation.ts';

/** Characters kept before the first match, so that it is on screen in a narrow column. */
const BEFORE = 16;
const LENGTH = 200;

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/**
 * The stretch of a message that a list shows: from its start, or from just before the first match.
 * Where the words stand in a quoted or forwarded part, that part is shown.
 */
export function snippetOf(message: Pick<Message, 'text' | 'carried'>, find: string | undefined): string {
  const texts = [message.text, ...message.carried.map((part) => part.text)].map(oneLine).filter(Boolean);
  const first = (find ?? '').trim().split(/\s+/)[0]?.toLowerCase();
  if (first) {
    for (const text of texts) {
      const at = text.toLowerCase().indexOf(first);
      if (at < 0) continue;
      const start = at > BEFORE * 2 ? at - BEFORE : 0;
      return `${start > 0 ? '…' : ''}${text.slice(start, start + LENGTH)}`;
    }
  }
  return (texts[0] ?? '').slice(0, LENGTH);
}
