/**
 * Every library document there is, for reading and writing. What must last is in the store; here is only what was read of it,
 * by revision, for the documents that were used last. Any replica may be killed at any moment, and any number may write.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { DocumentKind } from '../../core/library/documents.ts';
import type { OperationOf } from '../../core/library/operations.ts';
import { createRecent } from '../api/recent.ts';
import { jitterMs } from '../segments/create-revision.ts';
import { StoreError, type ObjectStore } from '../store/object-store.ts';
import { NOBODYS, type Batch, type PlaylistStanding } from './batch.ts';
import { createDocumentLog, type DocumentLog, type Revision } from './document-log.ts';
import { createDocumentState, isHeadOperation, standingOf, type DocumentState } from './document-state.ts';
import type { DocumentRef } from './library-keys.ts';
import { createStateCache, type Held } from './state-cache.ts';

/** What is to become of a document as it stands. */
export type Decision<Kind extends DocumentKind, Answer> =
  | {
      readonly is: 'write';
      readonly by: string;
      readonly device: string;
      readonly operations: readonly OperationOf[Kind][];
    }
  | { readonly is: 'answer'; readonly answer: Answer };

export type WriteResult<Answer> =
  | {
      readonly is: 'written';
      readonly revision: number;
      readonly before: PlaylistStanding;
      readonly after: PlaylistStanding;
    }
  | { readonly is: 'answered'; readonly revision: number; readonly answer: Answer };

export interface Newest {
  /** 0: there is nothing. */
  readonly revision: number;
  readonly standing: PlaylistStanding;
}

/** Every method may reject with a `StoreError`. */
export interface Documents {
  /** As the store has it now; with `withinMs`, as it was at most so long ago. */
  newest(ref: DocumentRef, withinMs?: number): Promise<Newest>;
  /** What another replica tells: at least this revision is there. */
  heard(ref: Pick<DocumentRef, 'folder'>, revision: number): void;
  /** As it is now, for somebody who only looks, and only until they wait for anything. */
  look<Kind extends DocumentKind, Value>(
    ref: DocumentRef<Kind>,
    see: (state: DocumentState<Kind>) => Value,
  ): Promise<Value>;
  /** Batches after a revision, at least so many if there are; `tooOld` when they are not all there any more. */
  batchesAfter<Kind extends DocumentKind>(
    ref: DocumentRef<Kind>,
    revision: number,
    atLeast: number,
  ): Promise<readonly Revision<Kind>[] | 'tooOld'>;
  /**
   * Asks `decide` about the document as it stands, and writes what that says; again, when others were faster. `prepare` is carried out
   * before something is written that changes who is a member.
   */
  write<Kind extends DocumentKind, Answer>(
    ref: DocumentRef<Kind>,
    decide: (state: DocumentState<Kind>) => Decision<Kind, Answer>,
    prepare?: (before: PlaylistStanding, after: PlaylistStanding) => Promise<void>,
  ): Promise<WriteResult<Answer>>;
  /** Removes all that it was. A revision that says so stays. */
  erase(ref: DocumentRef): Promise<void>;
  /** Waits for what runs beside. */
  settle(): Promise<void>;
  readonly counts: { readonly conflicts: number; readonly written: number };
}

export interface DocumentsOptions {
  readonly store: ObjectStore;
  readonly nowMs: () => number;
  /** What failed beside a write that went well. */
  readonly onTrouble: (error: unknown) => void;
}

const MOST_RACES = 100;
/**
 * A writer goes by what it saw at most so long ago, and does not trust a write that took longer: revisions are removed after a day, and
 * one that had slept that long would write into their place.
 */
const TRUSTED_MS = 300_000;
const LONGEST_WRITE_MS = 3_600_000;
const KEPT_MS = 24 * 3_600_000;
/** A snapshot is due when reading what came since takes that many requests, or about as long as reading a snapshot. */
const SNAPSHOT_AFTER = 64;
const SNAPSHOT_AFTER_AT_MOST = 512;
const SMALLER_THAN_SNAPSHOT = 4;
const MOST_NEWEST = 100_000;
const NEWEST_KEPT_MS = 3_600_000;
const MOST_RELOADS = 5;

interface KnownNewest extends Newest {
  readonly atMs: number;
}

