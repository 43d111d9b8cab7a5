/** Looking up a pack's media while it is written. */
import { attachmentPath, type PackAttachment } from './attachments.ts';
import { attachmentWord } from './messages-html.ts';

export type MediumOf = (messageId: string, position: number) => PackAttachment | undefined;

export function mediaByMessage(attachments: readonly PackAttachment[]): MediumOf {
  const known = new Map(attachments.map((one) => [`${one.message} ${one.position}`, one]));
  return (messageId, position) => known.get(`${messageId} ${position}`);
}

/** In words, for documents to file. */
export const wordOf =
  (mediumOf: MediumOf) =>
  (messageId: string, position: number): string => {
    const found = mediumOf(messageId, position);
    return found ? attachmentWord(found) : '';
  };

/** The files that are included, each once, by path. */
export function distinctFiles(
  attachments: readonly PackAttachment[],
): Map<string, NonNullable<PackAttachment['file']>> {
  return new Map(
    attachments.flatMap(({ state, file }) =>
      state === 'included' && file !== null ? [[attachmentPath(file), file] as const] : [],
    ),
  );
}
