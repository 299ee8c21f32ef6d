/**
 * Which refresh token of a chain is still good. A chain begins with a sign-in; a use of a token gives a successor.
 *
 * - The last token that was used, and its direct successors, are good: an app whose answer got lost asks again with the same
 *   token, hours later too, and gets another successor.
 * - When a successor is used, everything before it and its siblings are dead.
 * - A dead token that is used again says that two hold the chain: the whole grant ends (RFC 9700, 4.14.2).
 *
 * Tokens are numbered by generation; the first has 0. For each generation one token at most is ever used, namely the one
 * whose use was written down first (a create-only object, so that this holds between replicas). Only a token that was used has
 * successors, so those of the newest generation that was used are the last used token's, and that is all there is to know.
 */
export interface ChainFacts {
  /** Names the token asked about. */
  readonly token: string;
  /** The token of the same generation that was used; null when none was. */
  readonly usedInGeneration: string | null;
  /** Some token of the generation after it was used. */
  readonly isNextUsed: boolean;
}

/** `unused`: good, if its use can be written down first. `last_used`: good again. `dead`: the grant must end. */
export type ChainVerdict = 'unused' | 'last_used' | 'dead';

export const judgeRefreshToken = ({ token, usedInGeneration, isNextUsed }: ChainFacts): ChainVerdict => {
  if (isNextUsed) return 'dead';
  if (usedInGeneration === null) return 'unused';
  return usedInGeneration === token ? 'last_used' : 'dead';
};
