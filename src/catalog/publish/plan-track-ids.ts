import type { TrackRecord } from '../segments/catalog-records.ts';
import { compareTexts } from './clean-text.ts';
import { freeTrackId } from './ids.ts';
import type { LibraryState } from './library-state.ts';
import type { TrackFacts } from './track-facts.ts';

/** Which track of the catalog a file is. */
export interface TrackIdentity {
  readonly id: string;
  /** The record this file had, under this path or, when it was moved, under another; null for a new track. */
  readonly previous: TrackRecord | null;
}

/**
 * Gives every file its track's id. It keeps the one it had (1) under the same path, (2) when the same bytes lay under a
 * path that is gone: a moved file. Otherwise the id follows from album, disc, number and title, so that audio replaced
 * under another name keeps it, too.
 *
 * @param presentPaths all paths in the folder, also of files that were not read.
 */
export function assignTrackIds(
  library: string,
  facts: readonly TrackFacts[],
  previous: LibraryState,
  presentPaths: ReadonlySet<string>,
): ReadonlyMap<TrackFacts, TrackIdentity> {
  const identities = new Map<TrackFacts, TrackIdentity>();
  const taken = new Set<string>();
  const take = (fact: TrackFacts, id: string, record: TrackRecord | null): void => {
    identities.set(fact, { id, previous: record });
    taken.add(id);
  };
  const byPath = new Map<string, TrackRecord>();
  const goneByHash = new Map<string, TrackRecord[]>();
  for (const record of previous.tracks.values()) {
    byPath.set(record.source.path, record);
    if (presentPaths.has(record.source.path)) {
      taken.add(record.id);
      continue;
    }
    const alike = goneByHash.get(record.source.sha256);
    if (alike === undefined) goneByHash.set(record.source.sha256, [record]);
    else alike.push(record);
  }
  for (const alike of goneByHash.values()) {
    alike.sort((left, right) => compareTexts(right.source.path, left.source.path));
  }

  const inOrder = [...facts].sort((left, right) => compareTexts(left.source.path, right.source.path));
  for (const fact of inOrder) {
    const record = byPath.get(fact.source.path);
    if (record !== undefined) take(fact, record.id, record);
  }
  for (const fact of inOrder) {
    if (identities.has(fact)) continue;
    const moved = goneByHash.get(fact.source.sha256)?.pop();
    if (moved !== undefined) take(fact, moved.id, moved);
  }
  for (const fact of inOrder) {
    if (identities.has(fact)) continue;
    const id = freeTrackId(library, fact.tags, (candidate) => taken.has(candidate));
    take(fact, id, previous.tracks.get(id) ?? null);
  }
  return identities;
}
