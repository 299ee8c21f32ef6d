/** Devices of listeners, as the service sees them: each keeps what it wrote until the service says that it is taken. */
import { z } from 'zod';
import type { DocumentKind, DocumentName } from '../../src/core/library/documents.ts';
import { kindOf } from '../../src/core/library/documents.ts';
import type { EditOf } from '../../src/core/library/edits.ts';
import type { LibraryOperation } from '../../src/core/library/operations.ts';
import { NEW_DETAILS } from '../../src/core/library/playlist-view.ts';
import type { Pen } from '../../src/core/library/replica.ts';
import { createReplica, type ReplicaOf } from '../../src/core/library/replicas.ts';
import { createStampClock } from '../../src/core/library/stamp.ts';
import { randomSource } from '../../src/core/playback/random.ts';
import {
  changesRequestSchema,
  type ChangeOutcome,
  type ChangesRequest,
  type DocumentReply,
} from '../../src/contract/library-http.ts';

import {
  playlistOperationSchema,
  savedOperationSchema,
  shelfOperationSchema,
} from '../../src/contract/library-operations-http.ts';

export type Send = (request: ChangesRequest) => Promise<readonly ChangeOutcome[]>;
export type Read = (document: DocumentName, after: number) => Promise<DocumentReply | null>;

let devices = 0;
/** Another for every number below a hundred thousand. */
export const idOf = (kind: string, number: number): string =>
  kind.padEnd(15, '0') + String(number).padStart(5, '0');

export interface Device {
  readonly id: string;
  readonly pen: Pen;
  /** Writes edits to its copy of a document; they wait to be sent. */
  edit<Kind extends DocumentKind>(
    kind: Kind,
    document: DocumentName,
    edits: readonly EditOf[Kind][],
  ): readonly LibraryOperation[];
  /** Sends what waits; what is taken waits no more. */
  send(to: Send): Promise<readonly ChangeOutcome[]>;
  /** Brings its copy of a document up to what the service has. */
  read(from: Read, document: DocumentName): Promise<void>;
  readonly waiting: ReadonlyMap<DocumentName, readonly LibraryOperation[]>;
  saved(): ReplicaOf<'saved'>;
  shelf(): ReplicaOf<'shelf'>;
  playlist(id: string): ReplicaOf<'playlist'>;
}

export const createDevice = (userId: string, nowMs: () => number = Date.now): Device => {
  const id = `dev${(devices++).toString(36).padStart(7, '0')}`;
  let items = 0;
  const pen: Pen = {
    clock: createStampClock({ device: id, now: nowMs, last: null }),
    userId,
    nowMs,
    newId: () => `${id.slice(-4)}${(items++).toString(36).padStart(8, '0')}`,
    random: randomSource(devices),
  };
  const copies: { readonly [Kind in DocumentKind]: Map<DocumentName, ReplicaOf<Kind>> } = {
    saved: new Map(),
    shelf: new Map(),
    playlist: new Map(),
  };
  const revisions = new Map<DocumentName, number>();
  const waiting = new Map<DocumentName, LibraryOperation[]>();

  const copyOf = <Kind extends DocumentKind>(kind: Kind, document: DocumentName): ReplicaOf<Kind> => {
    const map = copies[kind];
    const copy = map.get(document) ?? createReplica(kind, null);
    map.set(document, copy);
    return copy;
  };

  return {
    id,
    pen,
    waiting,
    saved: () => copyOf('saved', 'saved'),
    shelf: () => copyOf('shelf', 'shelf'),
    playlist: (playlistId) => copyOf('playlist', `playlist:${playlistId}`),
    edit(kind, document, edits) {
      const { operations } = copyOf(kind, document).change(edits, pen);
      waiting.set(document, [...(waiting.get(document) ?? []), ...operations]);
      return operations;
    },
    async send(to) {
      const changes = [...waiting].filter(([, operations]) => operations.length > 0);
      if (changes.length === 0) return [];
      const request = changesRequestSchema.parse({
        device: id,
        changes: changes.map(([document, operations]) => ({ document, operations })),
      });
      const outcomes = await to(request);
      for (const { document, outcome } of outcomes) if (outcome === 'taken') waiting.delete(document);
      return outcomes;
    },
    async read(from, document) {
      for (;;) {
        const reply = await from(document, revisions.get(document) ?? 0);
        if (reply === null) throw new Error(`${document} is not there`);
        const { snapshot, operations } = reply;
        if (snapshot?.kind === 'saved') copies.saved.set(document, createReplica('saved', snapshot));
        if (snapshot?.kind === 'shelf') copies.shelf.set(document, createReplica('shelf', snapshot));
        if (snapshot?.kind === 'playlist') copies.playlist.set(document, createReplica('playlist', snapshot));
        const kind = kindOf(document);
        if (kind === 'saved') copyOf(kind, document).apply(z.array(savedOperationSchema).parse(operations));
        if (kind === 'shelf') copyOf(kind, document).apply(z.array(shelfOperationSchema).parse(operations));
        if (kind === 'playlist')
          copyOf(kind, document).apply(z.array(playlistOperationSchema).parse(operations));
        revisions.set(document, reply.revision);
        if (!reply.more) return;
      }
    },
  };
};

/** Edits that make a playlist of so many tracks. */
export const newPlaylist = (
  name: string,
  tracks: number,
  isPublic = false,
): readonly EditOf['playlist'][] => [
  { type: 'create', details: { ...NEW_DETAILS, name, visibility: isPublic ? 'public' : 'private' } },
  {
    type: 'add',
    before: null,
    tracks: Array.from({ length: tracks }, (_, index) => ({ trackId: idOf('track', index) })),
  },
];
export const tracksOf = (replica: ReplicaOf<'playlist'>): readonly string[] =>
  [...replica.view().items].map(({ trackId }) => trackId);
