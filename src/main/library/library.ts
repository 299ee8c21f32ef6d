/**
 * Owns a listener's library on this computer: documents in memory, journal and files on the disk. A change is applied, written
 * down and only then answered; what the service has is merged in the same way. Changes happen one after the other.
 */
import type { DocumentKind, DocumentName } from '../../core/library/documents.ts';
import type { Pen, Written } from '../../core/library/replica.ts';
import { randomSource } from '../../core/playback/random.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { createSequence } from '../../core/work/sequence.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { Undoable } from '../../contract/library.ts';
import { inSlices } from '../in-slices.ts';
import type { Log } from '../ports.ts';
import type { Device } from './device.ts';
import { createDocuments, type Documents } from './documents.ts';
import type { JournalChange } from './journal.ts';
import type { LibraryEdit } from './library-edit.ts';
import type { DocumentReading, LibraryDocument, SyncedDocument } from './library-document.ts';
import type { LibraryFiles } from './library-files.ts';
import { checkPlaylistEdits, checkSavedEdits, checkShelfEdits } from './may-edit.ts';
import { newItemId } from './random-ids.ts';
import { createUndoTokens } from './undo-tokens.ts';

/** What the listener sees of it, and what is done to it by hand. */
export interface Library {
  /** As they stand; read them anew after every change. */
  readonly documents: Pick<
    Documents,
    'saved' | 'shelf' | 'playlist' | 'playlists' | 'all' | 'find' | 'stamps'
  >;
  /** Grows with every change of anything. */
  revision(): number;
  /**
   * Edits to several documents as one change, on the disk when it resolves. Rejects with `forbidden` and `limit_reached` before
   * anything is changed, with `storage_failed` when it could not be written; then nothing has changed.
   */
  change(edits: readonly LibraryEdit[]): Promise<Undoable>;
  undo(token: string): Promise<Undoable>;
  /** What is shown of things in it may be another now (their titles have become known). */
  touched(): void;
  // For whoever sends and reads.
  taken(
    changes: readonly {
      readonly document: DocumentName;
      readonly through: string;
      readonly revision: number;
    }[],
  ): Promise<void>;
  /** The document of that name, begun with nothing if there is none. */
  open(name: DocumentName): SyncedDocument;
  take(document: SyncedDocument, reading: DocumentReading): Promise<void>;
  /** A playlist is not here any more, if that is still so when it is its turn. */
  forget(name: DocumentName, isSo: () => boolean): Promise<void>;
  /** Resolves when nothing is written any more. */
  settled(): Promise<void>;
}

