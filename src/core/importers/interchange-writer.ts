/** Writes what an importer found as Docket's interchange format. */
import type { InterchangeHeader, InterchangeRecord } from '../domain/interchange.ts';
import type { Platform } from '../domain/message.ts';
import type { ImportEvent, ImportedMessage } from './importer.ts';

type Line = Readonly<Record<string, unknown>>;

/** Without members that are null, false or an empty list: they mean the same as none. */
function compact(line: Line): Line {
  const said = Object.entries(line).filter(
    ([, value]) =>
      value !== undefined &&
      value !== null &&
      value !== false &&
      !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(said);
}

function messageLine(message: ImportedMessage): Line {
  const { conversationKey, senderKey, instant, wallTime, text, sentAtText, flags } = message;
  const unread = instant === null && wallTime === null;
  return {
    ...compact({
      record: 'message',
      conversation: conversationKey,
      platformId: message.platformId,
      sender: senderKey,
      senderName: message.senderName,
    }),
    sentAtText,
    ...(unread ? { instant } : compact({ instant, wallTime })),
    kind: message.kind,
    text,
    ...compact({
      forwarded: message.forwarded,
      carried: message.carried,
      refersTo: message.refersTo,
      editedAtText: message.editedAtText,
      attachments: message.attachments,
      extra: message.extra,
    }),
    flags,
  };
}

function* linesOf(event: ImportEvent, platform: Platform): Generator<Line> {
  if (event.type === 'accounts') {
    for (const { key, platformId, name, fields, platform: own } of event.accounts) {
      if (own === undefined || own === platform) {
        yield compact({ record: 'account', key, platformId, name, fields });
      }
    }
  } else if (event.type === 'conversations') {
    for (const { key, platformId, name, type, fields } of event.conversations) {
      yield compact({ record: 'conversation', key, platformId, name, type, fields });
    }
  } else if (event.type === 'memberships') {
    for (const { conversationKey, accountKey, role, displayName, from, to } of event.memberships) {
      const place = { conversation: conversationKey, account: accountKey };
      yield compact({ record: 'membership', ...place, role, displayName, from, to });
    }
  } else if (event.type === 'messages') {
    for (const message of event.messages) yield messageLine(message);
  }
}

/**
 * The lines of an interchange file, each with its line feed: the header, then what the events hold, in
 * their order. Reading them again gives messages with the same digests.
 */
export async function* writeInterchange(
  events: AsyncIterable<ImportEvent> | Iterable<ImportEvent>,
  header: Omit<InterchangeHeader, 'record' | 'format' | 'version'>,
): AsyncGenerator<string> {
  const first: InterchangeRecord = { record: 'header', format: 'docket-chat', version: 1, ...header };
  yield `${JSON.stringify(first)}\n`;
  for await (const event of events) {
    for (const line of linesOf(event, header.platform)) yield `${JSON.stringify(line)}\n`;
  }
}
