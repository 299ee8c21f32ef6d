/** One document of the library on this computer: its replica, and which of its own operations the service does not have yet. */
import { z } from 'zod';
import { MOST_OPERATIONS } from '../../contract/library-http.ts';
import type { DocumentKind, DocumentName } from '../../core/library/documents.ts';
import type { EditOf } from '../../core/library/edits.ts';
import type { LibraryOperation, OperationOf } from '../../core/library/operations.ts';
import type { Pen, Written } from '../../core/library/replica.ts';
import { replicaInSteps, type ReplicaOf } from '../../core/library/replicas.ts';
import { restamped } from '../../core/library/restamp.ts';
import type { SnapshotOf } from '../../core/library/snapshot.ts';
import type { Stamp, StampClock } from '../../core/library/stamp.ts';
import { finished, oneStep, type Steps } from '../../core/work/steps.ts';
import {
  parsedDocument,
  parsedOperations,
  parsedPage,
  type OwnOperation,
  type StoredDocument,
} from './document-schemas.ts';
import type { JournalChange } from './journal.ts';

/** What becomes of own operations when a document is begun anew from what the service has. */
export interface Anew {
  /** The service will never take them. */
  readonly dropped: ReadonlySet<Stamp>;
  /** Set: those that it has not taken are stamped anew. */
  readonly clock: Pick<StampClock, 'next'> | null;
}

/** What the service has of a document after what is known here, page by page, and then taken over whole. */
export interface DocumentReading {
  /** Known so far: the next page is asked for after it. */
  revision(): number;
  /** Whether there is more. Throws a `ZodError` for an answer that is not what was agreed. */
  page(body: unknown): Steps<boolean>;
  /** What there is to write down before it is taken over; null: the document is to be written whole after it. */
  journal(): JournalChange | null;
  /** Whether anything is shown differently now. Until it is done, nothing else is done to the document. */
  takeOver(): Steps<boolean>;
}

/** What whoever treats all kinds alike needs of it. */
export interface SyncedDocument {
  readonly name: DocumentName;
  readonly kind: DocumentKind;
  /** Of the service's log, as far as it is known here; 0: nothing of it. */
  revision(): number;
  /** How many own operations the service has not taken. */
  waiting(): number;
  /** The first of them, in their order. */
  nextToSend(): readonly LibraryOperation[];
  /** The service has own operations up to that stamp, with that revision. */
  taken(through: Stamp, revision: number): void;
  reading(anew: Anew | null): DocumentReading;
  /** Carries out what was written down before. False: it is not what was agreed, and left out. */
  replay(change: JournalChange): Steps<boolean>;
  /** For the disk. Until it is done, nothing else is done to the document. */
  stored(): Steps<unknown>;
  /** The highest stamp that it knows of. */
  stamps(): readonly Stamp[];
}

export interface LibraryDocument<Kind extends DocumentKind> extends SyncedDocument {
  readonly kind: Kind;
  /** Another one after the document was begun anew. */
  replica(): ReplicaOf<Kind>;
  /** Applies them; they are own operations only once `wrote` was told. */
  write(edits: readonly EditOf[Kind][], pen: Pen): Written<Kind>;
  wrote(operations: readonly OperationOf[Kind][]): void;
}

interface DocumentOptions<Kind extends DocumentKind> {
  readonly kind: Kind;
  readonly name: DocumentName;
  /** False: nobody is told of own operations, so none is held. */
  readonly isSynced: boolean;
}

/** Nothing yet. */
export const newLibraryDocument = <Kind extends DocumentKind>(
  options: DocumentOptions<Kind>,
): LibraryDocument<Kind> =>
  createLibraryDocument(options, null, finished(replicaInSteps(options.kind, null)));

/** As it was stored. Throws a `ZodError` for what is none. */
export function* storedLibraryDocument<Kind extends DocumentKind>(
  options: DocumentOptions<Kind>,
  stored: unknown,
): Steps<LibraryDocument<Kind>> {
  const begun = yield* parsedDocument(options.kind, stored);
  return createLibraryDocument(options, begun, yield* replicaInSteps(options.kind, begun.snapshot));
}

