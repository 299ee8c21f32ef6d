import { actionFor, type ChordChanges } from './actions.ts';
import { chordOfEvent, partsOf } from './chord.ts';
import { runAction } from './registry.ts';

const TEXT_INPUTS = 'input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, select';
/** Controls that use arrows or Space themselves. */
const KEY_CONTROLS =
  '[role=slider], [role=radio], [role=tab], [role=menu], [role=menuitem], [role=menuitemradio], [role=listbox], [role=option], [role=switch]';
/** While one of these is open, keys belong to it. */
const OVERLAYS = '[role=dialog], [role=alertdialog], [role=menu]';

const isElement = (target: EventTarget | null): target is Element => target !== null && 'closest' in target;

const isTyping = (target: Element): boolean =>
  target.closest(TEXT_INPUTS) !== null ||
  ('isContentEditable' in target && target.isContentEditable === true);

/** A button reached by keyboard keeps Space for itself; one that was clicked does not hold on to it. */
const wantsSpace = (target: Element): boolean =>
  target.closest(KEY_CONTROLS) !== null ||
  (target.closest('button, a, summary') !== null && target.matches(':focus-visible'));

function belongsToTarget(chord: string, target: Element): boolean {
  const { mod, alt, key } = partsOf(chord);
  const isArrow = key.startsWith('Arrow');
  if (isTyping(target)) return !mod || isArrow;
  if (target.closest(OVERLAYS) !== null) return !mod;
  if (mod || alt) return false;
  if (key === 'Space') return wantsSpace(target);
  return isArrow && target.closest(KEY_CONTROLS) !== null;
}

const BACK_BUTTON = 3;
const FORWARD_BUTTON = 4;

/**
 * The one key handler of a window: the large one, or the mini player's. Whoever handles a key closer to it has the first say.
 * Gives its own stop.
 */
export function startShortcuts(getChanges: () => ChordChanges, place: Window = window): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const chord = chordOfEvent(event);
    if (chord === null) return;
    // Another window has classes of its own: `instanceof` knows only this one's.
    const target = isElement(event.target) ? event.target : document.body;
    if (belongsToTarget(chord, target)) return;
    const action = actionFor(chord, getChanges());
    if (action === null) return;
    if (runAction(action)) event.preventDefault();
  };
  const onMouseUp = (event: MouseEvent): void => {
    if (event.button !== BACK_BUTTON && event.button !== FORWARD_BUTTON) return;
    event.preventDefault();
    runAction(event.button === BACK_BUTTON ? 'frame.back' : 'frame.forward');
  };
  place.addEventListener('keydown', onKeyDown);
  place.addEventListener('mouseup', onMouseUp);
  return () => {
    place.removeEventListener('keydown', onKeyDown);
    place.removeEventListener('mouseup', onMouseUp);
  };
}