export const createDocuments = ({ store, nowMs, onTrouble }: DocumentsOptions): Documents => {
  const states = createStateCache();
  const newestKnown = createRecent<KnownNewest>(MOST_NEWEST, nowMs);
  const beside = new Set<Promise<void>>();
  const counts = { conflicts: 0, written: 0 };

  const runBeside = (work: Promise<void>): void => {
    const running = work.catch(onTrouble).finally(() => beside.delete(running));
    beside.add(running);
  };

  /** A listing that began before a write ends after it: what is newer stays. */
  const noteNewest = (folder: string, newest: Newest): void => {
    if ((newestKnown.get(folder)?.revision ?? 0) > newest.revision) return;
    newestKnown.set(folder, { ...newest, atMs: nowMs() }, NEWEST_KEPT_MS);
  };

  const load = async <Kind extends DocumentKind>(
    ref: DocumentRef<Kind>,
    log: DocumentLog<Kind>,
  ): Promise<DocumentState<Kind>> => {
    for (let attempt = 1; ; attempt++) {
      const start = (await log.isShort(SNAPSHOT_AFTER)) ? null : await log.snapshot();
      const state = createDocumentState(ref.kind, start);
      const revisions = await log.after(state.revision);
      const beginning = revisions.findLastIndex(({ batch }) => batch.isErasure);
      const rest = revisions.slice(Math.max(0, beginning));
      const first = rest[0];
      if (first === undefined || first.batch.isErasure || first.revision === state.revision + 1) {
        for (const revision of rest) state.apply(revision);
        return state;
      }
      // A newer snapshot was written between the two listings, and what it holds was removed.
      if (attempt === MOST_RELOADS)
        throw new StoreError(
          'corrupt',
          `${ref.folder} begins with revision ${first.revision} and has no snapshot of the one before`,
          'A snapshot was removed: restore it.',
        );
    }
  };

  /** Brings what is held to what the store has now. */
  const catchUp = async <Kind extends DocumentKind>(
    ref: DocumentRef<Kind>,
    held: Held<Kind>,
  ): Promise<DocumentState<Kind>> => {
    const log = createDocumentLog(store, ref);
    const atMs = nowMs();
    let state = held.state;
    const revisions = state === null ? [] : await log.after(state.revision);
    const first = revisions[0];
    if (state === null || (first !== undefined && first.revision !== state.revision + 1))
      state = await load(ref, log);
    else for (const revision of revisions) state.apply(revision);
    held.state = state;
    held.seenAtMs = atMs;
    noteNewest(ref.folder, { revision: state.revision, standing: state.standing() });
    states.weigh(ref.folder, state.weight());
    return state;
  };

  const snapshotIfDue = <Kind extends DocumentKind>(
    ref: DocumentRef<Kind>,
    state: DocumentState<Kind>,
  ): void => {
    const { revisions, bytes, snapshotBytes } = state.sinceSnapshot();
    const isDue =
      revisions >= SNAPSHOT_AFTER_AT_MOST ||
      (revisions >= SNAPSHOT_AFTER && bytes * SMALLER_THAN_SNAPSHOT >= snapshotBytes);
    if (!isDue) return;
    const log = createDocumentLog(store, ref);
    const { revision } = state;
    const stored = state.toStored();
    state.snapshotWritten(snapshotBytes);
    const atMs = nowMs();
    runBeside(
      log.writeSnapshot(revision, atMs, stored).then((size) => {
        if (state.revision === revision) state.snapshotWritten(size);
        return log.trim(atMs - KEPT_MS);
      }),
    );
  };

  const appendTo = async <Kind extends DocumentKind>(
    ref: DocumentRef<Kind>,
    held: Held<Kind>,
    state: DocumentState<Kind>,
    batch: Batch<Kind>,
  ): Promise<boolean> => {
    const revision = state.revision + 1;
    const { is, bytes } = await createDocumentLog(store, ref).append(revision, batch);
    if (is === 'lost') {
      counts.conflicts += 1;
      return false;
    }
    if (nowMs() - held.seenAtMs > LONGEST_WRITE_MS) {
      held.state = null;
      throw new StoreError('unreachable', `${ref.folder} was written to too late`, 'Try again.');
    }
    counts.written += 1;
    state.apply({ revision, batch, bytes });
    held.seenAtMs = nowMs();
    noteNewest(ref.folder, { revision, standing: state.standing() });
    states.weigh(ref.folder, state.weight());
    return true;
  };

  const standingAfter = (
    state: DocumentState<DocumentKind>,
    operations: readonly OperationOf[DocumentKind][],
  ): PlaylistStanding => {
    if (!operations.some(isHeadOperation)) return state.standing();
    const head = state.tryHead();
    for (const operation of operations) if (isHeadOperation(operation)) head.apply(operation);
    return standingOf(head);
  };

  const writeNow = async <Kind extends DocumentKind, Answer>(
    ref: DocumentRef<Kind>,
    held: Held<Kind>,
    decide: (state: DocumentState<Kind>) => Decision<Kind, Answer>,
    prepare: (before: PlaylistStanding, after: PlaylistStanding) => Promise<void>,
  ): Promise<WriteResult<Answer>> => {
    let isFresh = false;
    for (let race = 0; race < MOST_RACES; race++) {
      if (race > 0) await wait(jitterMs(race));
      let state = held.state;
      if (state === null || race > 0 || nowMs() - held.seenAtMs > TRUSTED_MS) {
        state = await catchUp(ref, held);
        isFresh = true;
      }
      let decision = decide(state);
      // Nobody is refused for what has changed meanwhile.
      if (decision.is === 'answer' && !isFresh) {
        state = await catchUp(ref, held);
        isFresh = true;
        decision = decide(state);
      }
      if (decision.is === 'answer')
        return { is: 'answered', revision: state.revision, answer: decision.answer };
      const { by, device, operations } = decision;
      const before = state.standing();
      const after = standingAfter(state, operations);
      await prepare(before, after);
      const batch: Batch<Kind> = {
        writeId: randomUUID(),
        atMs: nowMs(),
        by,
        device,
        operations,
        standing: ref.kind === 'playlist' ? after : null,
        isErasure: false,
      };
      if (!(await appendTo(ref, held, state, batch))) continue;
      snapshotIfDue(ref, state);
      return { is: 'written', revision: state.revision, before, after };
    }
    throw new StoreError(
      'unreachable',
      `${ref.folder} was changed by others ${MOST_RACES} times in a row`,
      'Too many write at once: try again.',
    );
  };

  const newest: Documents['newest'] = async (ref, withinMs = 0) => {
    const known = newestKnown.get(ref.folder);
    if (known !== undefined && nowMs() - known.atMs < withinMs) return known;
    const log = createDocumentLog(store, ref);
    const revision = await log.newest(known === undefined || known.revision === 0 ? null : known.revision);
    if (known?.revision === revision) {
      noteNewest(ref.folder, known);
      return known;
    }
    const batch = ref.kind === 'playlist' && revision > 0 ? await log.read(revision) : null;
    const found = { revision, standing: batch?.standing ?? NOBODYS };
    noteNewest(ref.folder, found);
    return found;
  };

  return {
    counts,
    newest,
    heard({ folder }, revision) {
      const known = newestKnown.get(folder);
      // Who is a member is not told: it is read with the next question.
      if (known !== undefined && known.revision < revision)
        newestKnown.set(folder, { ...known, atMs: 0 }, NEWEST_KEPT_MS);
    },
    look: (ref, see) =>
      states.use(ref.folder, async (held: Held<typeof ref.kind>) => see(await catchUp(ref, held))),
    async batchesAfter(ref, revision, atLeast) {
      const found = await createDocumentLog(store, ref).after(revision, atLeast);
      const first = found[0];
      const isWhole =
        (first === undefined || first.revision === revision + 1) &&
        !found.some(({ batch }) => batch.isErasure);
      return isWhole ? found : 'tooOld';
    },
    write: (ref, decide, prepare = async () => undefined) =>
      states.use(ref.folder, (held: Held<typeof ref.kind>) => writeNow(ref, held, decide, prepare)),
    erase: (ref) =>
      states.use(ref.folder, async (held: Held<typeof ref.kind>) => {
        for (let race = 0; race < MOST_RACES; race++) {
          const state = await catchUp(ref, held);
          if (state.revision === 0) return;
          const batch = {
            writeId: randomUUID(),
            atMs: nowMs(),
            by: '',
            device: '',
            operations: [],
            standing: null,
            isErasure: true,
          };
          const revision = state.revision + 1;
          if (!(await appendTo(ref, held, state, batch))) continue;
          await createDocumentLog(store, ref).removeBefore(revision);
          return;
        }
        throw new StoreError('unreachable', `${ref.folder} cannot be erased`, 'Try again.');
      }),
    async settle() {
      await Promise.all(beside);
    },
  };
};
