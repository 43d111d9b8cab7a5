import type { HostEvent, Input, MethodName, Output } from './api.ts';
import type { Envelope } from './dispatch.ts';
import type { Failure } from './errors.ts';

/** A failed call, on the caller's side. */
export class CallFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(`${failure.code}: ${failure.detail}`);
    this.name = 'CallFailed';
    this.failure = failure;
  }
}

/** What carries calls: IPC in the window, a function call in the command line and tests. */
export interface Transport {
  invoke(method: string, input: unknown): Promise<unknown>;
  subscribe(listener: (event: HostEvent) => void): () => void;
}

/** Calls a method of the contract; rejects with `CallFailed`. */
export async function call<M extends MethodName>(
  transport: Transport,
  method: M,
  input: Input<M>,
): Promise<Output<M>> {
  const answer = (await transport.invoke(method, input)) as Envelope<Output<M>>;
  if (answer.ok) return answer.value;
  throw new CallFailed(answer.error);
}
