/** Persons and their accounts. Accounts are never merged; a link has a reason and can be taken back. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Person } from '../../domain/person.ts';
import {
  accountRowId,
  insertPerson,
  insertPersonAccount,
  personAccountById,
  personById,
  standingLink,
  undoPersonAccount,
} from '../../storage/people/people.ts';
import { change, newUid, record, type Session } from '../session.ts';

/** Links an account to a person. Throws `not-found`, and `conflict` where the account has a person already. */
export function linkAccount(session: Session, input: Parsed<'people.link'>): Person {
  const { store } = session.workspace;
  const accountId = accountRowId(store.db, input.accountId);
  if (standingLink(store.db, accountId)) {
    throw new DocketError('conflict', 'the account is linked to a person; undo that first', input.accountId);
  }
  const at = session.environment.now();
  return change(session, () => {
    const personId = input.personId ?? newUid(session);
    if (input.personId == null) {
      insertPerson(store, {
        id: personId,
        name: input.name ?? '',
        created_at: at,
        officer_id: session.officer.id,
      });
    }
    const person = personById(store.db, personId);
    const linkId = newUid(session);
    const eventId = record(session, {
      type: 'person.account-linked',
      subject: { type: 'account', id: input.accountId },
      after: { linkId, personId, person: person.name, reason: input.reason },
    });
    insertPersonAccount(store, {
      id: linkId,
      person_id: personId,
      account_id: accountId,
      reason: input.reason,
      officer_id: session.officer.id,
      at,
      event_id: eventId,
      undone_by: null,
      undone_at: null,
      undone_reason: null,
    });
    return personById(store.db, personId);
  });
}

/** Takes a link back. Throws `not-found`, and `conflict` for one that was taken back before. */
export function unlinkAccount(session: Session, input: Parsed<'people.unlink'>): Person {
  const { store } = session.workspace;
  const link = personAccountById(store.db, input.linkId);
  if (!link) throw new DocketError('not-found', 'no such link', input.linkId);
  if (link.undone_at !== null) throw new DocketError('conflict', 'the link was undone before', input.linkId);
  return change(session, () => {
    const person = personById(store.db, link.person_id);
    const account = person.accounts.find(({ linkId }) => linkId === link.id)?.accountId ?? '';
    record(session, {
      type: 'person.account-unlinked',
      subject: { type: 'account', id: account },
      before: { linkId: link.id, personId: link.person_id, person: person.name },
      after: { reason: input.reason },
      supersedes: link.event_id,
    });
    undoPersonAccount(store, link.id, {
      undone_by: session.officer.id,
      undone_at: session.environment.now(),
      undone_reason: input.reason,
    });
    return personById(store.db, link.person_id);
  });
}
