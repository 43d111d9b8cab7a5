/** The real window over a test double of the bridge: answers are given per method, calls are kept. */
import { cleanup, configure, render } from '@testing-library/react';
import { vi } from 'vitest';
import type { HostEvent, Input, MethodName, Output } from '../../src/contract/api.ts';
import type { ErrorCode } from '../../src/contract/errors.ts';
import type { WorkspaceStatus } from '../../src/core/domain/workspace.ts';
import type { Bridge } from '../../src/renderer/api/bridge.ts';
import { App } from '../../src/renderer/app/app.tsx';
import { startI18n } from '../../src/renderer/app/i18n.ts';

// A screen is loaded when first shown, and a busy machine takes its time over that.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

export class Refusal extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, detail = '') {
    super(detail);
    this.code = code;
  }
}

type Answer<M extends MethodName> = (input: Input<M>) => Output<M> | Promise<Output<M>>;
export type Answers = { [M in MethodName]?: Answer<M> } & Record<
  `native.${string}`,
  (input: never) => unknown
>;

export const uid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const sha = (digit: string): string => digit.repeat(64);

export const OPEN: WorkspaceStatus = {
  state: 'open',
  path: '/home/zhou/docket',
  workspaceId: uid(1),
  prefix: 'A7',
  profile: 'employer',
  officers: [{ id: uid(2), name: '周敏' }],
  officer: {
    id: uid(2),
    name: '周敏',
    role: 'officer',
    fingerprint: sha('a'),
    active: true,
    createdAt: 1_740_000_000_000,
  },
  auditHead: { sequence: 12, hash: sha('b') },
  sample: false,
};

export interface TestBridge extends Bridge {
  calls: { method: string; input: unknown }[];
  of: (method: string) => unknown[];
  emit: (event: HostEvent) => void;
}

export function testBridge(answers: Answers): TestBridge {
  const listeners = new Set<(event: HostEvent) => void>();
  const calls: TestBridge['calls'] = [];
  return {
    calls,
    of: (method) => calls.filter((call) => call.method === method).map((call) => call.input),
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    async invoke(method, input) {
      calls.push({ method, input });
      const answer = (answers as Record<string, (input: unknown) => unknown>)[method];
      if (!answer) return { ok: false, error: { code: 'unknown-method', detail: method, subject: method } };
      try {
        return { ok: true, value: await answer(input) };
      } catch (error) {
        if (error instanceof Refusal)
          return { ok: false, error: { code: error.code, detail: error.message, subject: null } };
        throw error;
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pathOf: (file) => `/dropped/${file.name}`,
  };
}

let started: Promise<void> | undefined;

/** Mounts the window at a place, in English. An open workspace unless `answers` says otherwise. */
export async function renderApp({ at = '/', answers = {} }: { at?: string; answers?: Answers } = {}) {
  stubLayout();
  started ??= startI18n('en');
  await started;
  cleanup();
  const bridge = testBridge({ 'workspace.status': () => OPEN, ...answers });
  const view = render(<App bridge={bridge} at={at} />);
  return { ...view, bridge };
}

/** happy-dom lays nothing out; virtual rows need a window of some height. */
export function stubLayout(): void {
  for (const [name, value] of [
    ['clientHeight', 600],
    ['clientWidth', 1000],
    ['offsetHeight', 600],
    ['offsetWidth', 1000],
  ] as const)
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });
  // It loads no fonts either; text areas listen for them.
  Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() });
}
