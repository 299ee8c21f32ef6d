/**
 * The app's index file: what this computer has learnt of the catalog. It is a view, never migrated: a file of another
 * format is thrown away and fed again, so any change of shape here raises `OFFLINE_INDEX_FORMAT`.
 *
 * A row's number (`no`) follows the order of popularity (popularity-number.ts) and is also its row in the text index:
 * matches come out best first, and reading stops after a few hundred. `body` is what the service said, as JSON, or what
 * follows from the tracks when nothing was said (`implied`).
 */
import { FILED_TEXT_TOKENIZER, KINDS, TEXT_COLUMNS } from '../../core/search-text/filed-text.ts';

export const OFFLINE_INDEX_FORMAT = 1;

export const OFFLINE_INDEX_SCHEMA = `
  CREATE TABLE tracks(
    no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, artists TEXT NOT NULL,
    order_key INTEGER NOT NULL, tie INTEGER NOT NULL, sort_key TEXT NOT NULL, album_id TEXT NOT NULL,
    plays INTEGER NOT NULL, duration_ms INTEGER NOT NULL, seen_ms INTEGER NOT NULL,
    held INTEGER NOT NULL, pinned INTEGER NOT NULL, body TEXT NOT NULL
  );
  CREATE INDEX tracks_of_album ON tracks(album_id);
  CREATE INDEX tracks_here ON tracks(sort_key, tie, duration_ms) WHERE held = 1;
  CREATE INDEX tracks_merely_seen ON tracks(seen_ms) WHERE held = 0 AND pinned = 0;
  CREATE TABLE albums(
    no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, artists TEXT NOT NULL,
    order_key INTEGER NOT NULL, tie INTEGER NOT NULL, sort_key TEXT NOT NULL, added_key INTEGER NOT NULL,
    release_date TEXT, seen_ms INTEGER NOT NULL, implied INTEGER NOT NULL, filed INTEGER NOT NULL,
    tracks INTEGER NOT NULL, held INTEGER NOT NULL, links TEXT NOT NULL, body TEXT NOT NULL
  );
  CREATE INDEX albums_by_added ON albums(added_key, tie);
  CREATE INDEX albums_by_popularity ON albums(order_key, tie);
  CREATE INDEX albums_by_title ON albums(sort_key, tie);
  CREATE INDEX albums_here ON albums(sort_key, tie) WHERE held > 0;
  CREATE INDEX albums_merely_seen ON albums(seen_ms) WHERE tracks = 0;
  CREATE TABLE artists(
    no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    order_key INTEGER NOT NULL, tie INTEGER NOT NULL, sort_key TEXT NOT NULL,
    seen_ms INTEGER NOT NULL, implied INTEGER NOT NULL, filed INTEGER NOT NULL,
    works INTEGER NOT NULL, held INTEGER NOT NULL, body TEXT NOT NULL
  );
  CREATE INDEX artists_by_name ON artists(sort_key, id);
  CREATE INDEX artists_here ON artists(sort_key, id) WHERE held > 0;
  CREATE INDEX artists_merely_seen ON artists(seen_ms) WHERE works = 0;
  CREATE TABLE genres(id TEXT PRIMARY KEY, name TEXT NOT NULL, body TEXT) WITHOUT ROWID;
  CREATE TABLE artist_tracks(artist_id TEXT, track_id TEXT, PRIMARY KEY (artist_id, track_id)) WITHOUT ROWID;
  CREATE TABLE genre_tracks(
    genre_id TEXT, album_id TEXT, track_id TEXT, PRIMARY KEY (genre_id, album_id, track_id)
  ) WITHOUT ROWID;
  CREATE TABLE artist_albums(
    artist_id TEXT, guest INTEGER, released_key INTEGER, tie INTEGER, album_id TEXT,
    PRIMARY KEY (artist_id, guest, released_key, tie, album_id)
  ) WITHOUT ROWID;
  CREATE INDEX artists_of_album ON artist_albums(album_id);
  CREATE TABLE documents(
    no INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, seen_ms INTEGER NOT NULL, body TEXT NOT NULL,
    UNIQUE (kind, id)
  );
  CREATE INDEX documents_by_seen ON documents(seen_ms);
  CREATE TABLE words(word TEXT PRIMARY KEY, count INTEGER NOT NULL, spelling TEXT) WITHOUT ROWID;
  ${KINDS.map(
    (kind) => `
  CREATE VIRTUAL TABLE ${kind}_text USING fts5(
    ${TEXT_COLUMNS[kind].join(', ')}, content = '', detail = column, prefix = '1 2 3 4',
    contentless_delete = 1, tokenize = '${FILED_TEXT_TOKENIZER}'
  );`,
  ).join('')}
`;
