/** Liking, and letting go again. Shows at once; what the host says stands. */
import { MOST_OPERATION_ITEMS, type SavedKind } from '../../core/library/operations.ts';
import { host } from '../host/host-client.ts';
import { formatCount } from '../i18n/format.ts';
import { i18n } from '../i18n/i18n.ts';
import { askForSavedAgain, savedNow, showSaved } from './saved-marks.ts';
import { sayDone, sayNotDone } from './undoable.ts';

const say = i18n.getFixedT(null, 'library');

export interface Savable {
  readonly id: string;
  /** A title or a name, for the words. */
  readonly title: string;
}

const inPieces = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / MOST_OPERATION_ITEMS) }, (_, piece) =>
    ids.slice(piece * MOST_OPERATION_ITEMS, (piece + 1) * MOST_OPERATION_ITEMS),
  );

/** Puts things into the library or takes them out of it; a toast says so and offers to undo it, or says why not. */
export async function setSaved(kind: SavedKind, things: readonly Savable[], saved: boolean): Promise<void> {
  const [first] = things;
  if (first === undefined) return;
  const ids = [...new Set(things.map(({ id }) => id))];
  const words = { count: ids.length, formatted: formatCount(ids.length), title: first.title };
  showSaved(kind, ids, saved);
  const tokens: (string | null)[] = [];
  try {
    for (const piece of inPieces(ids)) {
      const request = { kind, ids: piece };
      // In order, so that they stand in the library as they were chosen.
      const { undo } = await (saved ? host.library.save(request) : host.library.unsave(request));
      tokens.push(undo);
    }
    sayDone(say(saved ? `toast.saved.${kind}` : `toast.unsaved.${kind}`, words), tokens);
  } catch (failure) {
    showSaved(kind, ids, !saved);
    askForSavedAgain();
    sayNotDone(say(saved ? 'toast.notSaved' : 'toast.notUnsaved', words), failure);
  }
}

/** Likes what is not liked, and the other way round. What is not on screen is asked for first. */
export async function toggleSaved(kind: SavedKind, thing: Savable): Promise<void> {
  let isSaved = savedNow(kind, thing.id);
  if (isSaved === undefined) {
    try {
      isSaved = (await host.library.marks({ kind, ids: [thing.id] })).includes(thing.id);
    } catch (failure) {
      sayNotDone(say('toast.notSaved', { count: 1, formatted: formatCount(1), title: thing.title }), failure);
      return;
    }
  }
  await setSaved(kind, [thing], !isSaved);
}
