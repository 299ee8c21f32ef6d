/** Controls, lone halves of a pair, what is assigned to nobody, and what breaks a line. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Cn}\u2028\u2029]/u;
/** Marks, embeddings, overrides and isolates of writing direction (Unicode UAX #9): they can make a text read as another. */
const DIRECTION = /\p{Bidi_Control}/u;

/** Whether a text from outside may be shown in one line as it is. */
export const isPlainText = (text: string): boolean => !UNPRINTABLE.test(text) && !DIRECTION.test(text);
