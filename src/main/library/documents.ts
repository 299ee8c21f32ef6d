/** Every document of the library by its name, as read from the disk. */
import { kindOf, playlistDocument, playlistIdOf, type DocumentName } from '../../core/library/documents.ts';
import type { Stamp } from '../../core/library/stamp.ts';
import type { Log } from '../ports.ts';
import type { JournalChange } from './journal.ts';
import { createLibraryDocument, type LibraryDocument, type SyncedDocument } from './library-document.ts';
import type { WrittenLibrary } from './library-files.ts';

export interface Documents {
  saved(): LibraryDocument<'saved'>;
  shelf(): LibraryDocument<'shelf'>;
  /** Null: there is none here. */
  playlist(id: string): LibraryDocument<'playlist'> | null;
  playlists(): readonly LibraryDocument<'playlist'>[];
  all(): readonly SyncedDocument[];
  find(name: DocumentName): SyncedDocument | null;
  /** The document, which is made if there is none. */
  open(name: DocumentName): SyncedDocument;
  openPlaylist(id: string): LibraryDocument<'playlist'>;
  /** Forgets a playlist. */
  forget(name: DocumentName): void;
  /** Everything anew from what the disk has. */
  load(written: WrittenLibrary): void;
  /** The highest stamps that any of them knows of. */
  stamps(): readonly Stamp[];
}

export const createDocuments = (options: { readonly isSynced: boolean; readonly log: Log }): Documents => {
  const { isSynced, log } = options;
  const begun = <Kind extends 'saved' | 'shelf' | 'playlist'>(
    kind: Kind,
    name: DocumentName,
    stored: unknown,
  ): LibraryDocument<Kind> => {
    try {
      return createLibraryDocument({ kind, name, isSynced, stored });
    } catch (error) {
      log.error('library document is begun anew: it is not what was agreed', { document: name, error });
      return createLibraryDocument({ kind, name, isSynced, stored: null });
    }
  };
  let saved = begun('saved', 'saved', null);
  let shelf = begun('shelf', 'shelf', null);
  let playlists = new Map<string, LibraryDocument<'playlist'>>();

  const openPlaylist = (id: string): LibraryDocument<'playlist'> => {
    const known = playlists.get(id);
    if (known !== undefined) return known;
    const made = begun('playlist', playlistDocument(id), null);
    playlists.set(id, made);
    return made;
  };
  const find = (name: DocumentName): SyncedDocument | null => {
    switch (kindOf(name)) {
      case 'saved':
        return saved;
      case 'shelf':
        return shelf;
      case 'playlist':
        return playlists.get(playlistIdOf(name) ?? '') ?? null;
    }
  };
  const open = (name: DocumentName): SyncedDocument => find(name) ?? openPlaylist(playlistIdOf(name) ?? '');
  const forget = (name: DocumentName): void => void playlists.delete(playlistIdOf(name) ?? '');
  const all = (): readonly SyncedDocument[] => [saved, shelf, ...playlists.values()];

  const replay = (change: JournalChange): void => {
    if (change.kind === 'gone') forget(change.document);
    else if (!open(change.document).replay(change))
      log.error('library operations left out: they are not what was agreed', { document: change.document });
  };

  return {
    saved: () => saved,
    shelf: () => shelf,
    playlist: (id) => playlists.get(id) ?? null,
    playlists: () => [...playlists.values()],
    all,
    find,
    open,
    openPlaylist,
    forget,
    load({ documents, entries, broken }) {
      const through = new Map(documents.map((document) => [document.document, document.through]));
      const storedOf = (name: DocumentName): unknown =>
        documents.find(({ document }) => document === name)?.stored ?? null;
      saved = begun('saved', 'saved', storedOf('saved'));
      shelf = begun('shelf', 'shelf', storedOf('shelf'));
      playlists = new Map(
        documents.flatMap(({ document, stored }) => {
          const id = playlistIdOf(document);
          return id === null ? [] : [[id, begun('playlist', document, stored)] as const];
        }),
      );
      for (const { number, changes } of entries) {
        for (const change of changes) {
          if (number <= (through.get(change.document) ?? 0)) continue;
          // What the journal tells of the service's log is not the beginning of it.
          const isPart = change.kind === 'read' && broken.includes(change.document);
          replay(isPart ? { ...change, revision: 0 } : change);
        }
      }
    },
    stamps: () => all().flatMap((document) => document.stamps()),
  };
};
