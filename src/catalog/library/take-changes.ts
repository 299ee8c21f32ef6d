/** What devices send: judged, written, answered change by change. */
import pLimit from 'p-limit';
import { kindOf, playlistIdOf, type DocumentKind, type DocumentName } from '../../core/library/documents.ts';
import type { OperationOf } from '../../core/library/operations.ts';
import {
  MOST_SHELF_ENTRIES,
  type ChangeOutcome,
  type ChangesRequest,
  type DocumentChange,
} from '../../contract/library-http.ts';
import { deviceOf, type Stamp } from '../../core/library/stamp.ts';
import type { DocumentState } from './document-state.ts';
import type { Decision, WriteResult } from './documents.ts';
import {
  judgePlaylist,
  judgeSaved,
  judgeShelf,
  type Asker,
  type Judgement,
  type Refusal,
} from './judge-changes.ts';
import { documentRef, playlistRef, userKeyOf, type DocumentRef } from './library-keys.ts';
import type { LibraryWriter } from './library-writer.ts';
import type { Memberships } from './memberships.ts';

export interface TakeChanges {
  /** Outcomes in the order of the changes. Rejects with a `StoreError`; then some may have been taken, and all may be sent again. */
  take(userId: string, request: ChangesRequest): Promise<readonly ChangeOutcome[]>;
}

const AT_ONCE = 8;

/** Why a request makes no sense; null when it does. */
export const senselessness = ({ device, changes }: ChangesRequest): string | null => {
  for (const { document, operations } of changes) {
    let last: Stamp = '';
    for (const { stamp } of operations) {
      if (deviceOf(stamp) !== device) return `A stamp for ${document} is not of the device that sends it.`;
      if (stamp <= last) return `The operations for ${document} are not in the order of their stamps.`;
      last = stamp;
    }
  }
  return null;
};

/** Which operations belong to which document has been checked with the request. */
interface ChangeOf<Kind extends DocumentKind> {
  readonly document: DocumentName;
  readonly operations: readonly OperationOf[Kind][];
}
const isOfSaved = (change: DocumentChange): change is DocumentChange & ChangeOf<'saved'> =>
  kindOf(change.document) === 'saved';
const isOfShelf = (change: DocumentChange): change is DocumentChange & ChangeOf<'shelf'> =>
  kindOf(change.document) === 'shelf';
const isOfPlaylist = (change: DocumentChange): change is DocumentChange & ChangeOf<'playlist'> =>
  kindOf(change.document) === 'playlist';

type Answer = 'known' | Refusal;

const decisionOf = <Kind extends DocumentKind>(
  judgement: Judgement<Kind>,
  { userId, device }: Asker,
): Decision<Kind, Answer> => {
  switch (judgement.is) {
    case 'good':
      return { is: 'write', by: userId, device, operations: judgement.operations };
    case 'known':
      return { is: 'answer', answer: 'known' };
    case 'refused':
      return { is: 'answer', answer: judgement.why };
  }
};

export const createTakeChanges = (options: {
  readonly writer: LibraryWriter;
  readonly memberships: Pick<Memberships, 'list'>;
  readonly nowMs: () => number;
}): TakeChanges => {
  const { writer, memberships, nowMs } = options;
  const ownRef = <Kind extends 'saved' | 'shelf'>(kind: Kind, userId: string): DocumentRef<Kind> => ({
    ...documentRef(kind, userKeyOf(userId)),
    kind,
  });

  const written = async (
    asker: Asker,
    change: DocumentChange,
  ): Promise<{ readonly ref: DocumentRef; readonly result: WriteResult<Answer> }> => {
    const judged =
      <Kind extends DocumentKind>(judge: (state: DocumentState<Kind>) => Judgement<Kind>) =>
      (state: DocumentState<Kind>) =>
        decisionOf(judge(state), asker);
    if (isOfSaved(change)) {
      const ref = ownRef('saved', asker.userId);
      const decide = judged<'saved'>((state) => judgeSaved(state, asker, change.operations, nowMs()));
      return { ref, result: await writer.write(ref, decide) };
    }
    if (isOfShelf(change)) {
      const ref = ownRef('shelf', asker.userId);
      const decide = judged<'shelf'>((state) => judgeShelf(state, asker, change.operations, nowMs()));
      return { ref, result: await writer.write(ref, decide) };
    }
    const playlistId = playlistIdOf(change.document);
    if (playlistId === null || !isOfPlaylist(change))
      throw new Error(`no document is called ${change.document}`);
    const ref = playlistRef(playlistId);
    const decide = judged<'playlist'>((state) => judgePlaylist(state, asker, change.operations, nowMs()));
    return { ref, result: await writer.write(ref, decide) };
  };

  /** A playlist more than anybody has: each is read whenever an app starts. */
  const isOneTooMany = async (userId: string, change: DocumentChange): Promise<boolean> => {
    if (!isOfPlaylist(change) || !change.operations.some(({ type }) => type === 'create')) return false;
    const ids = await memberships.list(userId);
    return ids.length >= MOST_SHELF_ENTRIES && !ids.includes(playlistIdOf(change.document) ?? '');
  };

  const takeOne = async (asker: Asker, change: DocumentChange): Promise<ChangeOutcome> => {
    const { document } = change;
    if (await isOneTooMany(asker.userId, change)) return { document, outcome: 'too_large' };
    const { ref, result } = await written(asker, change);
    const { revision } = result;
    if (result.is === 'written') return { document, outcome: 'taken', revision };
    const { answer } = result;
    switch (answer) {
      case 'known':
        await writer.tellAgain(ref);
        return { document, outcome: 'taken', revision };
      case 'clock_ahead':
        return { document, outcome: 'clock_ahead', now: new Date(nowMs()).toISOString() };
      default:
        return { document, outcome: answer };
    }
  };

  return {
    async take(userId, { device, changes }) {
      const limit = pLimit(AT_ONCE);
      const outcomes = new Map<DocumentChange, ChangeOutcome>();
      // Those of one document one after the other: the second may need what the first says.
      const lines = [...Map.groupBy(changes, ({ document }) => document).values()];
      await Promise.all(
        lines.map((line) =>
          limit(async () => {
            for (const change of line) outcomes.set(change, await takeOne({ userId, device }, change));
          }),
        ),
      );
      return changes.flatMap((change) => outcomes.get(change) ?? []);
    },
  };
};
