/** Names and descriptions come from whoever published or wrote them: nothing in them may move or hide what stands beside them. */
const UNSHOWABLE = /[\p{Cc}\p{Cn}\p{Bidi_Control}\u2028\u2029]+/gu;
const MOST_TITLE = 200;
const MOST_DESCRIPTION = 400;

const cut = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const units = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.slice(0, most))];
  // The last of them may have been cut through.
  return `${units
    .slice(0, -1)
    .map(({ segment }) => segment)
    .join('')}…`;
};

const shown = (text: string, most: number): string =>
  cut(
    text
      .slice(0, most * 4)
      .toWellFormed()
      .replaceAll(UNSHOWABLE, ' ')
      .trim(),
    most,
  );

/** One line without controls and marks of direction, at most 200 UTF-16 units long. */
export const shownTitle = (text: string): string => shown(text, MOST_TITLE);
/** The same, up to 400. */
export const shownDescription = (text: string): string => shown(text, MOST_DESCRIPTION);
