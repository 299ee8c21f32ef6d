import { FILED_TEXT_TOKENIZER, KINDS, TEXT_COLUMNS, type Kind } from '../../core/search-text/filed-text.ts';

/**
 * The index file. It is a view of the segments in the store: never migrated, only rebuilt, so any change of shape here
 * raises `INDEX_FORMAT`.
 *
 * A row's number (`no`) is its place in the order of popularity, and also its row in the text indexes: matches come
 * out best first, and reading can stop after a few hundred (ARCHITECTURE.md, docs/adr/0007). Rows of the last build number upwards from 1 and
 * are filed in the `…_base` texts, which are never written again. Rows that came later number downwards from
 * `NEWEST_NUMBER` (newest first) and are filed in the `…_fresh` texts, as are rows of the base whose text has changed;
 * `filed` says in which a row is filed, so a hit in the other one is stale and is passed over.
 */
export const INDEX_FORMAT = 4;
/** Fits 32 bits: larger numbers are bound as REAL, and FTS5 does not take those for a row. */
export const NEWEST_NUMBER = 2 ** 31 - 1;

export const FIRST_FRESH_NUMBER = 2 ** 30;

/** Where the text of a row is. */
export const FILED = { base: 0, fresh: 1, nowhere: 2 } as const;
export type Filed = (typeof FILED)[keyof typeof FILED];

const textTable = (kind: Kind, place: 'base' | 'fresh'): string => `
  CREATE VIRTUAL TABLE ${kind}_text_${place} USING fts5(
    ${TEXT_COLUMNS[kind].join(', ')}, content = '', detail = column, prefix = '1 2 3 4',
    ${place === 'base' ? 'columnsize = 0' : 'contentless_delete = 1'}, tokenize = '${FILED_TEXT_TOKENIZER}'
  );`;

export const SCHEMA = `
  CREATE TABLE facts(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE formats(no INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE);
  CREATE TABLE artworks(no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, palette TEXT NOT NULL);
  CREATE TABLE genres(
    no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    track_count INTEGER NOT NULL DEFAULT 0, album_count INTEGER NOT NULL DEFAULT 0, artwork_no INTEGER
  );
  CREATE TABLE artists(
    no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, sort_key TEXT NOT NULL,
    recorded INTEGER NOT NULL, visible INTEGER NOT NULL DEFAULT 0, filed INTEGER NOT NULL DEFAULT 2,
    track_count INTEGER NOT NULL DEFAULT 0, album_count INTEGER NOT NULL DEFAULT 0,
    plays INTEGER NOT NULL DEFAULT 0, artwork_no INTEGER
  );
  CREATE INDEX artists_by_name ON artists(sort_key, id) WHERE visible = 1;
  CREATE TABLE albums(
    no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, sort_key TEXT NOT NULL,
    recorded INTEGER NOT NULL, visible INTEGER NOT NULL DEFAULT 0, filed INTEGER NOT NULL DEFAULT 2,
    added_key INTEGER NOT NULL, popularity_key INTEGER NOT NULL, tie INTEGER NOT NULL,
    track_count INTEGER NOT NULL DEFAULT 0, duration_ms INTEGER NOT NULL DEFAULT 0,
    plays INTEGER NOT NULL DEFAULT 0, artwork_no INTEGER, body TEXT, links TEXT
  );
  CREATE INDEX albums_by_added ON albums(added_key, tie) WHERE visible = 1;
  CREATE INDEX albums_by_popularity ON albums(popularity_key, tie) WHERE visible = 1;
  CREATE INDEX albums_by_title ON albums(sort_key, tie) WHERE visible = 1;
  CREATE TABLE tracks(
    no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, album_no INTEGER NOT NULL, order_key INTEGER NOT NULL,
    filed INTEGER NOT NULL, body TEXT NOT NULL, media BLOB NOT NULL
  );
  CREATE INDEX tracks_of_album ON tracks(album_no);
  CREATE INDEX tracks_fresh ON tracks(order_key) WHERE filed = 1;
  CREATE TABLE artist_tracks(
    artist_no INTEGER, order_key INTEGER, tie INTEGER, track_no INTEGER,
    PRIMARY KEY (artist_no, order_key, tie, track_no)
  ) WITHOUT ROWID;
  CREATE TABLE genre_tracks(
    genre_no INTEGER, order_key INTEGER, tie INTEGER, track_no INTEGER,
    PRIMARY KEY (genre_no, order_key, tie, track_no)
  ) WITHOUT ROWID;
  CREATE TABLE isrc_tracks(code INTEGER, track_no INTEGER, PRIMARY KEY (code, track_no)) WITHOUT ROWID;
  CREATE TABLE artist_albums(
    artist_no INTEGER, guest INTEGER, released_key INTEGER, tie INTEGER, album_no INTEGER,
    PRIMARY KEY (artist_no, guest, released_key, tie, album_no)
  ) WITHOUT ROWID;
  CREATE TABLE genre_albums(
    genre_no INTEGER, added_key INTEGER, tie INTEGER, album_no INTEGER,
    PRIMARY KEY (genre_no, added_key, tie, album_no)
  ) WITHOUT ROWID;
  CREATE TABLE word_blocks(
    length INTEGER PRIMARY KEY, words BLOB NOT NULL, signatures BLOB NOT NULL, counts BLOB NOT NULL
  );
  CREATE TABLE word_changes(word TEXT PRIMARY KEY, change INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE spellings(word TEXT PRIMARY KEY, spelling TEXT NOT NULL) WITHOUT ROWID;
  ${KINDS.flatMap((kind) => [textTable(kind, 'base'), textTable(kind, 'fresh')]).join('')}
`;
