import type { HostBridge, HostEventName, HostEvents, HostMethod } from '../../contract/host-api.ts';
import { HostFailure, type HostReply } from '../../contract/host-error.ts';
import type { ShellKind } from '../../contract/track-url.ts';

type Answers = Partial<Record<HostMethod, (argument: never) => unknown>>;

export interface HostForTests {
  /** Every call, in order. */
  readonly calls: readonly { readonly method: HostMethod; readonly argument: unknown }[];
  /** Pushes a new value, as the host does. */
  readonly push: <Name extends HostEventName>(name: Name, value: HostEvents[Name]) => void;
}

/** Hearts stand in every list and ask; where a test does not care, nothing is liked. */
const UNASKED: Answers = { 'library.marks': () => [] };

/**
 * A host behind the real bridge of the preload, for tests of the window. What `answers` does not know is `internal`; an
 * answer that throws a HostFailure becomes that failure.
 */
export function standInHost(answers: Answers, shell: ShellKind = 'electron'): HostForTests {
  const calls: { method: HostMethod; argument: unknown }[] = [];
  const listeners = new Map<HostEventName, Set<(value: never) => void>>();
  const reply = async (method: HostMethod, argument: unknown): Promise<HostReply<unknown>> => {
    calls.push({ method, argument });
    const answer = answers[method] ?? UNASKED[method];
    if (answer === undefined) return { ok: false, error: { code: 'internal', message: `no ${method} here` } };
    try {
      return { ok: true, value: await answer(argument as never) };
    } catch (failure) {
      if (!(failure instanceof HostFailure)) throw failure;
      return { ok: false, error: { code: failure.code, message: failure.message } };
    }
  };
  const bridge: HostBridge = {
    shell,
    invoke: reply,
    subscribe(name, listener) {
      const ofName = listeners.get(name) ?? new Set();
      listeners.set(name, ofName.add(listener));
      return () => void ofName.delete(listener);
    },
  };
  Object.defineProperty(window, 'riffle', { value: bridge, configurable: true });
  return {
    calls,
    push: (name, value) => {
      for (const listener of listeners.get(name) ?? []) listener(value as never);
    },
  };
}
