import type { Handlers } from '../../../contract/dispatch.ts';
import { changingAt } from '../changing.ts';
import {
  checkBulletin,
  endCampaign,
  figuresInSlices,
  listBulletins,
  listCampaigns,
  openCampaign,
  updateCampaignText,
  writeBulletin,
} from '../duties/bulletins.ts';
import { listControls, listReminders, setControl, writeSelfAssessment } from '../duties/controls.ts';
import type { Workbench } from '../workbench.ts';

type Names = 'bulletins' | 'campaigns' | 'reminders' | 'controls';
type BulletinHandlers = { [M in keyof Handlers as M extends `${Names}.${string}` ? M : never]: Handlers[M] };

/** Handlers of campaigns, bulletins, reminders and the self-assessment. */
export function bulletinHandlers(bench: Workbench): BulletinHandlers {
  const changing = changingAt(bench, 'campaigns', 'audit');
  return {
    'bulletins.figures': (input) => figuresInSlices(bench.desk, input),
    'bulletins.list': () => listBulletins(bench.desk),
    'bulletins.check': (input) => checkBulletin(bench.desk, input),
    'bulletins.write': async (input) => {
      const written = await writeBulletin(bench.desk, input);
      bench.changed('campaigns', 'audit');
      return written;
    },
    'campaigns.list': () => listCampaigns(bench.desk),
    'campaigns.open': changing(openCampaign),
    'campaigns.update': changing(updateCampaignText),
    'campaigns.end': changing(endCampaign),
    'reminders.list': (input) => listReminders(bench.desk, input),
    'controls.list': () => listControls(bench.desk),
    'controls.set': changingAt(bench, 'controls', 'audit')(setControl),
    'controls.write': async (input) => {
      const written = await writeSelfAssessment(bench.desk, input);
      bench.changed('audit');
      return written;
    },
  };
}
