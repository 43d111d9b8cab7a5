/** Hits that came from another workstation, as this one stores findings. */
import { DocketError } from '../../../contract/errors.ts';
import { get } from '../../storage/database.ts';
import type { FoundOn } from '../../storage/detection/found-hit.ts';
import type { Store } from '../../storage/rows.ts';
import { keepShared, subjectHit } from '../../storage/transfer/transfer-subjects.ts';
import type { TransferredHit } from '../../transfer/payload.ts';
import type { Places } from './transfer-places.ts';

type Place = FoundOn['text'];

/**
 * The finding of a hit; null where nothing here is what it is about. `places`: row ids of messages by what both
 * sides call them; `items`: sources that came for published items. Keeps the text that a hit is about which is in no
 * message: call inside a transaction. Throws `transfer-invalid` for a hit that is called otherwise than what it says.
 */
export function arrivedHit(
  store: Store,
  hit: TransferredHit,
  places: Places,
  items: ReadonlyMap<string, number>,
): FoundOn | null {
  const text = hit.subject ? about(store, hit, hit.subject, items) : inMessage(store, hit, places);
  return (
    text && {
      text,
      hit: {
        pack: hit.pack,
        rule: hit.rule,
        ruleVersion: hit.rule_version,
        category: hit.category as FoundOn['hit']['category'],
        tier: hit.tier as FoundOn['hit']['tier'],
        severity: hit.severity,
        status: hit.status as FoundOn['hit']['status'],
        score: hit.score,
        start: hit.start,
        end: hit.end,
        // Through a parser: what another program wrote there need not be JSON.
        spans: JSON.stringify(JSON.parse(hit.spans)),
        transforms: JSON.stringify(JSON.parse(hit.transforms)),
      },
    }
  );
}

function inMessage({ db }: Store, hit: TransferredHit, places: Places): Place | null {
  const messageId = places.get(hit.message);
  const message = get<{ conversation_id: number; sender_id: number | null; sort_at: number }>(
    db,
    'SELECT conversation_id, sender_id, sort_at FROM messages WHERE id = ?',
    messageId ?? 0,
  );
  if (messageId === undefined || !message) return null;
  return {
    messageId,
    part: hit.part,
    act: hit.act as Place['act'],
    kind: 'text',
    conversationType: 'unknown',
    conversationId: message.conversation_id,
    senderId: message.sender_id,
    sortAt: message.sort_at,
  };
}

function about(
  store: Store,
  hit: TransferredHit,
  subject: NonNullable<TransferredHit['subject']>,
  items: ReadonlyMap<string, number>,
): Place | null {
  if (subjectHit(subject, hit) !== hit.hit) {
    throw new DocketError('transfer-invalid', 'malformed', hit.hit);
  }
  return keepShared(store, subject, hit.act as Place['act'], (key) => items.get(key));
}
