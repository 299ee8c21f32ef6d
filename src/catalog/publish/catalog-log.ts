import { createManifestLog } from '../segments/manifest-log.ts';
import { readSegment, writeSegment } from '../segments/segment-store.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { CatalogLog } from './commit-records.ts';

/** The catalog's log in a store. */
export function createCatalogLog(store: ObjectStore): CatalogLog {
  const manifests = createManifestLog(store);
  return {
    latest: () => manifests.latest(),
    append: (segments) => manifests.append(segments),
    read: (segment) => readSegment(store, segment),
    write: (records, library) => writeSegment(store, library, records),
  };
}
