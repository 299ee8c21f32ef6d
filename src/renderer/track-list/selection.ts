/**
 * Which rows of a list are chosen, and where the keyboard is. Rules only: what a click or a key does to the state.
 *
 * `selected` holds row indexes; `anchor` is the row a Shift range starts from; `focus` is the row that has the
 * roving tab stop (−1 in an empty list). A plain click or arrow chooses one row, Mod toggles one, Shift stretches
 * from the anchor, Mod+Shift adds the stretch to what was chosen: what Explorer and Finder have taught hands to do.
 */
export interface Selection {
  readonly selected: ReadonlySet<number>;
  readonly anchor: number;
  readonly focus: number;
}

export interface Modifiers {
  /** Ctrl on Windows and Linux, Cmd on macOS. */
  readonly mod: boolean;
  readonly shift: boolean;
}

export const NOTHING_SELECTED: Selection = { selected: new Set(), anchor: 0, focus: 0 };

const rangeBetween = (from: number, to: number): number[] => {
  const first = Math.min(from, to);
  return Array.from({ length: Math.abs(from - to) + 1 }, (_, offset) => first + offset);
};

/** A press on the row `index`. */
export const selectByPress = (state: Selection, index: number, { mod, shift }: Modifiers): Selection => {
  if (shift) {
    const stretch = rangeBetween(state.anchor, index);
    const selected = new Set(mod ? [...state.selected, ...stretch] : stretch);
    return { selected, anchor: state.anchor, focus: index };
  }
  if (mod) {
    const selected = new Set(state.selected);
    if (!selected.delete(index)) selected.add(index);
    return { selected, anchor: index, focus: index };
  }
  return { selected: new Set([index]), anchor: index, focus: index };
};

/** A right click, or the menu key: keeps a selection that holds the row, else chooses that row alone. */
export const selectForMenu = (state: Selection, index: number): Selection =>
  state.selected.has(index)
    ? { ...state, focus: index }
    : selectByPress(state, index, { mod: false, shift: false });

/** An arrow or a page key that leads to `target`, which is brought inside the list; `extend` stretches the range. */
export const selectByMove = (
  state: Selection,
  target: number,
  rowCount: number,
  extend: boolean,
): Selection => {
  if (rowCount === 0) return state;
  const index = Math.min(Math.max(target, 0), rowCount - 1);
  return selectByPress(state, index, { mod: false, shift: extend });
};

export const selectAll = (state: Selection, rowCount: number): Selection => ({
  ...state,
  selected: new Set(Array.from({ length: rowCount }, (_, index) => index)),
});

/** Lets go of what was chosen; the keyboard stays where it is. */
export const selectNone = (state: Selection): Selection =>
  state.selected.size === 0 ? state : { ...state, selected: new Set() };

/**
 * Moves only the tab stop, as when a row takes the focus by Tab or by a press. The anchor stays: the focus comes before
 * the press that it belongs to, which may be one with Shift.
 */
export const focusRow = (state: Selection, index: number): Selection =>
  state.focus === index ? state : { ...state, focus: index };

/** The list has become shorter or longer: rows that are no more are let go. */
export const fitToRows = (state: Selection, rowCount: number): Selection => {
  const last = Math.max(rowCount - 1, 0);
  const fits = state.focus <= last && state.anchor <= last;
  const kept = [...state.selected].filter((index) => index < rowCount);
  if (fits && kept.length === state.selected.size) return state;
  return {
    selected: new Set(kept),
    anchor: Math.min(state.anchor, last),
    focus: Math.min(state.focus, last),
  };
};

/** The chosen rows in list order. */
export const chosenRows = <Row>(rows: readonly Row[], selection: Selection): readonly Row[] =>
  [...selection.selected]
    .sort((left, right) => left - right)
    .flatMap((index) => {
      const row = rows[index];
      return row === undefined ? [] : [row];
    });
