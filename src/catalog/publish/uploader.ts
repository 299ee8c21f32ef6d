import type { ObjectStore } from '../store/object-store.ts';

/** Puts content-addressed objects into the store, those that are missing only, each once. */
export interface Uploader {
  /** Makes sure that an object is there; `make` is called only when it is not. */
  ensure(key: string, contentType: string, make: () => Promise<Uint8Array>): Promise<void>;
  /** @param verify rejects when the file is not what the key says any more: it is then taken back. */
  ensureFile(
    key: string,
    contentType: string,
    path: string,
    bytes: number,
    verify?: () => Promise<void>,
  ): Promise<void>;
  /** Puts an object whatever is there: for what is found by another name than its content's. */
  replace(key: string, contentType: string, bytes: Uint8Array): Promise<void>;
  /** What was put so far. In a dry run: the audio that would be. */
  readonly totals: UploadTotals;
}

export interface UploadTotals {
  readonly objects: number;
  readonly bytes: number;
}

export function createUploader(store: ObjectStore, options: { readonly dryRun: boolean }): Uploader {
  let objects = 0;
  let bytes = 0;
  const running = new Map<string, Promise<void>>();
  /** In a dry run nothing appears in the store, so what was counted must be remembered. */
  const counted = new Set<string>();

  /** @param wanted how large the object is when whole, null when that is not known beforehand. */
  const once = async (key: string, wanted: number | null, put: () => Promise<number>): Promise<void> => {
    const other = running.get(key);
    if (other !== undefined) return other;
    const work = (async () => {
      if (counted.has(key)) return;
      const there = await store.head(key);
      if (there !== null && (wanted === null || there.bytes === wanted)) return;
      if (options.dryRun) counted.add(key);
      // Not `bytes += await put()`: that reads the sum before it waits, and forgets what others add meanwhile.
      const added = await put();
      bytes += added;
      objects += 1;
    })();
    running.set(key, work);
    try {
      await work;
    } finally {
      running.delete(key);
    }
  };

  return {
    ensure: (key, contentType, make) =>
      // What would have to be made first cannot be counted without making it.
      options.dryRun
        ? Promise.resolve()
        : once(key, null, async () => (await store.put(key, await make(), { contentType })).bytes),
    ensureFile: (key, contentType, path, fileBytes, verify) =>
      once(key, fileBytes, async () => {
        if (options.dryRun) return fileBytes;
        await store.putFile(key, path, { contentType });
        try {
          await verify?.();
        } catch (error) {
          await store.delete([key]);
          throw error;
        }
        return fileBytes;
      }),
    replace: async (key, contentType, content) => {
      if (options.dryRun) return;
      await store.put(key, content, { contentType });
      bytes += content.byteLength;
      objects += 1;
    },
    get totals() {
      return { objects, bytes };
    },
  };
}
