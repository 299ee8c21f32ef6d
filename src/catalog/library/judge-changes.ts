/**
 * Whether operations that a device sent may go into a document as it stands: all of them, or none. Pure; asked anew whenever
 * the document has moved on.
 */
import { assertNever } from '../../core/playback/assert-never.ts';
import type { DocumentKind } from '../../core/library/documents.ts';
import type {
  OperationOf,
  PlaylistOperation,
  SavedOperation,
  ShelfOperation,
} from '../../core/library/operations.ts';
import { roleIn } from '../../core/library/playlist-view.ts';
import { mayApply } from '../../core/library/roles.ts';
import { MOST_AHEAD_MS, wallMsOf } from '../../core/library/stamp.ts';
import {
  MOST_MEMBERS,
  MOST_PLAYLIST_ITEMS,
  MOST_SAVED,
  MOST_SHELF_ENTRIES,
} from '../../contract/library-http.ts';
import { isHeadOperation, type DocumentState } from './document-state.ts';

/** By which the service itself writes; no device may have it. */
export const SERVICE_DEVICE = 'service000';
/** Of one document: every one is remembered for good. */
const MOST_DEVICES = 2000;
/** Several times what the largest library takes: removals of what never was are remembered too. */
const MOST_DOCUMENT_BYTES = 64 * 1024 ** 2;

export interface Asker {
  readonly userId: string;
  readonly device: string;
}

export type Refusal = 'forbidden' | 'not_found' | 'clock_ahead' | 'device_taken' | 'too_large';
export type Judgement<Kind extends DocumentKind> =
  | { readonly is: 'good'; readonly operations: readonly OperationOf[Kind][] }
  /** All of them are in the document. */
  | { readonly is: 'known' }
  | { readonly is: 'refused'; readonly why: Refusal };

const refused = (why: Refusal) => ({ is: 'refused', why }) as const;

/** Those that the document does not have. A device's operations come in the order of their stamps. */
const news = <Kind extends DocumentKind>(
  state: DocumentState<Kind>,
  device: string,
  operations: readonly OperationOf[Kind][],
): readonly OperationOf[Kind][] => {
  const last = state.replica.seen()[device] ?? '';
  return operations.filter(({ stamp }) => stamp > last);
};

const refusalOfAll = (
  state: DocumentState<DocumentKind>,
  asker: Asker,
  operations: readonly OperationOf[DocumentKind][],
  nowMs: number,
): Refusal | null => {
  const { userId, device } = asker;
  if (device === SERVICE_DEVICE || (state.devices.get(device) ?? userId) !== userId) return 'device_taken';
  if (operations.some(({ stamp }) => wallMsOf(stamp) > nowMs + MOST_AHEAD_MS)) return 'clock_ahead';
  const { bytes, snapshotBytes } = state.sinceSnapshot();
  if (bytes + snapshotBytes > MOST_DOCUMENT_BYTES) return 'too_large';
  if (!state.devices.has(device) && state.devices.size >= MOST_DEVICES) return 'too_large';
  return null;
};

/** By how much a set grows: what is there already is not counted again. */
const createGrowth = (isThere: (key: string) => boolean) => {
  const changed = new Map<string, boolean>();
  let growth = 0;
  const set = (key: string, wanted: boolean): void => {
    const before = changed.get(key) ?? isThere(key);
    if (before !== wanted) growth += wanted ? 1 : -1;
    changed.set(key, wanted);
  };
  return { set, now: () => growth };
};

const isTooLarge = (before: number, growth: number, most: number): boolean =>
  growth > 0 && before + growth > most;

export const judgeSaved = (
  state: DocumentState<'saved'>,
  asker: Asker,
  sent: readonly SavedOperation[],
  nowMs: number,
): Judgement<'saved'> => {
  const operations = news(state, asker.device, sent);
  if (operations.length === 0) return { is: 'known' };
  const refusal = refusalOfAll(state, asker, operations, nowMs);
  if (refusal !== null) return refused(refusal);
  const { replica } = state;
  const sets = {
    track: createGrowth((id) => replica.savedAtMs('track', id) !== null),
    album: createGrowth((id) => replica.savedAtMs('album', id) !== null),
    artist: createGrowth((id) => replica.savedAtMs('artist', id) !== null),
  };
  for (const { type, kind, items } of operations)
    for (const { id } of items) sets[kind].set(id, type === 'save');
  const count = replica.list('track').length + replica.list('album').length + replica.list('artist').length;
  const growth = sets.track.now() + sets.album.now() + sets.artist.now();
  return isTooLarge(count, growth, MOST_SAVED) ? refused('too_large') : { is: 'good', operations };
};

export const judgeShelf = (
  state: DocumentState<'shelf'>,
  asker: Asker,
  sent: readonly ShelfOperation[],
  nowMs: number,
): Judgement<'shelf'> => {
  const operations = news(state, asker.device, sent);
  if (operations.length === 0) return { is: 'known' };
  const refusal = refusalOfAll(state, asker, operations, nowMs);
  if (refusal !== null) return refused(refusal);
  const { entries } = state.replica.view();
  const keys = new Set<string>(entries.keys());
  const growth = createGrowth((key) => keys.has(key));
  for (const operation of operations)
    if (operation.type === 'put' || operation.type === 'take')
      for (const { key } of operation.entries) growth.set(key, operation.type === 'put');
  return isTooLarge(entries.size, growth.now(), MOST_SHELF_ENTRIES)
    ? refused('too_large')
    : { is: 'good', operations };
};

/** What of a member operation `mayApply` does not say: nobody becomes a member who was never invited. */
const bringsInStranger = (state: DocumentState<'playlist'>, operation: PlaylistOperation): boolean =>
  operation.type === 'member' && operation.role !== null && !state.hasKnown(operation.userId);

export const judgePlaylist = (
  state: DocumentState<'playlist'>,
  asker: Asker,
  sent: readonly PlaylistOperation[],
  nowMs: number,
): Judgement<'playlist'> => {
  const operations = news(state, asker.device, sent);
  if (operations.length === 0) {
    // Who never may write is not told what there is.
    return roleIn(state.standing(), asker.userId) === null ? refused('not_found') : { is: 'known' };
  }
  const refusal = refusalOfAll(state, asker, operations, nowMs);
  if (refusal !== null) return refused(refusal);
  const { replica } = state;
  const head = state.tryHead();
  const growth = createGrowth((itemId) => replica.item(itemId) !== null);
  for (const operation of operations) {
    const role = roleIn(head.current(), asker.userId);
    if (role === null && operation.type !== 'create') return refused('not_found');
    if (!mayApply({ userId: asker.userId, role }, operation) || bringsInStranger(state, operation))
      return refused('forbidden');
    if (isHeadOperation(operation)) {
      head.apply(operation);
      continue;
    }
    switch (operation.type) {
      case 'add':
      case 'remove':
        for (const { itemId } of operation.items) growth.set(itemId, operation.type === 'add');
        break;
      case 'move':
        break;
      default:
        assertNever(operation);
    }
  }
  const before = state.standing().members.length;
  const isOver =
    isTooLarge(replica.view().items.length, growth.now(), MOST_PLAYLIST_ITEMS) ||
    isTooLarge(before, head.current().members.length - before, MOST_MEMBERS);
  return isOver ? refused('too_large') : { is: 'good', operations };
};
