import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SAMPLE_OFFICERS, SAMPLE_ZONE, sampleFiles } from '../../core/app/imports/sample.ts';
import type { CaseDetail, Decision, Party } from '../../core/domain/case.ts';
import type { Hit } from '../../core/domain/hit.ts';
import { type Command, type Context, EXIT } from '../command.ts';
import { type Opened, systemEnvironment, workbenchAt } from '../open.ts';

interface Step {
  name: string;
  seconds: number;
  [fact: string]: unknown;
}

export const demoCommand: Command = {
  name: 'demo',
  usage: 'demo [--out DIR]',
  summary: 'do the whole job once on the bundled sample: import to verified evidence pack',
  options: { out: { type: 'string' } },
  async run(context) {
    const named = context.arguments.text('out');
    const out = named ? resolve(named) : mkdtempSync(join(tmpdir(), 'docket-demo-'));
    const opened = workbenchAt(context, systemEnvironment(), join(out, 'workspace'));
    try {
      const demo = new Demo(context, opened, out);
      await demo.run();
      context.answer({ out, steps: demo.steps, pack: demo.pack }, () =>
        [
          `Everything is in ${out}.`,
          `Open it: ${commandHere()} case list --workspace ${join(out, 'workspace')}`,
          ...demo.passphrases,
        ].join('\n'),
      );
      return demo.verified ? EXIT.done : EXIT.findings;
    } finally {
      opened.close();
    }
  },
};

/** How a person calls the program where they called it now: a checkout has no `docket` on the path. */
function commandHere(): string {
  return process.env.npm_lifecycle_event === undefined ? 'docket' : 'npm run -s docket --';
}

/** The main job, one step after the other, each through the same methods as the window. */
class Demo {
  readonly steps: Step[] = [];
  pack = '';
  verified = false;
  readonly passphrases = SAMPLE_OFFICERS.map(
    ({ name, passphrase }) => `Officer ${name}: DOCKET_KEY=${passphrase}`,
  );
  readonly #context: Context;
  readonly #opened: Opened;
  readonly #out: string;

  constructor(context: Context, opened: Opened, out: string) {
    this.#context = context;
    this.#opened = opened;
    this.#out = out;
  }

