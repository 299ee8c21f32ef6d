/**
 * A function that works each answer out once for as long as what it was asked about is held. Only for pure functions of values
 * that never change.
 */
export const remembered = <Question extends object, Answer>(
  answer: (question: Question) => Answer,
): ((question: Question) => Answer) => {
  const known = new WeakMap<Question, { readonly answer: Answer }>();
  return (question) => {
    const found = known.get(question) ?? { answer: answer(question) };
    known.set(question, found);
    return found.answer;
  };
};
