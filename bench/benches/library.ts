/**
 * A thousand listeners who write to their libraries at once, through two replicas of the service over one store; and a library of
 * 100,000 likes in the app.
 */
import { randomBytes } from 'node:crypto';
import type { ServiceLibrary } from '../../src/catalog/library/service-library.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import {
  createDevice,
  idOf,
  newPlaylist,
  tracksOf,
  type Device,
} from '../../tests/library-service/devices.ts';
import { openReplica, type LibraryReplica } from '../../tests/library-service/replica-of-service.ts';
import type { Bench } from '../measuring/report.ts';
import { summarise, timed, type Summary } from '../measuring/statistics.ts';
import { longestOf, stallTable } from '../measuring/longest-stall.ts';
import { largeLibraryStalls } from './library/large-library.ts';
import { openPlace } from './library/place.ts';

const DEFAULT_LISTENERS = 1_000;
/** Of one library in the app. */
const LARGE_LIBRARY_LIKES = 100_000;
const LIKES = 3;
/** Ten listeners edit one playlist, five of them at either replica. */
const CREW = 10;
const NEWS = 30;
/** A device sends again what was not answered. */
const MOST_TRIES = 10;

interface Crew {
  readonly playlistId: string;
  readonly members: readonly Person[];
}
interface Person {
  readonly userId: string;
  readonly device: Device;
  readonly replica: LibraryReplica;
  /** Ids of what the service said is taken. */
  readonly confirmed: string[];
}
interface Tally {
  retries: number;
  refused: number;
}

const sent = async (person: Person, tally: Tally): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    try {
      const outcomes = await person.device.send(person.replica.sendAs(person.userId));
      tally.refused += outcomes.filter(({ outcome }) => outcome !== 'taken').length;
      return;
    } catch (error) {
      if (attempt === MOST_TRIES) throw error;
      tally.retries += 1;
    }
  }
};

const like = async (person: Person, number: number, tally: Tally): Promise<number> => {
  const id = idOf('like', number);
  person.device.edit('saved', 'saved', [{ type: 'save', kind: 'track', items: [{ id }] }]);
  const { ms } = await timed(() => sent(person, tally));
  person.confirmed.push(id);
  return ms;
};

const addTo = async (crew: Crew, person: Person, index: number, tally: Tally): Promise<number> => {
  const trackId = idOf('gift', index);
  person.device.edit('playlist', `playlist:${crew.playlistId}`, [
    { type: 'add', before: null, tracks: [{ trackId }] },
  ]);
  return (await timed(() => sent(person, tally))).ms;
};

const formCrew = async (members: readonly Person[], index: number, tally: Tally): Promise<Crew> => {
  const playlistId = idOf('crew', index);
  const [owner, ...others] = members;
  if (owner === undefined) throw new Error('a crew of nobody');
  owner.device.edit('playlist', `playlist:${playlistId}`, newPlaylist(`Crew ${index}`, 0).slice(0, 1));
  await sent(owner, tally);
  for (const { userId, replica, device } of others) {
    const invitation = await owner.replica.invitations.create(playlistId, 'editor');
    await replica.invitations.join(userId, invitation?.code ?? '');
    await device.read(replica.readAs(userId), `playlist:${playlistId}`);
  }
  return { playlistId, members };
};
const formCrews = (people: readonly Person[], tally: Tally): Promise<readonly Crew[]> =>
  Promise.all(
    Array.from({ length: Math.floor(people.length / CREW) }, (_, index) =>
      formCrew(people.slice(index * CREW, (index + 1) * CREW), index, tally),
    ),
  );

/** As many objects of that size, created as many at once, by nothing but the store's client. */
const bareCreates = async (store: ObjectStore, writers: number): Promise<readonly number[]> => {
  const body = randomBytes(400);
  const options = { contentType: 'application/json' };
  const each = await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      const samples: number[] = [];
      for (let number = 0; number < LIKES; number++)
        samples.push((await timed(() => store.create(`bare/${writer}/${number}`, body, options))).ms);
      return samples;
    }),
  );
  return each.flat();
};

/** What was confirmed and is not there, asked of a replica that knows nothing but the store; and what is there twice. */
const check = async (fresh: LibraryReplica, people: readonly Person[], crews: readonly Crew[]) => {
  let lost = 0;
  let twice = 0;
  for (const { userId, confirmed } of people) {
    const reader = createDevice(userId);
    await reader.read(fresh.readAs(userId), 'saved');
    lost += confirmed.filter((id) => reader.saved().savedAtMs('track', id) === null).length;
  }
  for (const { playlistId, members } of crews) {
    const [owner] = members;
    if (owner === undefined) continue;
    const reader = createDevice(owner.userId);
    await reader.read(fresh.readAs(owner.userId), `playlist:${playlistId}`);
    const tracks = tracksOf(reader.playlist(playlistId));
    const there = new Set(tracks);
    lost += members.filter((_, index) => !there.has(idOf('gift', index))).length;
    twice += tracks.length - there.size;
  }
  return { lost, twice };
};

