import type { Database } from 'better-sqlite3';
import type { ArtistRef } from '../../contract/catalog-http.ts';
import { genresNamed } from './genre-id.ts';
import { unpackTrack } from './row-codec.ts';

const MOST_RELATED = 8;
/** The artist's own best-known tracks say what genres are theirs. */
const OWN_TRACKS = 60;
const GENRES_COMPARED = 5;
/** Of each genre, the best-known tracks say who is in it. */
const TRACKS_OF_GENRE = 80;

interface Body {
  readonly body: string;
}

/** Artists that share most genres with one, by the best-known tracks of both: at most eight, at a bounded cost. */
export const relatedArtists = (database: Database): ((artistNo: number) => readonly ArtistRef[]) => {
  const own = database.prepare<[number, number], Body>(
    `SELECT tracks.body FROM artist_tracks CROSS JOIN tracks ON tracks.no = artist_tracks.track_no
     WHERE artist_no = ? ORDER BY artist_tracks.order_key, tie LIMIT ?`,
  );
  const genre = database.prepare<[string], { no: number }>('SELECT no FROM genres WHERE id = ?');
  const inGenre = database.prepare<[number, number], Body>(
    `SELECT tracks.body FROM genre_tracks CROSS JOIN tracks ON tracks.no = genre_tracks.track_no
     WHERE genre_no = ? ORDER BY genre_tracks.order_key, tie LIMIT ?`,
  );
  const find = database.prepare<[number], ArtistRef>(
    'SELECT id, name FROM artists WHERE no = ? AND visible = 1',
  );

  return (artistNo) => {
    const weights = new Map<string, number>();
    for (const row of own.iterate(artistNo, OWN_TRACKS)) {
      for (const { id } of genresNamed(unpackTrack(row.body).genres))
        weights.set(id, (weights.get(id) ?? 0) + 1);
    }
    const compared = [...weights].sort((left, right) => right[1] - left[1]).slice(0, GENRES_COMPARED);
    const shared = new Map<number, number>();
    for (const [id, weight] of compared) {
      const genreNo = genre.get(id)?.no;
      if (genreNo === undefined) continue;
      const seen = new Set<number>();
      for (const row of inGenre.iterate(genreNo, TRACKS_OF_GENRE)) {
        for (const no of unpackTrack(row.body).artistNumbers) seen.add(no);
      }
      for (const no of seen) shared.set(no, (shared.get(no) ?? 0) + weight);
    }
    shared.delete(artistNo);
    return [...shared]
      .sort((left, right) => right[1] - left[1])
      .slice(0, MOST_RELATED)
      .flatMap(([no]) => find.get(no) ?? []);
  };
};
