import type { QueryToken } from './tokens.ts';

/**
 * The SQLite FTS5 expression that finds what holds all the tokens, in any column. Each token is a quoted string, so
 * nothing a person types is ever an operator (https://www.sqlite.org/fts5.html#fts5_strings).
 * Null when there is nothing to look for.
 */
export const matchExpression = (tokens: readonly QueryToken[]): string | null => {
  const terms = tokens
    .filter((token) => token.text !== '')
    .map((token) => `"${token.text.replaceAll('"', '""')}"${token.prefix ? ' *' : ''}`);
  return terms.length === 0 ? null : terms.join(' ');
};
