/** What lies around a case: who managed the groups, which cases touch it, what was decided on the like. */
import type { MeasureProposal } from '../../domain/case.ts';
import type { Dossier, Precedent, RelatedCase, ResponsibilityChain } from '../../domain/case-context.ts';
import type { CategoryId } from '../../domain/category.ts';
import { all, type Database, get } from '../database.ts';
import { caseNumber } from '../detection/hits.ts';
import { accountsOfPerson } from '../people/people.ts';
import { ACCOUNT_NAME } from './cases.ts';
import { type DecisionRow, priorStatus } from './decisions.ts';
import { appealOf } from './hearings.ts';
import { measureNumber } from './measures.ts';
import { invitationOf, reactionOf } from './notices.ts';

/** A membership holds on a day unless its own dates say otherwise; dates that are no ISO dates say nothing. */
const HOLDS = `(m.from_text IS NULL OR m.from_text NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' OR substr(m.from_text, 1, 10) <= :day)
  AND (m.to_text IS NULL OR m.to_text NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' OR substr(m.to_text, 1, 10) >= :day)`;

/** `dayOf` gives the civil day of an instant. */
export function responsibilityChains(
  db: Database,
  caseId: string,
  dayOf: (at: number) => string,
): ResponsibilityChain[] {
  const groups = all<{
    id: number;
    uid: string;
    name: string;
    platform_id: string | null;
    at: number | null;
    sort_at: number;
  }>(
    db,
    `SELECT c.id, c.uid, coalesce(c.name, c.platform_id, '') AS name, c.platform_id, min(m.sent_at) AS at, min(m.sort_at) AS sort_at
     FROM hits h JOIN messages m ON m.id = h.message_id JOIN conversations c ON c.id = h.conversation_id
     WHERE h.case_id = ? AND h.verdict = 'confirmed' AND c.type <> 'direct' GROUP BY c.id ORDER BY c.id`,
    caseId,
  );
  return groups.map((group) => {
    const people = all<{ id: number; uid: string; name: string; role: 'owner' | 'admin'; dated: number }>(
      db,
      `SELECT a.id, a.uid, coalesce(${ACCOUNT_NAME}, '') AS name,
         CASE WHEN max(m.role = 'owner') THEN 'owner' ELSE 'admin' END AS role,
         max(m.from_text IS NOT NULL OR m.to_text IS NOT NULL) AS dated
       FROM memberships m JOIN accounts a ON a.id = m.account_id
       WHERE m.conversation_id = ? AND m.role IN ('owner', 'admin')
         ${group.at === null ? '' : `AND ${HOLDS.replaceAll(':day', `'${dayOf(group.at)}'`)}`}
       GROUP BY a.id ORDER BY role DESC, a.id`,
      group.id,
    );
    const authors = all<{ id: number; name: string; platform_id: string | null }>(
      db,
      `SELECT DISTINCT a.id, coalesce(${ACCOUNT_NAME}, '') AS name, a.platform_id FROM hits h JOIN accounts a ON a.id = h.sender_id
       WHERE h.case_id = ? AND h.conversation_id = ? AND h.verdict = 'confirmed' ORDER BY name`,
      caseId,
      group.id,
    );
    return {
      conversationId: group.uid,
      conversation: group.name,
      at: group.at,
      authors: [...new Set(authors.map(({ name }) => name))],
      inviters: authors.flatMap((author) => {
        const invitation = invitationOf(
          db,
          { id: group.id, name: group.name, platformId: group.platform_id },
          { id: author.id, platformId: author.platform_id },
          group.sort_at,
        );
        return invitation ? [{ author: author.name, ...invitation }] : [];
      }),
      people: people.map(({ id, uid, name, role, dated }) => ({
        accountId: uid,
        name,
        role,
        dated: dated === 1,
        spokeAt:
          get<{ at: number | null }>(
            db,
            'SELECT min(sent_at) AS at FROM messages WHERE conversation_id = ? AND sender_id = ? AND sort_at > ?',
            group.id,
            id,
            group.sort_at,
          )?.at ?? null,
        acted: reactionOf(db, group.id, id, group.sort_at),
      })),
      unknown: people.length === 0,
    };
  });
}

/** Cases with the same people or groups, those with most in common first. */
export function relatedCases(db: Database, prefix: string, caseId: string): RelatedCase[] {
  return all<Omit<RelatedCase, 'number' | 'openedAt'> & { number: number; opened_at: number }>(
    db,
    `SELECT k.id, k.number, k.title, k.state, k.opened_at,
       count(DISTINCT o.account_id) AS people, count(DISTINCT o.conversation_id) AS conversations
     FROM parties p JOIN parties o ON o.case_id <> p.case_id
       AND (o.account_id = p.account_id OR o.conversation_id = p.conversation_id)
     JOIN cases k ON k.id = o.case_id WHERE p.case_id = ?
     GROUP BY k.id ORDER BY people + conversations DESC, k.number DESC LIMIT 20`,
    caseId,
  ).map(({ opened_at, number, ...row }) => ({
    ...row,
    number: caseNumber(prefix, number),
    openedAt: opened_at,
  }));
}