  async run(): Promise<void> {
    const { call, job } = this.#opened;
    const [first, second] = SAMPLE_OFFICERS;
    const approver = await this.#step('workspace', async () => {
      await call('workspace.create', {
        profile: 'platform',
        officerName: first.name,
        passphrase: first.passphrase,
      });
      const officer = await call('officers.create', second);
      return { value: officer, facts: { officers: 2, encrypted: true } };
    });
    await this.#step('import', async () => {
      const { resources } = this.#opened.bench.options.environment;
      const outcome = await job('sources.import', {
        files: sampleFiles(resources.folder).map((path) => ({
          path,
          zone: SAMPLE_ZONE,
          conversations: 'all' as const,
        })),
      });
      const sum = (pick: (source: (typeof outcome.sources)[number]) => number) =>
        outcome.sources.reduce((total, source) => total + pick(source), 0);
      return {
        value: outcome,
        facts: {
          files: outcome.sources.length,
          messages: sum((source) => source.messages),
          accounts: sum((source) => source.accounts),
          skipped: sum((source) => source.skipped),
        },
      };
    });
    await this.#step('detect', async () => {
      const run = await job('detection.start', {});
      return { value: run, facts: { messages: run.messages, hits: run.hits, categories: run.byCategory } };
    });
    const confirmed = await this.#step('review', () => this.#review());
    const detail = await this.#step('case', async () => {
      const opened = await call('cases.open', { hitIds: confirmed.map(({ id }) => id) });
      const { number, title, exhibits } = opened.summary;
      return { value: opened, facts: { number, title, parties: opened.parties.length, exhibits } };
    });
    await this.#step('decision', () => this.#decide(detail, approver.id));
    await this.#step('report', () => this.#report(detail));
    await this.#step('pack', async () => {
      this.pack = join(this.#out, `${detail.summary.number}.zip`);
      const { root, exhibits, messages, leftOut } = await job('evidence.export', {
        caseId: detail.summary.id,
        profile: 'regulator',
        file: this.pack,
        recipient: '网信部门 (demo)',
        purpose: 'demo',
      });
      return { value: null, facts: { file: this.pack, root, exhibits, messages, leftOut } };
    });
    await this.#step('verify', async () => {
      const result = await call('evidence.verify', { file: this.pack });
      this.verified = result.ok;
      return { value: null, facts: { ok: result.ok, checks: result.checks.length } };
    });
    await this.#step('check', async () => {
      const result = await job('workspace.check', {});
      return { value: null, facts: { ok: result.ok, checks: result.checks.length } };
    });
  }

  async #step<T>(
    name: string,
    work: () => Promise<{ value: T; facts: Record<string, unknown> }>,
  ): Promise<T> {
    const before = performance.now();
    const { value, facts } = await work();
    const seconds = Math.round(performance.now() - before) / 1000;
    this.steps.push({ name, seconds, ...facts });
    this.#context.say(`${name.padEnd(10)}${seconds.toFixed(2).padStart(6)} s  ${inWords(facts)}`);
    return value;
  }

  /** Confirms the illegal hits of whoever has the most of them, as an officer would begin. */
  async #review() {
    const { call } = this.#opened;
    const { rows } = await call('hits.list', { filter: { status: 'hit', tier: 'illegal' }, limit: 500 });
    const bySender = new Map<string, Hit[]>();
    for (const hit of rows) {
      if (hit.senderId) bySender.set(hit.senderId, [...(bySender.get(hit.senderId) ?? []), hit]);
    }
    const worst = [...bySender.values()].sort((a, b) => b.length - a.length)[0] ?? [];
    const { hits } = await call('hits.dispose', { hitIds: worst.map(({ id }) => id), verdict: 'confirmed' });
    return { value: hits, facts: { queue: rows.length, confirmed: hits.length, sender: hits[0]?.sender } };
  }

  /** Takes the proposed measure for the publisher; a second officer approves where it needs one. */
  async #decide({ summary, parties }: CaseDetail, approverId: string) {
    const { call } = this.#opened;
    const party = parties.find(({ role }) => role === 'publisher') as Party;
    const proposal = await call('decisions.propose', { caseId: summary.id, partyId: party.id });
    let decision: Decision = await call('decisions.record', {
      caseId: summary.id,
      partyId: party.id,
      measure: proposal.proposed,
      facts: '样例：经核实，当事人多次发布违法信息。',
    });
    if (decision.state === 'awaiting-approval') {
      decision = await call('decisions.approve', {
        decisionId: decision.id,
        officerId: approverId,
        passphrase: SAMPLE_OFFICERS[1].passphrase,
        approved: true,
      });
    }
    return {
      value: decision,
      facts: {
        party: party.name,
        measure: decision.measure,
        state: decision.state,
        signatures: decision.signatures.length,
      },
    };
  }

  async #report({ summary }: CaseDetail) {
    const { call } = this.#opened;
    const { rows } = await call('duties.list', { caseId: summary.id, state: 'unclosed' });
    const filedAt = this.#opened.bench.options.environment.now();
    for (const { id: dutyId, kind } of rows) {
      if (kind === 'disposal')
        await call('duties.addStep', { dutyId, kind: 'proof', at: filedAt, note: '已删除相关内容' });
      if (kind !== 'report') continue;
      await call('duties.draft', { dutyId, organisation: '示例平台', contact: '400-000-0000' });
      await call('duties.file', { dutyId, filedAt, receiptNumber: `DEMO-${dutyId.slice(-4)}` });
    }
    const reports = rows.filter(({ kind }) => kind === 'report');
    return {
      value: null,
      facts: { duties: rows.length, receivers: reports.map(({ receiver }) => receiver.zh) },
    };
  }
}

function inWords(facts: Record<string, unknown>): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ');
}