/** From a write at one replica until a listener at the other is told, while nothing else is going on. */
const newsOf = async (writing: LibraryReplica, telling: ServiceLibrary): Promise<Summary> => {
  const userId = 'news';
  const person: Person = { userId, device: createDevice(userId), replica: writing, confirmed: [] };
  const tally = { retries: 0, refused: 0 };
  let told: (revision: number) => void = () => undefined;
  const stream = await telling.listen(userId, {
    tell: ({ document, revision }) => {
      if (document === 'saved' && revision !== null) told(revision);
      return true;
    },
    tellPlays: () => true,
    beat: () => true,
    end: () => undefined,
  });
  const samples: number[] = [];
  for (let number = 1; number <= NEWS; number++) {
    const { promise, resolve } = Promise.withResolvers<void>();
    told = (revision) => {
      if (revision === number) resolve();
    };
    const { ms } = await timed(async () => {
      await like(person, number, tally);
      await promise;
    });
    samples.push(ms);
  }
  stream.close();
  return summarise(samples);
};

export const bench: Bench = {
  summary:
    '1,000 listeners writing at once through two replicas, and 100,000 likes in the app: lost, p99, stalls',
  async run({ size, progress }) {
    const listeners = size ?? DEFAULT_LISTENERS;
    const place = await openPlace();
    const replicas = [
      openReplica(place.open(), { followIntervalMs: 800 }),
      openReplica(place.open(), { followIntervalMs: 800 }),
    ] as const;
    try {
      const tally: Tally = { retries: 0, refused: 0 };
      const people = Array.from({ length: listeners }, (_, index): Person => {
        const userId = `listener ${index}`;
        return {
          userId,
          device: createDevice(userId),
          replica: replicas[index % 2 === 0 ? 0 : 1],
          confirmed: [],
        };
      });

      progress('News, while nothing else is going on …');
      const news = await newsOf(replicas[0], replicas[1]);

      progress(`${listeners} bare writers at once …`);
      const bare = summarise(await bareCreates(place.open(), listeners));

      progress(`${listeners} listeners at once, ${LIKES} likes each …`);
      const before = replicas.map(({ counts }) => ({ ...counts }));
      const likes = await timed(() =>
        Promise.all(
          people.map(async (person) => {
            const samples: number[] = [];
            for (let number = 0; number < LIKES; number++) samples.push(await like(person, number, tally));
            return samples;
          }),
        ),
      );
      const own = summarise(likes.value.flat());
      const ownConflicts = conflictsSince(replicas, before);

      progress('Playlists of ten listeners, formed …');
      const crews = await formCrews(people, tally);
      progress(`${crews.length} playlists, each edited by ${CREW} at once …`);
      const middle = replicas.map(({ counts }) => ({ ...counts }));
      const shared = summarise(
        (
          await Promise.all(
            crews.map((crew) =>
              Promise.all(crew.members.map((person, index) => addTo(crew, person, index, tally))),
            ),
          )
        ).flat(),
      );
      const sharedConflicts = conflictsSince(replicas, middle);

      progress('Read back by a replica that knows nothing but the store …');
      const fresh = openReplica(place.open());
      const { lost, twice } = await check(fresh, people, crews);
      await fresh.close();
      const troubles = replicas.reduce((sum, replica) => sum + replica.troubles.length, 0);
      const stalls = await largeLibraryStalls({ likes: LARGE_LIBRARY_LIKES, progress });

      return {
        tables: [
          {
            title: `Writes of ${listeners} listeners at once, two replicas over ${place.name}`,
            columns: ['writes', 'count', 'p50 ms', 'p99 ms', 'conflicts'],
            rows: [
              ['bare create of an object, as many at once', bare.count, bare.p50, bare.p99, '–'],
              ['a like, each listener to a library of their own', own.count, own.p50, own.p99, ownConflicts],
              [
                `a track into a playlist, ${CREW} at once to each`,
                shared.count,
                shared.p50,
                shared.p99,
                sharedConflicts,
              ],
            ],
          },
          {
            title: 'What became of them',
            columns: ['', 'count'],
            rows: [
              ['requests that a device had to send again', tally.retries],
              ['refused', tally.refused],
              ['confirmed and lost', lost],
              ['there twice', twice],
              ['troubles beside requests', troubles],
            ],
          },
          {
            title: 'News at the other replica after a write, nothing else going on',
            columns: ['count', 'p50 ms', 'p95 ms', 'max ms'],
            rows: [[news.count, news.p50, news.p95, news.max]],
          },
          stallTable(
            `The app with ${LARGE_LIBRARY_LIKES.toLocaleString('en')} likes: how long it takes nothing else`,
            stalls,
          ),
        ],
        budgets: [
          { id: 'library.lost', value: lost, unit: 'changes', limit: 0 },
          { id: 'library.twice', value: twice, unit: 'changes', limit: 0 },
          { id: 'library.refused', value: tally.refused, unit: 'changes', limit: 0 },
          // Of a hot library a write is one create; of a cold one two listings come before it.
          { id: 'library.write.p99', value: own.p99 / bare.p99, unit: '× bare', limit: 5 },
          { id: 'library.news.max', value: news.max, unit: 'ms', limit: 2000 },
          { id: 'library.stall', value: longestOf(stalls), unit: 'ms', limit: 50 },
        ],
        notes: [
          'Everything runs on this machine, the store too: the ratio to bare writes says more than the milliseconds.',
          'The same process serves the audio to the player: a stall is how late it does that. Of three rounds the shortest is given.',
          'At once means that all begin together: what is measured is mostly waiting in line for 128 connections to the store.',
        ],
      };
    } finally {
      for (const replica of replicas) await replica.close();
      await place.close();
    }
  },
};

const conflictsSince = (
  replicas: readonly LibraryReplica[],
  before: readonly { readonly conflicts: number }[],
): number =>
  replicas.reduce((sum, { counts }, index) => sum + counts.conflicts - (before[index]?.conflicts ?? 0), 0);
