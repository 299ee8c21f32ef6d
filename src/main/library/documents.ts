/** Every document of the library by its name, as read from the disk. */
import {
  kindOf,
  playlistDocument,
  playlistIdOf,
  type DocumentKind,
  type DocumentName,
} from '../../core/library/documents.ts';
import type { Stamp } from '../../core/library/stamp.ts';
import type { Steps } from '../../core/work/steps.ts';
import type { Log } from '../ports.ts';
import type { JournalChange } from './journal.ts';
import {
  newLibraryDocument,
  storedLibraryDocument,
  type LibraryDocument,
  type SyncedDocument,
} from './library-document.ts';
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
  /** Everything anew from what the disk has; until that is read, everything stays as it is. */
  load(written: WrittenLibrary): Steps<void>;
  /** The highest stamps that any of them knows of. */
  stamps(): readonly Stamp[];
}

interface Held {
  readonly saved: LibraryDocument<'saved'>;
  readonly shelf: LibraryDocument<'shelf'>;
  readonly playlists: Map<string, LibraryDocument<'playlist'>>;
}

export const createDocuments = (options: { readonly isSynced: boolean; readonly log: Log }): Documents => {
  const { isSynced, log } = options;
  const begun = <Kind extends DocumentKind>(kind: Kind, name: DocumentName): LibraryDocument<Kind> =>
    newLibraryDocument({ kind, name, isSynced });
  function* read<Kind extends DocumentKind>(
    kind: Kind,
    name: DocumentName,
    stored: unknown,
  ): Steps<LibraryDocument<Kind>> {
    if (stored === null) return begun(kind, name);
    try {
      return yield* storedLibraryDocument({ kind, name, isSynced }, stored);
    } catch (error) {
      log.error('library document is begun anew: it is not what was agreed', { document: name, error });
      return begun(kind, name);
    }
  }
  let held: Held = {
    saved: begun('saved', 'saved'),
    shelf: begun('shelf', 'shelf'),
    playlists: new Map(),
  };

  const playlistIn = ({ playlists }: Held, id: string): LibraryDocument<'playlist'> => {
    const known = playlists.get(id);
    if (known !== undefined) return known;
    const made = begun('playlist', playlistDocument(id));
    playlists.set(id, made);
    return made;
  };
  const find = (name: DocumentName): SyncedDocument | null => {
    const kind = kindOf(name);
    return kind === 'playlist' ? (held.playlists.get(playlistIdOf(name) ?? '') ?? null) : held[kind];
  };
  const openIn = (among: Held, name: DocumentName): SyncedDocument => {
    const kind = kindOf(name);
    return kind === 'playlist' ? playlistIn(among, playlistIdOf(name) ?? '') : among[kind];
  };
  const forgetIn = ({ playlists }: Held, name: DocumentName): void =>
    void playlists.delete(playlistIdOf(name) ?? '');
  const all = (): readonly SyncedDocument[] => [held.saved, held.shelf, ...held.playlists.values()];

  function* replay(among: Held, change: JournalChange): Steps<void> {
    if (change.kind === 'gone') forgetIn(among, change.document);
    else if (!(yield* openIn(among, change.document).replay(change)))
      log.error('library operations left out: they are not what was agreed', { document: change.document });
  }

  return {
    saved: () => held.saved,
    shelf: () => held.shelf,
    playlist: (id) => held.playlists.get(id) ?? null,
    playlists: () => [...held.playlists.values()],
    all,
    find,
    open: (name) => openIn(held, name),
    openPlaylist: (id) => playlistIn(held, id),
    forget: (name) => forgetIn(held, name),
    *load({ documents, entries, broken }) {
      const through = new Map(documents.map((document) => [document.document, document.through]));
      const storedOf = (name: DocumentName): unknown =>
        documents.find(({ document }) => document === name)?.stored ?? null;
      const playlists: Held['playlists'] = new Map();
      for (const { document, stored } of documents) {
        const id = playlistIdOf(document);
        if (id !== null) playlists.set(id, yield* read('playlist', document, stored));
      }
      const loaded: Held = {
        saved: yield* read('saved', 'saved', storedOf('saved')),
        shelf: yield* read('shelf', 'shelf', storedOf('shelf')),
        playlists,
      };
      for (const { number, changes } of entries) {
        for (const change of changes) {
          if (number <= (through.get(change.document) ?? 0)) continue;
          // What the journal tells of the service's log is not the beginning of it.
          const isPart = change.kind === 'read' && broken.includes(change.document);
          yield* replay(loaded, isPart ? { ...change, revision: 0 } : change);
        }
      }
      held = loaded;
    },
    stamps: () => all().flatMap((document) => document.stamps()),
  };
};
