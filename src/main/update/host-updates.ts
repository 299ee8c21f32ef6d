import type { Settings } from '../../contract/settings.ts';
import type { UpdateState } from '../../contract/update.ts';
import { createServiceRequests, type ServiceRequests } from '../catalog-client/service-requests.ts';
import type { HostPorts } from '../ports.ts';
import type { SettingsService } from '../settings/settings.ts';
import { createNoUpdates } from './no-updates.ts';
import type { LineTurn } from './piece-reader.ts';
import { createUpdates, type Updates } from './updates.ts';

/** Where no music is, nothing is more urgent. */
const freeLine = (): LineTurn => ({ signal: new AbortController().signal, leave: () => undefined });

/** Updates as the host has them: with its line, its settings, and the service that it knows. */
export const createHostUpdates = (options: {
  readonly ports: HostPorts;
  readonly settings: SettingsService;
  /** Of the current account; null while there is none. */
  readonly serviceUrl: () => string | null;
  /** Null: there is no line. */
  readonly turnBehindMusic: (signal: AbortSignal) => Promise<LineTurn> | null;
  readonly onChange: (state: UpdateState) => void;
}): Updates => {
  const { ports, settings, serviceUrl } = options;
  const updatePorts = ports.updates ?? { unsupported: 'shell' };
  if ('unsupported' in updatePorts) return createNoUpdates(updatePorts.unsupported);
  const closing = new AbortController();
  const post = (): ServiceRequests['post'] | null => {
    const url = serviceUrl();
    if (url === null || closing.signal.aborted) return null;
    // Without a token: what became of an update is nobody's in particular.
    const requests = createServiceRequests({
      ...ports,
      serviceUrl: url,
      onOutcome: () => undefined,
      closing: closing.signal,
    });
    return requests.post;
  };
  const updates = createUpdates({
    ...ports,
    ports: updatePorts,
    version: ports.app.version,
    settings: { get: () => settings.get(), change: (changes: Partial<Settings>) => settings.change(changes) },
    takeTurn: async (signal) => (await options.turnBehindMusic(signal)) ?? freeLine(),
    post,
    onChange: options.onChange,
    random: Math.random,
  });
  return {
    ...updates,
    async close() {
      closing.abort();
      await updates.close();
    },
  };
};