export const openLibrary = async (options: {
  readonly files: LibraryFiles;
  readonly device: Device;
  readonly userId: string;
  /** False: nobody else has this library, and nothing is held for sending. */
  readonly isSynced: boolean;
  /** Something is shown differently, or there is more or less to send. */
  readonly onChange: (what: 'shown' | 'to_send') => void;
  readonly log: Log;
}): Promise<Library> => {
  const { files, device, userId, isSynced, onChange, log } = options;
  const documents = createDocuments({ isSynced, log });
  const undo = createUndoTokens();
  let revision = 1;
  const { inTurn, settled } = createSequence();
  const gone = new Set<DocumentName>();

  const load = async (): Promise<readonly DocumentName[]> => {
    const written = await files.read();
    await inSlices(documents.load(written));
    for (const stamp of documents.stamps()) device.clock.observe(stamp);
    return written.broken;
  };
  const pen: Pen = {
    clock: device.clock,
    userId,
    nowMs: device.nowMs,
    newId: newItemId,
    random: randomSource(Math.floor(Math.random() * 2 ** 32)),
  };

  const shown = (): void => {
    revision += 1;
    onChange('shown');
  };
  const compact = async (): Promise<void> => {
    await files.compact(
      documents.all().map((document) => ({
        name: document.name,
        stored: () => inSlices(document.stored()),
      })),
      [...gone].filter((name) => documents.find(name) === null),
    );
    gone.clear();
  };
  /** The journal is short again; when that fails it grows on, and nothing is lost. */
  const compactWhenLong = async (): Promise<void> => {
    if (!files.isLong()) return;
    try {
      await compact();
    } catch (error) {
      log.warn('library journal could not be shortened', { error });
    }
  };
  const writeDown = async (changes: readonly JournalChange[]): Promise<void> => {
    try {
      await files.append(changes);
    } catch (error) {
      // What is in memory was not confirmed: the disk says what is.
      await load().catch((failure: unknown) => log.error('library cannot be read', { error: failure }));
      shown();
      throw error;
    }
  };

  interface Change {
    readonly journal: JournalChange;
    readonly undo: LibraryEdit | null;
    keep(): void;
  }
  const changeOf = <Kind extends DocumentKind>(
    document: LibraryDocument<Kind>,
    { operations }: Written<Kind>,
    undoing: LibraryEdit,
  ): readonly Change[] =>
    operations.length === 0
      ? []
      : [
          {
            journal: { kind: 'own', document: document.name, operations },
            undo: undoing.edits.length === 0 ? null : undoing,
            keep: () => document.wrote(operations),
          },
        ];
  const check = (edit: LibraryEdit): void => {
    switch (edit.kind) {
      case 'saved':
        return checkSavedEdits(documents.saved().replica(), edit.edits);
      case 'shelf':
        return checkShelfEdits(documents.shelf().replica(), edit.edits);
      case 'playlist': {
        const known = documents.playlist(edit.id);
        if (known === null && edit.edits[0]?.type !== 'create')
          throw new HostFailure('not_found', `there is no playlist ${edit.id}`);
        return checkPlaylistEdits(documents.openPlaylist(edit.id).replica().view(), edit.edits, userId);
      }
      default:
        return assertNever(edit);
    }
  };
  const write = (edit: LibraryEdit): readonly Change[] => {
    switch (edit.kind) {
      case 'saved': {
        const document = documents.saved();
        const written = document.write(edit.edits, pen);
        return changeOf(document, written, { kind: 'saved', edits: written.undo });
      }
      case 'shelf': {
        const document = documents.shelf();
        const written = document.write(edit.edits, pen);
        return changeOf(document, written, { kind: 'shelf', edits: written.undo });
      }
      case 'playlist': {
        const document = documents.openPlaylist(edit.id);
        const written = document.write(edit.edits, pen);
        return changeOf(document, written, { kind: 'playlist', id: edit.id, edits: written.undo });
      }
      default:
        return assertNever(edit);
    }
  };
  const changeNow = async (edits: readonly LibraryEdit[]): Promise<Undoable> => {
    for (const edit of edits) check(edit);
    const changes = edits.flatMap(write);
    if (changes.length === 0) return { undo: null };
    await writeDown(changes.map(({ journal }) => journal));
    for (const change of changes) change.keep();
    shown();
    onChange('to_send');
    await compactWhenLong();
    return { undo: undo.keep(changes.flatMap((change) => change.undo ?? []).toReversed()) };
  };

  const broken = await load();
  // Nobody takes the deletion of a playlist back any more once the app has quit.
  for (const playlist of documents.playlists()) {
    if (!playlist.replica().view().isDeleted || playlist.waiting() > 0) continue;
    documents.forget(playlist.name);
    gone.add(playlist.name);
  }
  if (broken.length > 0 || gone.size > 0) await compact();

  return {
    documents,
    revision: () => revision,
    change: (edits) => inTurn(() => changeNow(edits)),
    undo: (token) =>
      inTurn(async () => {
        const undone = await changeNow(undo.find(token));
        undo.use(token);
        return undone;
      }),
    touched: shown,
    taken: (changes) =>
      inTurn(async () => {
        await writeDown(changes.map((change) => ({ kind: 'taken', ...change })));
        for (const { document, through, revision: takenWith } of changes)
          documents.find(document)?.taken(through, takenWith);
        onChange('to_send');
        await compactWhenLong();
      }),
    open: documents.open,
    take: (document, reading) =>
      inTurn(async () => {
        // It may have been forgotten, or loaded anew, since it was asked for.
        if (documents.find(document.name) !== document) return;
        const journal = reading.journal();
        if (journal !== null) await writeDown([journal]);
        const isChanged = await inSlices(reading.takeOver());
        for (const stamp of document.stamps()) device.clock.observe(stamp);
        if (isChanged) shown();
        onChange('to_send');
        if (journal === null) await files.writeWhole(document.name, await inSlices(document.stored()));
        else await compactWhenLong();
      }),
    forget: (name, isSo) =>
      inTurn(async () => {
        if (documents.find(name) === null || !isSo()) return;
        await writeDown([{ kind: 'gone', document: name }]);
        documents.forget(name);
        gone.add(name);
        shown();
        onChange('to_send');
      }),
    settled,
  };
};