const createLibraryDocument = <Kind extends DocumentKind>(
  { kind, name, isSynced }: DocumentOptions<Kind>,
  begun: StoredDocument<Kind> | null,
  first: ReplicaOf<Kind>,
): LibraryDocument<Kind> => {
  let replica = first;
  let revision = begun?.revision ?? 0;
  let own: readonly OwnOperation<Kind>[] = begun?.own ?? [];

  /** Own operations are held until they have been read back: a snapshot from before them may still come. */
  const readUpTo = (read: number): void => {
    revision = Math.max(revision, read);
    own = own.filter(({ taken }) => taken === null || taken > revision);
  };
  const wrote = (written: readonly OperationOf[Kind][]): void => {
    if (isSynced) own = [...own, ...written.map((operation) => ({ operation, taken: null }))];
  };
  const taken = (through: Stamp, takenRevision: number): void => {
    own = own.map((each) =>
      each.taken === null && each.operation.stamp <= through ? { ...each, taken: takenRevision } : each,
    );
    readUpTo(0);
  };

  /** Whether anything is shown differently. */
  function* applied(to: ReplicaOf<Kind>, operations: readonly OperationOf[Kind][]): Steps<boolean> {
    let isChanged = false;
    for (const operation of operations)
      isChanged = (yield* oneStep(() => to.apply([operation]))) || isChanged;
    return isChanged;
  }

  const keptAfter = ({ dropped, clock }: Anew): readonly OwnOperation<Kind>[] => {
    const kept = own.filter(({ operation }) => !dropped.has(operation.stamp));
    if (clock === null) return kept;
    const waiting = kept.filter((each) => each.taken === null).map(({ operation }) => operation);
    return [
      ...kept.filter((each) => each.taken !== null),
      ...restamped(waiting, clock).map((operation) => ({ operation, taken: null })),
    ];
  };

  return {
    kind,
    name,
    replica: () => replica,
    revision: () => revision,
    waiting: () => own.reduce((count, each) => (each.taken === null ? count + 1 : count), 0),
    nextToSend: () =>
      own
        .filter((each) => each.taken === null)
        .slice(0, MOST_OPERATIONS)
        .map(({ operation }) => operation),
    taken,
    write: (edits, pen) => replica.change(edits, pen),
    wrote,

    reading(anew) {
      let snapshot: SnapshotOf[Kind] | null = null;
      let isWhole = anew !== null;
      let read: OperationOf[Kind][] = [];
      let known = anew === null ? revision : 0;
      return {
        revision: () => known,
        *page(body) {
          const page = yield* parsedPage(kind, name, body);
          if (page.snapshot !== null) {
            snapshot = page.snapshot;
            isWhole = true;
            read = [];
          }
          read.push(...page.operations);
          known = page.revision;
          return page.more;
        },
        journal: () => (isWhole ? null : { kind: 'read', document: name, operations: read, revision: known }),
        *takeOver() {
          if (!isWhole) {
            readUpTo(known);
            return yield* applied(replica, read);
          }
          const fresh = yield* replicaInSteps(kind, snapshot);
          yield* applied(fresh, read);
          const kept = keptAfter(anew ?? { dropped: new Set(), clock: null });
          yield* applied(
            fresh,
            kept.map(({ operation }) => operation),
          );
          revision = known;
          own = kept;
          readUpTo(known);
          replica = fresh;
          return true;
        },
      };
    },

    *replay(change) {
      if (change.kind === 'taken') {
        taken(change.through, change.revision);
        return true;
      }
      if (change.kind === 'gone') return true;
      let operations: readonly OperationOf[Kind][];
      try {
        operations = yield* parsedOperations(kind, change.operations);
      } catch (error) {
        if (!(error instanceof z.ZodError)) throw error;
        return false;
      }
      yield* applied(replica, operations);
      if (change.kind === 'own') wrote(operations);
      else readUpTo(change.revision);
      return true;
    },

    *stored(): Steps<StoredDocument<Kind>> {
      return { revision, snapshot: yield* replica.snapshotInSteps(), own };
    },
    stamps: () => Object.values(replica.seen()),
  };
};
