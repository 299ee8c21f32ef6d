/**
 * The service's side of the library, small enough to be told how to go wrong, over real HTTP: it checks and keeps operations by the
 * rules of the contract, in memory. Who asks is named by the token.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  changesRequestSchema,
  libraryPaths,
  type ChangeOutcome,
  type DocumentChange,
} from '../../src/contract/library-http.ts';
import { kindOf, playlistIdOf, type DocumentName } from '../../src/core/library/documents.ts';
import type { LibraryOperation } from '../../src/core/library/operations.ts';
import { createPlaylistReplica, type PlaylistReplica } from '../../src/core/library/playlist.ts';
import { roleIn } from '../../src/core/library/playlist-view.ts';
import { createReplica } from '../../src/core/library/replicas.ts';
import { mayApply } from '../../src/core/library/roles.ts';
import { MOST_AHEAD_MS, wallMsOf } from '../../src/core/library/stamp.ts';
import type { Track } from '../../src/contract/catalog-http.ts';

export interface LibraryStandIn {
  readonly url: string;
  /** How often each path was asked for. */
  asked(path: string): number;
  /** Every operation that it has of a document, of whoever. */
  operations(user: string, document: DocumentName): readonly LibraryOperation[];
  /** What comes next is answered by hanging up: before or after it was done. */
  hangUp(when: 'never' | 'before' | 'after'): void;
  /** What is further behind than this is answered with a snapshot. */
  snapshotsAfter(revisions: number): void;
  /** Answers the next changes to that document so. */
  refuse(document: DocumentName, outcome: 'forbidden' | 'too_large' | 'device_taken'): void;
  setNow(now: () => number): void;
  /** Whether it tells of changes, or says that it cannot. */
  setPush(on: boolean): void;
  /** Writes as another device of that listener. */
  write(user: string, change: DocumentChange): void;
  close(): Promise<void>;
}

interface Log {
  /** One a revision. */
  readonly batches: (readonly LibraryOperation[])[];
  readonly stamps: Set<string>;
}

