import type { Handlers } from '../../contract/dispatch.ts';
import {
  adoptHouseRules,
  endRules,
  houseReceipts,
  listHouseRules,
  receiveHouseRules,
} from './house-rules.ts';
import type { Workbench } from './workbench.ts';

type Names = 'houseRules';
type PenaltyHandlers = { [M in keyof Handlers as M extends `${Names}.${string}` ? M : never]: Handlers[M] };

/** Handlers of what penalties rest on and how they are carried out. */
export function penaltyHandlers(bench: Workbench): PenaltyHandlers {
  const changing =
    <I, O>(work: (session: Workbench['session'], input: I) => O) =>
    (input: I): O => {
      const output = work(bench.session, input);
      bench.changed('cases', 'house-rules', 'audit');
      return output;
    };
  return {
    'houseRules.list': () => listHouseRules(bench.session),
    'houseRules.adopt': changing(adoptHouseRules),
    'houseRules.end': changing(endRules),
    'houseRules.receive': changing(receiveHouseRules),
    'houseRules.receipts': (input) => houseReceipts(bench.session, input),
  };
}
