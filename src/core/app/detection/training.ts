/** The classifier of a workspace: the shipped one, or one trained further on its own reviews. */
import { DocketError } from '../../../contract/errors.ts';
import { writeModel } from '../../classifier/model.ts';
import { type ReviewedText, retrain } from '../../classifier/retrain.ts';
import type { CategoryId } from '../../domain/category.ts';
import type { ClassifierStatus, Training } from '../../domain/training.ts';
import {
  insertTraining,
  listTrainings,
  reviewedHits,
  trainingInForce,
  updateTraining,
} from '../../storage/detection/trainings.ts';
import { findOfficer } from '../../storage/officers.ts';
import { change, newUid, record, requireRole, type Session } from '../session.ts';
import { unlockOfficer } from '../workspace.ts';
import { classifierOf } from './classifier-in-force.ts';

/** Reviewed hits that are read, the newest first. */
const MOST_HITS = 50_000;
/** Fewer reviewed texts teach nothing that could be measured. */
export const LEAST_TEXTS = 20;

/** One entry a text; a text confirmed and dismissed for the same category says nothing about it. */
function reviewedTexts(session: Session): ReviewedText[] {
  const categories = new Set<CategoryId>(session.environment.resources.classifier.categories);
  const texts = new Map<string, { confirmed: Set<CategoryId>; dismissed: Set<CategoryId> }>();
  for (const { text, category, verdict } of reviewedHits(session.workspace.store.db, MOST_HITS)) {
    if (!categories.has(category)) continue;
    const known = texts.get(text) ?? { confirmed: new Set(), dismissed: new Set() };
    texts.set(text, known);
    known[verdict].add(category);
  }
  return [...texts].flatMap(([text, { confirmed, dismissed }]) => {
    const reviewed = {
      text,
      confirmed: [...confirmed].filter((category) => !dismissed.has(category)),
      dismissed: [...dismissed].filter((category) => !confirmed.has(category)),
    };
    return reviewed.confirmed.length + reviewed.dismissed.length === 0 ? [] : [reviewed];
  });
}

export function classifierStatus(session: Session): ClassifierStatus {
  const texts = reviewedTexts(session);
  const { model, categories } = session.environment.resources.classifier;
  return {
    version: trainingInForce(session.workspace.store.db)?.id ?? model.version,
    shipped: model.version,
    categories: [...categories],
    reviewed: {
      confirmed: texts.filter(({ confirmed }) => confirmed.length > 0).length,
      dismissed: texts.filter(({ dismissed }) => dismissed.length > 0).length,
    },
    trainings: listTrainings(session.workspace.store.db),
  };
}

function trainingById(session: Session, id: string): Training {
  const found = listTrainings(session.workspace.store.db).find((training) => training.id === id);
  if (!found) throw new DocketError('not-found', 'no such training', id);
  return found;
}

/**
 * Trains the model in force on the workspace's reviewed texts. The result judges nothing until a second
 * officer approves it. Throws `reason-required` without a purpose, `conflict` where another training
 * waits or fewer than LEAST_TEXTS texts were reviewed, `not-allowed` for a role without decisions.
 */
export function trainClassifier(session: Session, purpose: string): Training {
  requireRole(session, 'officer', 'manager', 'administrator');
  const stated = purpose.trim();
  if (stated === '') throw new DocketError('reason-required', 'training needs its purpose', 'purpose');
  const { store } = session.workspace;
  const waiting = listTrainings(store.db).find(({ state }) => state === 'waiting');
  if (waiting) throw new DocketError('conflict', 'a training waits for approval', waiting.id);
  const texts = reviewedTexts(session);
  if (texts.length < LEAST_TEXTS) {
    throw new DocketError(
      'conflict',
      `${texts.length} reviewed texts, ${LEAST_TEXTS} are needed`,
      'reviewed',
    );
  }
  const base = classifierOf(session).model;
  const id = newUid(session);
  const { model, figures } = retrain(base, texts, id);
  const body = Buffer.from(writeModel(model));
  change(session, () => {
    insertTraining(store, {
      id,
      state: 'waiting',
      base: base.version,
      purpose: stated,
      texts: texts.length,
      figures: JSON.stringify(figures),
      body,
      at: session.environment.now(),
      officer_id: session.officer.id,
      decided_at: null,
      decided_by: null,
      note: '',
    });
    record(session, {
      type: 'classifier.trained',
      subject: { type: 'training', id },
      after: { purpose: stated, base: base.version, texts: texts.length },
    });
  });
  return trainingById(session, id);
}

export interface TrainingApproval {
  readonly trainingId: string;
  readonly officerId: string;
  readonly passphrase: string;
  readonly approved: boolean;
  readonly note: string;
}

/**
 * The second officer approves or refuses, with their own passphrase; the event is theirs. Throws
 * `second-officer-required` for the officer who trained, `wrong-key`, `not-allowed` for an officer who
 * left, `conflict` where the training does not wait, `reason-required` for a refusal without a note.
 */
export function approveTraining(session: Session, input: TrainingApproval): Training {
  const { store } = session.workspace;
  const training = trainingById(session, input.trainingId);
  if (training.state !== 'waiting') {
    throw new DocketError('conflict', `the training is ${training.state}`, training.id);
  }
  const officer = findOfficer(store.db, input.officerId);
  if (!officer) throw new DocketError('not-found', 'no such officer', input.officerId);
  if (officer.id === training.officerId) {
    throw new DocketError('second-officer-required', 'nobody approves their own training', officer.id);
  }
  if (!officer.active) throw new DocketError('not-allowed', 'this officer is no longer active', officer.name);
  const note = input.note.trim();
  if (!input.approved && note === '') {
    throw new DocketError('reason-required', 'a refusal needs its reason', 'note');
  }
  const second = { ...session, officer, officerKey: unlockOfficer(session, officer.id, input.passphrase) };
  const state = input.approved ? 'in-force' : 'refused';
  change(second, () => {
    const before = input.approved ? trainingInForce(store.db) : undefined;
    if (before) updateTraining(store, before.id, { state: 'replaced' });
    const decision = { decided_at: session.environment.now(), decided_by: officer.id, note };
    updateTraining(store, training.id, { state, ...decision });
    record(second, {
      type: input.approved ? 'classifier.approved' : 'classifier.refused',
      subject: { type: 'training', id: training.id },
      before: { state: training.state, inForce: before?.id ?? null },
      after: { state, note },
    });
  });
  return trainingById(session, training.id);
}

/** Goes back to the shipped classifier. Throws `conflict` where it judges already. */
export function restoreClassifier(session: Session): ClassifierStatus {
  requireRole(session, 'officer', 'manager', 'administrator');
  const { store } = session.workspace;
  const own = trainingInForce(store.db);
  if (!own) throw new DocketError('conflict', 'the shipped classifier is in force', null);
  change(session, () => {
    updateTraining(store, own.id, { state: 'replaced' });
    record(session, {
      type: 'classifier.restored',
      subject: { type: 'training', id: own.id },
      before: { state: 'in-force' },
      after: { state: 'replaced' },
    });
  });
  return classifierStatus(session);
}
