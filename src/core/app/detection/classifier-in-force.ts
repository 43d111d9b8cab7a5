import { Classifier } from '../../classifier/classifier.ts';
import { readModel } from '../../classifier/model.ts';
import { trainingInForce } from '../../storage/detection/trainings.ts';
import type { Session } from '../session.ts';

/** What judges in this workspace: its own trained classifier, else the shipped one. */
export function classifierOf(session: Session): Classifier {
  const own = trainingInForce(session.workspace.store.db);
  return own === undefined ? session.environment.resources.classifier : new Classifier(readModel(own.body));
}
