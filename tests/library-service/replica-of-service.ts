/** The libraries of one replica of the service, without HTTP, over any store. */
import { createServiceLibrary, type ServiceLibrary } from '../../src/catalog/library/service-library.ts';
import { documentReplySchema } from '../../src/contract/library-http.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import type { Read, Send } from './devices.ts';

export interface LibraryReplica extends ServiceLibrary {
  sendAs(userId: string): Send;
  readAs(userId: string): Read;
  readonly troubles: readonly unknown[];
}

export const openReplica = (
  store: ObjectStore,
  options: {
    readonly nowMs?: () => number;
    readonly forgetAccount?: (userId: string) => Promise<void>;
    readonly followIntervalMs?: number;
  } = {},
): LibraryReplica => {
  const troubles: unknown[] = [];
  const library = createServiceLibrary({
    store,
    forgetAccount: async () => undefined,
    followIntervalMs: 30,
    ...options,
  });
  return {
    ...library,
    troubles,
    sendAs: (userId) => (request) => library.changes.take(userId, request),
    readAs: (userId) => async (document, after) => {
      const reading = await library.reading.read(userId, document, after);
      return reading === null ? null : documentReplySchema.parse(JSON.parse(JSON.stringify(reading)));
    },
  };
};
