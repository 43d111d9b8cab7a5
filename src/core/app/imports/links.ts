/** The register of links: brought up to date by looking at messages that came since. */
import { linksIn, linksInFields } from '../../links/seen-links.ts';
import {
  carriedOf,
  lastMessageId,
  linksUpTo,
  type SeenLink,
  setLinksUpTo,
  storeLinks,
  textsWithLinks,
} from '../../storage/messages/links.ts';
import { breathe, type Job } from '../jobs.ts';
import { change, newUid, type Session } from '../session.ts';

/** Row ids that one transaction looks at. */
const STEP = 10_000;

/** Looks at messages that came since the last update. Cancelling keeps what was found. */
export async function updateLinks(
  session: Session,
  job: Job,
): Promise<{ messages: number; added: number; places: number; cancelled: boolean }> {
  const { store } = session.workspace;
  const until = lastMessageId(store.db);
  const outcome = { messages: 0, added: 0, places: 0, cancelled: false };
  const from = linksUpTo(store.db);
  for (let at = from; at < until; ) {
    if (job.signal.aborted) {
      outcome.cancelled = true;
      break;
    }
    const end = Math.min(until, at + STEP);
    const seen = seenBetween(session, at, end);
    change(session, () => {
      const stored = storeLinks(store, seen, () => newUid(session));
      outcome.added += stored.added;
      outcome.places += stored.places;
      setLinksUpTo(store, end);
    });
    outcome.messages += end - at;
    at = end;
    job.report({ step: 'links', item: null, done: at - from, total: until - from, unit: 'messages' });
    await breathe();
  }
  return outcome;
}

function seenBetween(session: Session, after: number, until: number): SeenLink[] {
  const { db } = session.workspace.store;
  const seen: SeenLink[] = [];
  for (const row of textsWithLinks(db, after, until)) {
    const { messageId } = row;
    const own = linksIn(row.text);
    for (const link of own) seen.push({ ...link, messageId, origin: 'text', part: 0 });
    if (row.parts > 0) {
      for (const { part, text } of carriedOf(db, messageId)) {
        for (const link of linksIn(text)) seen.push({ ...link, messageId, origin: 'carried', part });
      }
    }
    if (row.extra === null) continue;
    for (const link of linksInFields(row.extra)) {
      if (!own.some(({ url }) => url === link.url)) {
        seen.push({ ...link, messageId, origin: 'field', part: 0 });
      }
    }
  }
  return seen;
}
