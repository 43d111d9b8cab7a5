import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { detect } from '../detection/detect.ts';
import type { Workers } from '../detection/judge.ts';
import { installShippedPacks } from '../detection/rules.ts';
import type { Job } from '../jobs.ts';
import type { Environment, Session } from '../session.ts';
import { createOfficer, createWorkspace } from '../workspace.ts';
import { importFiles } from './sources.ts';

/** Files of `resources/sample` that are data; the rest explains them. */
const DATA = /\.(jsonl|csv|txt)$/;

/** The invented firm of the sample keeps Chinese time. */
export const SAMPLE_ZONE = 'Asia/Shanghai';

/** Published on purpose: the sample holds invented people only. */
export const SAMPLE_OFFICERS = [
  { name: '沈知微', role: 'administrator', passphrase: 'sample-officer-1' },
  { name: '陆怀瑾', role: 'manager', passphrase: 'sample-officer-2' },
] as const;

export function sampleFiles(resources: string): string[] {
  const folder = join(resources, 'sample');
  return readdirSync(folder)
    .filter((name) => DATA.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * Makes a workspace from the bundled sample: two officers, everything imported, nothing judged by a
 * person yet. Answers the officers' passphrases by name.
 */
export async function makeSample(
  folder: string,
  environment: Environment,
  job: Job,
  workers: Workers,
): Promise<{ session: Session; passphrases: Record<string, string> }> {
  const [first, second] = SAMPLE_OFFICERS;
  const { session } = createWorkspace(folder, environment, {
    profile: 'platform',
    officerName: first.name,
    passphrase: first.passphrase,
    sample: true,
  });
  try {
    createOfficer(session, second);
    installShippedPacks(session);
    const files = sampleFiles(environment.resources.folder).map((path) => ({
      path,
      zone: SAMPLE_ZONE,
      conversations: 'all' as const,
    }));
    await importFiles(session, job, files, { authorityId: null, minimumKept: 0 });
    job.check();
    await detect(session, job, { packs: null, workers });
    job.check();
  } catch (error) {
    session.workspace.close();
    throw error;
  }
  return {
    session,
    passphrases: Object.fromEntries(SAMPLE_OFFICERS.map(({ name, passphrase }) => [name, passphrase])),
  };
}
