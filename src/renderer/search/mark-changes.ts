/** A run of letters; `changed` when it is not what the listener typed. */
export interface MarkedRun {
  readonly text: string;
  readonly changed: boolean;
}

const lettersOf = (text: string): readonly string[] => [...text.normalize('NFC')];

/** Lengths of the longest common subsequence of every pair of tails (Wagner and Fischer, 1974). */
const commonTails = (typed: readonly string[], corrected: readonly string[]): readonly Uint16Array[] => {
  const lengths = Array.from({ length: typed.length + 1 }, () => new Uint16Array(corrected.length + 1));
  for (let row = typed.length - 1; row >= 0; row -= 1) {
    for (let column = corrected.length - 1; column >= 0; column -= 1) {
      lengths[row]![column] =
        typed[row] === corrected[column]
          ? lengths[row + 1]![column + 1]! + 1
          : Math.max(lengths[row + 1]![column]!, lengths[row]![column + 1]!);
    }
  }
  return lengths;
};

/**
 * The corrected query in runs, those letters marked that the correction put in or changed, so that the page can show
 * what it did. Case does not count as a change. The texts of the runs joined are the corrected query.
 */
export const markChanges = (typedQuery: string, correctedQuery: string): readonly MarkedRun[] => {
  const typed = lettersOf(typedQuery.toLowerCase());
  const shown = lettersOf(correctedQuery);
  const corrected = shown.map((letter) => letter.toLowerCase());
  const common = commonTails(typed, corrected);

  const runs: MarkedRun[] = [];
  let row = 0;
  let column = 0;
  while (column < corrected.length) {
    const same = typed[row] === corrected[column];
    if (!same && row < typed.length && common[row + 1]![column]! >= common[row]![column + 1]!) {
      row += 1;
      continue;
    }
    const last = runs.at(-1);
    const letter = shown[column]!;
    if (last !== undefined && last.changed === !same) {
      runs[runs.length - 1] = { text: last.text + letter, changed: last.changed };
    } else {
      runs.push({ text: letter, changed: !same });
    }
    if (same) row += 1;
    column += 1;
  }
  return runs;
};
