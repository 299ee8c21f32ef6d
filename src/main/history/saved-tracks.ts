import type { DatabaseSync } from 'node:sqlite';
import type { Track } from '../../contract/catalog-http.ts';
import { normalise } from '../../core/search-text/normalise.ts';
import { prepare } from '../offline-index/sql.ts';

const wordsOf = ({ title, artists, album }: Track): string =>
  normalise([title, ...artists.map(({ name }) => name), album.title].join(' '));

/** Writes down what a track of the history is, with the words it is found by. */
export const saveTrackInto = (database: DatabaseSync): ((track: Track) => void) => {
  const save = prepare(
    database,
    'INSERT INTO tracks VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body, words = excluded.words',
  );
  return (track) => save.run(track.id, JSON.stringify(track), wordsOf(track));
};
