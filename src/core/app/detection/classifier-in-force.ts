import { Classifier } from '../../classifier/classifier.ts';
import { fitsFeatures, readModel } from '../../classifier/model.ts';
import { trainingInForce } from '../../storage/detection/trainings.ts';
import type { Session } from '../session.ts';

/**
 * What judges in this workspace: its own trained classifier, else the shipped one. One that was trained for
 * features of an earlier program cannot read texts any more: until the next training the shipped one judges.
 */
export function classifierOf(session: Session): Classifier {
  const own = trainingInForce(session.workspace.store.db);
  return own === undefined || !fitsFeatures(own.body)
    ? session.environment.resources.classifier
    : new Classifier(readModel(own.body));
}
