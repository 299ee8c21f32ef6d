/** What is done to playlists from their pages: done, said with "Undo", remembered for Mod+Z; or why it could not be done, in words. */
import { HostFailure } from '../../contract/host-error.ts';
import type { Undoable } from '../../contract/library.ts';
import { host } from '../host/host-client.ts';
import { i18n } from '../i18n/i18n.ts';
import { sayNotDone } from '../library/undoable.ts';
import { showToast } from '../ui/toast.ts';
import { createUndoStack, type Change } from './undo-stack.ts';

const say = i18n.getFixedT(null, 'playlists');

const stack = createUndoStack(async (token) => (await host.library.undo({ token })).undo);

const runBack = async (
  work: () => Promise<string | null>,
  key: 'done.undone' | 'done.redone',
): Promise<void> => {
  try {
    const what = await work();
    showToast({ text: what === null ? say('done.nothingToUndo') : say(key, { what }) });
  } catch (failure) {
    sayNotDone(say('failed.undo'), failure);
  }
};

/** Mod+Z: takes back what was done last on these pages. */
export const undoLast = (): Promise<void> => runBack(() => stack.undo(), 'done.undone');
export const redoLast = (): Promise<void> => runBack(() => stack.redo(), 'done.redone');

/** Says what was done, with "Undo" where something can be taken back. */
export function sayChanged(text: string, tokens: readonly (string | null)[]): void {
  const change: Change = { text, tokens: tokens.filter((token) => token !== null) };
  stack.did(change);
  showToast({
    tone: 'done',
    text,
    ...(change.tokens.length === 0
      ? {}
      : {
          action: {
            label: say('done.undo'),
            onSelect: () => void runBack(() => stack.undo(change), 'done.undone'),
          },
        }),
  });
}

/** Says why something was not done. */
export function sayFailed(failure: unknown, text: string = say('failed.change')): void {
  if (failure instanceof HostFailure && failure.code === 'limit_reached') {
    showToast({ tone: 'failed', text: say('failed.limit') });
    return;
  }
  sayNotDone(text, failure);
}

/** Does it and says `text`; null when it could not be done, which has then been said. */
export const change = <Done extends Undoable>(
  work: () => Promise<Done>,
  text: string | ((done: Done) => string),
): Promise<Done | null> =>
  stack.during(async () => {
    try {
      const done = await work();
      sayChanged(typeof text === 'string' ? text : text(done), [done.undo]);
      return done;
    } catch (failure) {
      sayFailed(failure);
      return null;
    }
  });