export const startLibraryStandIn = async (tracks: readonly Track[] = []): Promise<LibraryStandIn> => {
  const logs = new Map<string, Log>();
  const counts = new Map<string, number>();
  const listeners = new Map<ServerResponse, string>();
  const refusals = new Map<DocumentName, 'forbidden' | 'too_large' | 'device_taken'>();
  let hanging: 'never' | 'before' | 'after' = 'never';
  let snapshotAfter = Infinity;
  let now = (): number => Date.now();
  let isPushing = true;

  /** `saved` and `shelf` are each listener's own. */
  const keyOf = (user: string, document: DocumentName): string =>
    playlistIdOf(document) === null ? `${user} ${document}` : document;
  const logOf = (user: string, document: DocumentName): Log | null => logs.get(keyOf(user, document)) ?? null;
  const playlistOf = (document: DocumentName): PlaylistReplica => {
    const replica = createPlaylistReplica();
    for (const batch of logs.get(document)?.batches ?? [])
      replica.apply(batch as Parameters<PlaylistReplica['apply']>[0]);
    return replica;
  };
  const isTheirs = (user: string, document: DocumentName): boolean => {
    if (playlistIdOf(document) === null) return true;
    if (!logs.has(document)) return false;
    const view = playlistOf(document).view();
    const role = roleIn(view, user);
    return role !== null && role !== 'visitor' && !view.isDeleted;
  };
  const tell = (document: DocumentName): void => {
    for (const [response, user] of listeners) {
      const log = logOf(user, document);
      if (log === null) continue;
      const revision = isTheirs(user, document) ? log.batches.length : null;
      response.write(`event: document\ndata: ${JSON.stringify({ document, revision })}\n\n`);
    }
  };

  const outcomeOf = (user: string, change: DocumentChange): ChangeOutcome => {
    const { document } = change;
    const refusal = refusals.get(document);
    if (refusal !== undefined) {
      refusals.delete(document);
      return { document, outcome: refusal };
    }
    if (change.operations.some(({ stamp }) => wallMsOf(stamp) > now() + MOST_AHEAD_MS))
      return { document, outcome: 'clock_ahead', now: new Date(now()).toISOString() };
    if (kindOf(document) === 'playlist') {
      const replica = playlistOf(document);
      for (const operation of change.operations as Parameters<PlaylistReplica['apply']>[0]) {
        const isKnown = logOf(user, document)?.stamps.has(operation.stamp) === true;
        const role = roleIn(replica.view(), user);
        if (!isKnown && role === null && operation.type !== 'create')
          return { document, outcome: 'not_found' };
        if (!isKnown && !mayApply({ userId: user, role }, operation))
          return { document, outcome: 'forbidden' };
        replica.apply([operation]);
      }
    }
    const log = logOf(user, document) ?? { batches: [], stamps: new Set() };
    logs.set(keyOf(user, document), log);
    const added = change.operations.filter(({ stamp }) => !log.stamps.has(stamp));
    for (const { stamp } of added) log.stamps.add(stamp);
    if (added.length > 0) {
      log.batches.push(added);
      tell(document);
    }
    return { document, outcome: 'taken', revision: log.batches.length };
  };
  const documentReply = (user: string, document: DocumentName, after: number): unknown => {
    const log = logOf(user, document);
    const batches = log?.batches ?? [];
    if (batches.length - after > snapshotAfter) {
      const half = after + Math.ceil((batches.length - after) / 2);
      const replica = createReplica(kindOf(document), null);
      replica.apply(batches.slice(0, half).flat() as never);
      return {
        document,
        snapshot: replica.snapshot(),
        operations: batches.slice(half).flat(),
        revision: batches.length,
        more: false,
      };
    }
    // Two revisions a page, so that paging is used.
    const page = batches.slice(after, after + 2);
    return {
      document,
      snapshot: null,
      operations: page.flat(),
      revision: after + page.length,
      more: after + page.length < batches.length,
    };
  };
  const documentsOf = (user: string) =>
    [...logs.keys()]
      .map((key) =>
        key.startsWith('playlist:') ? key : key.startsWith(`${user} `) ? key.slice(user.length + 1) : null,
      )
      .filter((name): name is DocumentName => name !== null)
      .filter((name) => isTheirs(user, name))
      .map((document) => ({ document, revision: logOf(user, document)?.batches.length ?? 0 }));

  const answer = (user: string, incoming: IncomingMessage, body: string): unknown => {
    const url = new URL(incoming.url ?? '/', 'http://service');
    if (url.pathname === libraryPaths.documents) return { documents: documentsOf(user) };
    if (url.pathname === libraryPaths.changes) {
      const { changes } = changesRequestSchema.parse(JSON.parse(body));
      return { outcomes: changes.map((change) => outcomeOf(user, change)) };
    }
    if (url.pathname === '/v1/tracks') {
      const ids = url.searchParams.get('ids')?.split(',') ?? [];
      const items = tracks.filter(({ id }) => ids.includes(id));
      return { items, nextCursor: null, total: items.length };
    }
    const name = decodeURIComponent(url.pathname.slice('/v1/library/documents/'.length)) as DocumentName;
    if (url.pathname.startsWith('/v1/library/documents/') && isTheirs(user, name))
      return documentReply(user, name, Number(url.searchParams.get('after')));
    return null;
  };

  const server = createServer(async (incoming, outgoing) => {
    const path = new URL(incoming.url ?? '/', 'http://service').pathname;
    counts.set(path, (counts.get(path) ?? 0) + 1);
    const user = incoming.headers.authorization?.replace('Bearer ', '') ?? '';
    let body = '';
    for await (const piece of incoming) body += String(piece);
    if (hanging === 'before') {
      outgoing.destroy();
      return;
    }
    if (path === libraryPaths.events && isPushing) {
      outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
      outgoing.write(': here\n\n');
      for (const event of documentsOf(user))
        outgoing.write(`event: document\ndata: ${JSON.stringify(event)}\n\n`);
      listeners.set(outgoing, user);
      outgoing.on('close', () => listeners.delete(outgoing));
      return;
    }
    const reply = answer(user, incoming, body);
    if (hanging === 'after' && path === libraryPaths.changes) {
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(reply === null ? 404 : 200, { 'content-type': 'application/json' });
    outgoing.end(JSON.stringify(reply));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: (path) => counts.get(path) ?? 0,
    operations: (user, document) => logOf(user, document)?.batches.flat() ?? [],
    hangUp(when) {
      hanging = when;
      // Whoever has no answers hears nothing, either.
      if (when === 'before') for (const response of listeners.keys()) response.destroy();
    },
    snapshotsAfter: (revisions) => {
      snapshotAfter = revisions;
    },
    refuse: (document, outcome) => refusals.set(document, outcome),
    setNow: (value) => {
      now = value;
    },
    setPush: (on) => {
      isPushing = on;
      if (!on) for (const response of listeners.keys()) response.destroy();
    },
    write: (user, change) => void outcomeOf(user, change),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
