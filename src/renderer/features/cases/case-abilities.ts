import type { CaseState } from '../../../core/domain/case.ts';

/**
 * What a case's state lets an officer do; the host decides, the screen only does not offer what would be
 * refused. While a decision waits for the second officer, what it rests on stays; a closed case is first
 * reopened.
 */
export interface Abilities {
  readonly add: boolean;
  readonly takeOut: boolean;
  readonly decide: boolean;
}

export function abilitiesOf(state: CaseState): Abilities {
  return {
    add: state !== 'closed',
    takeOut: state === 'open' || state === 'decided',
    decide: state !== 'closed',
  };
}
