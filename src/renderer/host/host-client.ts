/** The window's side of `contract/host-api.ts`: the same calls whether Electron's bridge or the web shell answers. */
import {
  HOST_METHODS,
  type HostApi,
  type HostBridge,
  type HostEventName,
  type HostEvents,
  type HostMethod,
} from '../../contract/host-api.ts';
import { HostFailure, type HostReply } from '../../contract/host-error.ts';
import type { ShellKind } from '../../contract/track-url.ts';
import { webBridge } from './web-bridge.ts';

declare global {
  interface Window {
    /** Put there by the preload; absent in the web shell. */
    readonly riffle?: HostBridge;
  }
}

/** Asked anew at each call, so that nothing depends on which of preload and window was first. */
const bridge = (): HostBridge => window.riffle ?? webBridge;

/** Which shell the window runs in. */
export const shell = (): ShellKind => bridge().shell;

let isLeft = false;

/**
 * The window is about to start over with another account: what it still says of the old one would be taken for the new one's.
 * From here on every call rejects with `cancelled`.
 */
export function leaveHost(): void {
  isLeft = true;
}

async function call(method: HostMethod, argument: unknown): Promise<unknown> {
  if (isLeft) throw new HostFailure('cancelled', `${method}: this window starts over`);
  let reply: HostReply<unknown>;
  try {
    reply = await bridge().invoke(method, argument);
  } catch (cause) {
    throw new HostFailure('internal', `${method} got no reply`, { cause });
  }
  if (!reply.ok) throw new HostFailure(reply.error.code, `${method}: ${reply.error.message}`);
  return reply.value;
}

function bindMethods(): HostApi {
  const areas: Record<string, Record<string, (argument?: unknown) => Promise<unknown>>> = {};
  for (const method of Object.keys(HOST_METHODS) as HostMethod[]) {
    const [area = '', name = ''] = method.split('.');
    (areas[area] ??= {})[name] = (argument) => call(method, argument);
  }
  // HOST_METHODS holds exactly the methods of HostApi (its `satisfies` proves it), and the host validates what it gives.
  return areas as unknown as HostApi;
}

/** Everything the main process can do. Each call gives its value or throws `HostFailure`. */
export const host: HostApi = bindMethods();

/** Whole new values, pushed by the host. Gives its own unsubscribe. */
export function subscribe<Name extends HostEventName>(
  name: Name,
  listener: (value: HostEvents[Name]) => void,
): () => void {
  return bridge().subscribe(name, listener);
}
