/** Methods on what penalties rest on and how they are carried out. */
import { z } from 'zod';
import { AdoptionWay, Day, HouseReceipt, HouseRulesVersion } from '../../core/domain/house-rules.ts';
import { Uid } from '../../core/domain/page.ts';
import { method } from './method.ts';

const Text = z.string().trim();

export const penaltiesMethods = {
  /** Versions of the organisation's rules, the latest to take effect first, with the clauses to choose from. */
  'houseRules.list': method(z.object({}), z.array(HouseRulesVersion)),
  'houseRules.adopt': method(
    z.object({
      title: Text.min(1).max(200),
      version: Text.min(1).max(100),
      effectiveFrom: Day,
      clauses: z.array(z.string()).default([]),
      adoption: z.object({ way: AdoptionWay, on: Day, proof: Text.min(1) }).nullish(),
    }),
    HouseRulesVersion,
  ),
  'houseRules.end': method(z.object({ rulesId: Uid, endedOn: Day }), HouseRulesVersion),
  'houseRules.receive': method(
    z.object({ rulesId: Uid, accountIds: z.array(Uid).min(1).max(10_000), on: Day, proof: Text.min(1) }),
    z.array(HouseReceipt),
  ),
  'houseRules.receipts': method(z.object({ rulesId: Uid }), z.array(HouseReceipt)),
} as const;