/** Precedents shown. */
const PRECEDENTS = 20;

/** Final decisions of other cases whose gravest category is one of this case's, the latest first. */
export function precedents(db: Database, prefix: string, caseId: string): Precedent[] {
  const categories = all<{ category: CategoryId }>(
    db,
    "SELECT DISTINCT category FROM hits WHERE case_id = ? AND verdict = 'confirmed'",
    caseId,
  );
  // One category after the other, so that the index gives the latest of each without reading the rest.
  const rows = categories
    .flatMap(({ category }) =>
      all<DecisionRow & { number: number; title: string; category: CategoryId; severity: number }>(
        db,
        `SELECT d.*, k.number, k.title, json_extract(d.proposal, '$.facts.category') AS category,
           json_extract(d.proposal, '$.facts.severity') AS severity
         FROM decisions d JOIN cases k ON k.id = d.case_id
         WHERE json_extract(d.proposal, '$.facts.category') = ? AND d.state = 'final' AND d.case_id <> ?
         ORDER BY d.at DESC LIMIT ${PRECEDENTS}`,
        category,
        caseId,
      ),
    )
    .sort((a, b) => b.at - a.at)
    .slice(0, PRECEDENTS);
  return rows.map((row) => {
    const proposal = JSON.parse(row.proposal) as MeasureProposal;
    return {
      caseId: row.case_id,
      number: caseNumber(prefix, row.number),
      title: row.title,
      category: row.category,
      severity: row.severity,
      measure: row.measure,
      measureTitle: titleOf(proposal, row.measure),
      deviates: row.measure !== proposal.proposed,
      overturned: appealOf(db, row.id)?.outcome === 'overturned',
      at: row.at,
    };
  });
}

const titleOf = (proposal: MeasureProposal, measure: string) =>
  proposal.options.find(({ id }) => id === measure)?.title ?? { zh: measure, en: measure };

/** What is known about a person over all accounts that are theirs. */
export function dossierOf(db: Database, prefix: string, accountId: number): Dossier {
  const ids = accountsOfPerson(db, accountId);
  const among = `(${ids.map(() => '?').join(', ')})`;
  const count = (sql: string) =>
    get<{ n: number }>(
      db,
      `SELECT count(*) AS n FROM hits h WHERE h.sender_id IN ${among} AND ${sql}`,
      ...ids,
    )?.n ?? 0;
  const decisions = all<DecisionRow & { number: number }>(
    db,
    `SELECT d.*, k.number FROM decisions d JOIN parties p ON p.id = d.party_id JOIN cases k ON k.id = d.case_id
     WHERE p.account_id IN ${among} ORDER BY d.at DESC`,
    ...ids,
  );
  return {
    accounts: all(
      db,
      `SELECT a.uid AS id, coalesce(${ACCOUNT_NAME}, '') AS name, a.platform_id AS platformId, a.platform
       FROM accounts a WHERE a.id IN ${among}`,
      ...ids,
    ),
    cases: all<{
      id: string;
      number: number;
      title: string;
      state: Dossier['cases'][number]['state'];
      role: string;
      openedAt: number;
    }>(
      db,
      `SELECT k.id, k.number, k.title, k.state, p.role, k.opened_at AS openedAt FROM parties p JOIN cases k ON k.id = p.case_id
       WHERE p.account_id IN ${among} ORDER BY k.number DESC`,
      ...ids,
    ).map((row) => ({ ...row, number: caseNumber(prefix, row.number) })),
    decisions: decisions.map((row) => {
      const appeal = appealOf(db, row.id);
      return {
        id: row.id,
        caseId: row.case_id,
        caseNumber: caseNumber(prefix, row.number),
        measureTitle: titleOf(JSON.parse(row.proposal) as MeasureProposal, row.measure),
        at: row.at,
        standing: priorStatus(row, appeal),
        appeal: appeal === null ? null : (appeal.outcome ?? 'open'),
      };
    }),
    measures: all<{
      number: number;
      case_id: string;
      title: string;
      state: string;
      executed_at: number | null;
    }>(
      db,
      `SELECT number, case_id, title, state, executed_at FROM measures WHERE account_id IN ${among} ORDER BY number DESC`,
      ...ids,
    ).map((row) => ({
      number: measureNumber(prefix, row.number),
      caseId: row.case_id,
      title: JSON.parse(row.title) as Dossier['measures'][number]['title'],
      state: row.state,
      executedAt: row.executed_at,
    })),
    openHits: count(`h.status = 'hit' AND (h.verdict IS NULL OR h.verdict = 'unsure')`),
    confirmedHits: count(`h.verdict = 'confirmed'`),
  };
}
