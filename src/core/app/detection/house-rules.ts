/** The organisation's own rules: which version held when, how it was adopted, who received it. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { HouseReceipt, HouseRulesVersion } from '../../domain/house-rules.ts';
import { participantRowId } from '../../storage/cases/cases.ts';
import {
  endHouseRules,
  hasReceipt,
  houseRulesRow,
  houseRulesVersions,
  insertHouseRules,
  insertReceipt,
  receiptsOf,
} from '../../storage/cases/house-rules.ts';
import { change, newUid, record, requireRole, type Session } from '../session.ts';

const dbOf = (session: Session) => session.workspace.store.db;

export function listHouseRules(session: Session): HouseRulesVersion[] {
  return houseRulesVersions(dbOf(session));
}

function found(session: Session, id: string): HouseRulesVersion {
  const version = houseRulesVersions(dbOf(session)).find((one) => one.id === id);
  if (!version) throw new DocketError('not-found', 'no such version of house rules', id);
  return version;
}

/**
 * Records a version. Without an adoption it holds, but decisions that rest on it are marked unproved.
 * Throws `invalid-input` for a clause that nobody knows and `conflict` for a version recorded before.
 */
export function adoptHouseRules(session: Session, input: Parsed<'houseRules.adopt'>): HouseRulesVersion {
  requireRole(session, 'manager', 'legal', 'administrator');
  const { houseRules } = session.environment.resources;
  const unknown = input.clauses.find((clause) => !houseRules.has(clause));
  if (unknown) throw new DocketError('invalid-input', `no clause ${unknown}`, 'clauses');
  const twin = listHouseRules(session).find(
    ({ title, version }) => title === input.title && version === input.version,
  );
  if (twin) throw new DocketError('conflict', 'this version is recorded already', twin.id);
  const id = newUid(session);
  change(session, () => {
    insertHouseRules(session.workspace.store, {
      id,
      title: input.title,
      version: input.version,
      clauses: JSON.stringify(input.clauses),
      effective_from: input.effectiveFrom,
      ended_on: null,
      adoption_way: input.adoption?.way ?? null,
      adopted_on: input.adoption?.on ?? null,
      proof: input.adoption?.proof ?? '',
      officer_id: session.officer.id,
      at: session.environment.now(),
    });
    record(session, {
      type: 'house-rules.adopted',
      subject: { type: 'house-rules', id },
      after: {
        title: input.title,
        version: input.version,
        effectiveFrom: input.effectiveFrom,
        adoption: input.adoption ?? null,
        clauses: input.clauses,
      },
    });
  });
  return found(session, id);
}

/** Ends a version: from that day on it holds no longer. Throws `conflict` where it ended before. */
export function endRules(session: Session, input: Parsed<'houseRules.end'>): HouseRulesVersion {
  requireRole(session, 'manager', 'legal', 'administrator');
  const row = houseRulesRow(dbOf(session), input.rulesId);
  if (!row) throw new DocketError('not-found', 'no such version of house rules', input.rulesId);
  if (row.ended_on !== null) throw new DocketError('conflict', `it ended on ${row.ended_on}`, row.id);
  if (input.endedOn <= row.effective_from)
    throw new DocketError('invalid-input', 'it cannot end before it took effect', 'endedOn');
  change(session, () => {
    endHouseRules(session.workspace.store, row.id, input.endedOn);
    record(session, {
      type: 'house-rules.ended',
      subject: { type: 'house-rules', id: row.id },
      before: { endedOn: null },
      after: { endedOn: input.endedOn },
    });
  });
  return found(session, row.id);
}

/** Records that people received a version; who has a receipt already keeps it. */
export function receiveHouseRules(session: Session, input: Parsed<'houseRules.receive'>): HouseReceipt[] {
  const { store } = session.workspace;
  const version = found(session, input.rulesId);
  const accounts = [...new Set(input.accountIds)].map((uid) => ({
    uid,
    id: participantRowId(store.db, 'accounts', uid),
  }));
  const fresh = accounts.filter(({ id }) => !hasReceipt(store.db, version.id, id));
  if (fresh.length > 0) {
    change(session, () => {
      for (const { id } of fresh) {
        insertReceipt(store, {
          id: newUid(session),
          rules_id: version.id,
          account_id: id,
          received_on: input.on,
          proof: input.proof,
          officer_id: session.officer.id,
          at: session.environment.now(),
        });
      }
      record(session, {
        type: 'house-rules.received',
        subject: { type: 'house-rules', id: version.id },
        after: { accounts: fresh.map(({ uid }) => uid), on: input.on, proof: input.proof },
      });
    });
  }
  return receiptsOf(store.db, version.id);
}

export function houseReceipts(session: Session, input: Parsed<'houseRules.receipts'>): HouseReceipt[] {
  return receiptsOf(dbOf(session), found(session, input.rulesId).id);
}
