import type { Message } from '../../../core/domain/conversation.ts';

/** What WeCom's archive writes of a member outside the firm: `agree: wm…` or `disagree: wm…`. */
const WRITTEN = /^(agree|disagree): \S+$/;

/** Whether a message says that its sender agrees to being archived; null where it says neither. */
export function consentOf(message: Pick<Message, 'kind' | 'text'>): 'agree' | 'disagree' | null {
  if (message.kind !== 'consent') return null;
  const parts = WRITTEN.exec(message.text.trim());
  return parts ? (parts[1] as 'agree' | 'disagree') : null;
}
