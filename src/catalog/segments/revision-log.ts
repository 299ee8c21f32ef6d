/** Finds the newest revision of a versioned document by listing, however long its log has become. */
import { StoreError, type ObjectStore } from '../store/object-store.ts';
import { revisionKey, revisionOf } from './keys.ts';

export type ListedStore = Pick<ObjectStore, 'list'>;

export interface RevisionEntry {
  readonly revision: number;
  readonly etag: string;
}

/** One page of an S3 listing. A log is read on to its end up to here; a longer rest is leapt over. */
const READ_ON_AT_MOST = 1000;

const gapIn = (log: string, missing: number): StoreError =>
  new StoreError(
    'corrupt',
    `revision ${missing} of ${log} is missing, and later ones are there`,
    'Revisions are written one after another, so this one was removed or is hidden: restore it before going on.',
  );

/** Entries from a revision on, this one included, in order. Other objects in the log's folder are passed over. */
async function* entriesFrom(
  store: ListedStore,
  log: string,
  firstRevision: number,
): AsyncGenerator<RevisionEntry, void, undefined> {
  // The key before the first one sorts after nothing that matters: revision 0 is never written.
  const after = revisionKey(log, Math.max(0, firstRevision - 1));
  for await (const { key, etag } of store.list(`${log}/`, { after })) {
    const revision = revisionOf(log, key);
    if (revision !== null) yield { revision, etag };
  }
}

const firstFrom = async (
  store: ListedStore,
  log: string,
  firstRevision: number,
): Promise<RevisionEntry | null> => {
  for await (const entry of entriesFrom(store, log, firstRevision)) return entry;
  return null;
};

interface Stretch {
  readonly first: RevisionEntry;
  readonly last: RevisionEntry;
  readonly isWhole: boolean;
}

/** Reads on from a revision. Throws `corrupt` at a gap: what lies behind one can be neither trusted nor ignored. */
const readStretch = async (
  store: ListedStore,
  log: string,
  firstRevision: number,
  atMost: number,
): Promise<Stretch | null> => {
  let first: RevisionEntry | null = null;
  let last: RevisionEntry | null = null;
  let count = 0;
  for await (const entry of entriesFrom(store, log, firstRevision)) {
    if (last !== null && entry.revision !== last.revision + 1) throw gapIn(log, last.revision + 1);
    first ??= entry;
    last = entry;
    if (++count === atMost) return { first, last, isWhole: false };
  }
  return first === null || last === null ? null : { first, last, isWhole: true };
};

/** Doubling steps, then halving ones, each a single listing. Old revisions may have been pruned; that hurts nothing. */
const leapToNewest = async (
  store: ListedStore,
  log: string,
  from: RevisionEntry,
): Promise<RevisionEntry | null> => {
  let low = from.revision;
  let high = Infinity;
  let step = READ_ON_AT_MOST;
  while (high - low > READ_ON_AT_MOST) {
    const target = high === Infinity ? low + step : low + Math.floor((high - low) / 2);
    const found = await firstFrom(store, log, target);
    if (found === null) high = target;
    else low = found.revision;
    step *= 2;
  }
  return (await readStretch(store, log, low, Infinity))?.last ?? null;
};

/**
 * The newest revision, or null when there is none. With a revision that is known to have been there, one listing finds it
 * and what came after. When even that one is gone, the log was taken away or begun anew, and is read from its beginning.
 */
export const newestRevision = async (
  store: ListedStore,
  log: string,
  known: number | null,
): Promise<RevisionEntry | null> => {
  const stretch = await readStretch(store, log, known ?? 1, READ_ON_AT_MOST);
  if (known !== null && stretch?.first.revision !== known) return newestRevision(store, log, null);
  if (stretch === null) return null;
  return stretch.isWhole ? stretch.last : leapToNewest(store, log, stretch.last);
};
