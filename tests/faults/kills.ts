/** kill -9 at any moment, and what is there afterwards. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOrigin, type OriginServer } from '../host/origin-server.ts';
import { until } from '../host/track-cache-fixture.ts';
import { closedFolderTrouble, folderTrouble } from './folder-facts.ts';
import { KILL_TRACKS, openKillCache } from './kill-cache.ts';
import { runAndKill, type Killed } from './kill-run.ts';
import type { KillOrder } from './kill-target.ts';
import { createTally, type Scenario, type Tally } from './outcome.ts';
import { play } from './playing.ts';

type Operation = KillOrder['operation'];

/** Which tracks must be there, by what was said before the end. */
type Rule = (lines: readonly string[]) => readonly string[];

const confirmed = (lines: readonly string[], word: string): readonly string[] =>
  lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
const after = (lines: readonly string[], line: string): readonly string[] =>
  lines.slice(lines.lastIndexOf(line) + 1);
const ALL = KILL_TRACKS.map(({ trackId }) => trackId);

const keyIn = async (root: string): Promise<string | null> => {
  const [name] = await readdir(join(root, 'secrets')).catch(() => []);
  return name === undefined ? null : readFile(join(root, 'secrets', name), 'utf8');
};

interface Kind {
  readonly fault: string;
  readonly operations: readonly Operation[];
  /** Begins with everything kept. */
  readonly isFull: boolean;
  readonly mustBeThere: Rule;
}

const KINDS: readonly Kind[] = [
  {
    fault: 'kill -9 while downloading',
    operations: ['download', 'seek'],
    isFull: false,
    mustBeThere: (lines) => confirmed(after(lines, 'will forget'), 'kept'),
  },
  {
    fault: 'kill -9 while evicting',
    operations: ['evict'],
    isFull: false,
    // Any other may have made way by then; one that is pinned never does.
    mustBeThere: (lines) => confirmed(lines, 'pinned'),
  },
  {
    fault: 'kill -9 while the folder is moved',
    operations: ['move'],
    isFull: true,
    mustBeThere: () => ALL,
  },
  { fault: 'kill -9 while signing out', operations: ['sign-out'], isFull: true, mustBeThere: () => [] },
];

/** A folder with every track kept, to be copied for each try. */
const fullFolder = async (origin: OriginServer): Promise<string> => {
  const root = await mkdtemp(join(tmpdir(), 'riffle-kill-full-'));
  const { cache } = await openKillCache({ root, origin: origin.url('/'), cachedBytes: 1e9 });
  for (const trackId of ALL) await cache.keep(trackId, new AbortController().signal);
  await cache.close();
  return root;
};

/** Whether sign-out had come to the key; then what was sealed with it must be gone, else all of it must be there. */
const mustBeThereNow = async (
  kind: Kind,
  { lines }: Killed,
  keyBefore: string | null,
  root: string,
): Promise<readonly string[]> => {
  if (!kind.operations.includes('sign-out')) return kind.mustBeThere(lines);
  if (keyBefore !== null && (await keyIn(root)) === keyBefore) return ALL;
  return lines.includes('erased') && lines.at(-1) !== 'will erase'
    ? confirmed(after(lines, 'erased'), 'kept')
    : [];
};

const lookAfterwards = async (
  root: string,
  origin: OriginServer,
  mustBeThere: readonly string[],
  mayBeThere: (trackId: string) => boolean,
  killed: Killed,
  tally: Tally,
): Promise<void> => {
  const alone = await openKillCache({ root, origin: null, cachedBytes: 1e9 });
  await alone.cache.ready;
  for (const { trackId, audio } of KILL_TRACKS) {
    const isWhole = alone.cache.holding(trackId)?.isWhole === true;
    const played = isWhole ? await play(alone.cache, trackId, audio) : null;
    if (played?.kind === 'wrong') tally.wrong(`${trackId} after ${killed.moment}`);
    if (played?.kind !== 'right' && mustBeThere.includes(trackId))
      tally.lost(`${trackId} after ${killed.moment}`);
    if (played?.kind === 'right' && !mayBeThere(trackId))
      tally.wrong(`${trackId} opens although its key is destroyed, after ${killed.moment}`);
  }
  await alone.location.recover();
  const audioFolder = join(alone.location.folder(), 'audio');
  // It is swept behind the start; what is not swept by the deadline is told below.
  await until('swept', async () => (await folderTrouble(audioFolder)).length === 0).catch(() => undefined);
  await alone.cache.close();
  for (const trouble of await closedFolderTrouble(audioFolder))
    tally.wrong(`${trouble}, after ${killed.moment}`);

  const online = await openKillCache({ root, origin: origin.url('/'), cachedBytes: 1e9 });
  for (const { trackId, audio } of KILL_TRACKS) {
    const played = await play(online.cache, trackId, audio);
    if (played.kind === 'wrong') tally.wrong(`${trackId} fetched after ${killed.moment}`);
    if (played.kind === 'failed') tally.lost(`${trackId} not fetched again after ${killed.moment}`);
  }
  await online.cache.close();
};

const tryOnce = async (
  kind: Kind,
  number: number,
  seed: number,
  origin: OriginServer,
  full: string | null,
  tally: Tally,
): Promise<void> => {
  const root = await mkdtemp(join(tmpdir(), 'riffle-kill-'));
  try {
    for (const chosen of ['one', 'two']) await mkdir(join(root, chosen));
    if (full !== null) await cp(full, root, { recursive: true, preserveTimestamps: true });
    const keyBefore = await keyIn(root);
    const operation = kind.operations[number % kind.operations.length] ?? 'download';
    // Every third is killed again in what the first one left, so that a part is gone on with.
    const runs = number % 3 === 0 ? 2 : 1;
    for (let run = 0; run < runs; run += 1) {
      const killed = await runAndKill({
        operation,
        root,
        origin: origin.url('/'),
        seed: seed + number + run * 7_000,
      });
      if (run === runs - 1 || operation === 'sign-out') {
        tally.tried();
        if (killed.lines.at(-1)?.startsWith('will') === true) tally.met();
        const mustBeThere = await mustBeThereNow(kind, killed, keyBefore, root);
        const isErased = operation === 'sign-out' && keyBefore !== null && (await keyIn(root)) !== keyBefore;
        const known = killed.lines.join('\n');
        const mayBeThere = (trackId: string): boolean => !isErased || known.includes(`will keep ${trackId}`);
        await lookAfterwards(root, origin, mustBeThere, mayBeThere, killed, tally);
        return;
      }
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
};

const AT_ONCE = 2;

const scenarioOf = (kind: Kind): Scenario => ({
  fault: kind.fault,
  async run(tries, seed) {
    const tally = createTally(kind.fault);
    const origin = await startOrigin();
    for (const { trackId, audio } of KILL_TRACKS) origin.put(`/${trackId}`, audio);
    const full = kind.isFull ? await fullFolder(origin) : null;
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < tries) {
        next += 1;
        await tryOnce(kind, next, seed, origin, full, tally);
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    } finally {
      await origin.close();
      if (full !== null) await rm(full, { recursive: true, force: true });
    }
    return tally.outcome();
  },
});

export const KILLS: readonly Scenario[] = KINDS.map(scenarioOf);
