import type { Track } from '../../contract/catalog-http.ts';
import { similarTracks } from '../../core/playback/similar.ts';
import type { PlayerQueue } from './playback-store.ts';
import type { PlayerPorts } from './player-ports.ts';

/** Whoever skips through the last tracks of a queue asks for nothing. */
const AFTER_MS = 2000;
const ADDED_AT_ONCE = 10;
/** What was heard so lately does not come again by itself. */
const HEARD_LATELY = 50;
/** What the last few tracks were like counts, not what the evening began with. */
const LIKE_THE_LAST = 3;
const ARTISTS_ASKED = 2;
const RELATED_ASKED = 4;
const GENRES_ASKED = 3;
const TRACKS_PER_ARTIST = 20;
const TRACKS_PER_GENRE = 100;

type Ports = Pick<
  PlayerPorts,
  'catalog' | 'playback' | 'settings' | 'playableHere' | 'isAway' | 'newSeed' | 'onAutoplayFailed'
>;

const distinct = (ids: readonly string[], count: number): readonly string[] =>
  [...new Set(ids)].slice(0, count);

/** Goes on with similar music where the queue would end, while its last track plays. */
export class Autoplay {
  readonly #ports: Ports;
  readonly #append: (tracks: readonly Track[]) => void;
  /** The entry behind which it was asked for; once is enough, however it came out. */
  #askedBehind: string | null = null;

  constructor(ports: Ports, append: (tracks: readonly Track[]) => void) {
    this.#ports = ports;
    this.#append = append;
  }

  /** The queue's current track plays, `positionMs` into it. */
  plays(queue: PlayerQueue, positionMs: number): void {
    const entryId = queue.current?.entryId ?? null;
    if (positionMs < AFTER_MS || entryId === this.#askedBehind || !this.#isWanted(queue)) return;
    this.#askedBehind = entryId;
    void this.#goOn(queue, entryId);
  }

  #isWanted({ current, requested, upcoming, repeat }: PlayerQueue): boolean {
    if (current === null || requested.length > 0 || upcoming.length > 0) return false;
    return repeat === 'off' && this.#ports.settings().autoplay;
  }

  async #goOn(queue: PlayerQueue, entryId: string | null): Promise<void> {
    const lately = [
      ...queue.played.slice(1 - HEARD_LATELY),
      ...(queue.current === null ? [] : [queue.current]),
    ];
    const heard = lately.slice(-LIKE_THE_LAST).map(({ track }) => track);
    const { candidates, relatedArtistIds } = await this.#candidates(heard.toReversed());
    const here = this.#ports.isAway() ? await this.#ports.playableHere(candidates.map(({ id }) => id)) : null;
    const tracks = similarTracks({
      candidates: here === null ? candidates : candidates.filter(({ id }) => here.has(id)),
      heard,
      relatedArtistIds,
      excluded: new Set(lately.map(({ track }) => track.id)),
      seed: this.#ports.newSeed(),
      count: ADDED_AT_ONCE,
    });
    const now = this.#ports.playback.getState().queue;
    if (now.current?.entryId === entryId && this.#isWanted(now)) this.#append(tracks);
  }

  /** By artists like those of `heard` (the latest first), by the same artists, and of the same genres. */
  async #candidates(
    heard: readonly Track[],
  ): Promise<{ readonly candidates: readonly Track[]; readonly relatedArtistIds: ReadonlySet<string> }> {
    const { catalog } = this.#ports;
    const artistIds = distinct(
      heard.flatMap(({ artists }) => artists.map(({ id }) => id)),
      ARTISTS_ASKED,
    );
    const genreIds = distinct(
      heard.flatMap(({ genres }) => genres.map(({ id }) => id)),
      GENRES_ASKED,
    );
    const [artists, genres] = await Promise.all([
      this.#answers(artistIds.map((id) => catalog.artist({ id }))),
      this.#answers(genreIds.map((id) => catalog.genreTracks({ id, limit: TRACKS_PER_GENRE }))),
    ]);
    const related = artists.flatMap((artist) => artist.related.map(({ id }) => id));
    const asked = distinct(related, RELATED_ASKED);
    const theirs = await this.#answers(
      asked.map((id) => catalog.artistTracks({ id, limit: TRACKS_PER_ARTIST })),
    );
    return {
      candidates: [
        ...artists.flatMap(({ topTracks }) => topTracks),
        ...[...genres, ...theirs].flatMap(({ items }) => items),
      ],
      relatedArtistIds: new Set(related),
    };
  }

  /** Those that came; one that did not only makes the choice smaller. */
  async #answers<Reply>(questions: readonly Promise<Reply>[]): Promise<readonly Reply[]> {
    const settled = await Promise.allSettled(questions);
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed !== undefined) this.#ports.onAutoplayFailed(failed.reason);
    return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }
}
