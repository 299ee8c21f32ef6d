import type { PlayedEntry } from '../../contract/history.ts';
import type { Account } from '../../contract/session.ts';

/** A shorter title is more often a word of a message than a title. */
const SHORTEST_TITLE = 4;

/** Who listens, to which service, and what was played: nothing of it belongs in a report. */
export const privateWords = (
  accounts: readonly Account[],
  history: readonly PlayedEntry[],
): readonly string[] => [
  ...accounts.flatMap(({ id, me, isPersonal, serviceName, serviceUrl }) => [
    id,
    serviceName,
    URL.parse(serviceUrl)?.hostname ?? '',
    // Where nobody signs in, everybody is `listener`.
    ...(isPersonal ? [me.id, me.name ?? ''] : []),
  ]),
  ...history
    .flatMap(({ track }) => [track.title, track.album.title, ...track.artists.map(({ name }) => name)])
    .filter((text) => text.length >= SHORTEST_TITLE),
];
