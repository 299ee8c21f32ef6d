/** What goes wrong later than at the first look: told as an installation lives it. */
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UpdateManifest } from '../../src/core/update/manifest.ts';
import { stagingPlace } from '../../src/core/update/staging.ts';
import { updateReportSchema } from '../../src/contract/update-http.ts';
import type { ServiceRequests } from '../../src/main/catalog-client/service-requests.ts';
import type { LineTurn } from '../../src/main/update/piece-reader.ts';
import { createLine } from '../../src/main/track-cache/line.ts';
import { manifestOf, putDocuments, signed, ymlOf } from './world/feed.ts';
import { prepare, type Prepared } from './world/attempt.ts';
import { appPath, type OpenedInstallation } from './world/installation.ts';
import { startApp } from './world/stand-in-app.ts';
import { NEW, OLD, type World } from './world/world.ts';

export interface Story {
  readonly what: string;
  readonly expected: string;
  readonly run: (world: World) => Promise<string>;
}

const using = async <Value>(
  opening: Promise<OpenedInstallation>,
  use: (installation: OpenedInstallation) => Promise<Value>,
): Promise<Value> => {
  const installation = await opening;
  try {
    return await use(installation);
  } finally {
    await installation.close();
  }
};

/** The feed says something else from now on. */
const say = (world: World, { folder, offered }: Prepared, changes: Partial<UpdateManifest>): Promise<void> =>
  putDocuments(world.store, folder, {
    yml: ymlOf([offered]),
    manifest: signed(manifestOf([offered], changes), world.key),
  });

const starts = (world: World, { root }: Prepared): Promise<string> => startApp(appPath(root), world.all);

/** Asks, and gives how it stands once nothing is under way any more. */
const ask = async ({ updates, reaches }: OpenedInstallation): Promise<string> => {
  await updates.api.check();
  const state = await reaches('idle', 'off', 'available', 'ready', 'failed');
  return state.state === 'failed' ? state.reason : state.state;
};
const update = (prepared: Prepared): Promise<void> =>
  using(prepared.open(), async (installation) => {
    await installation.updates.api.usable();
    await ask(installation);
    await installation.updates.api.install();
  });

const countingService = () => {
  const outcomes: string[] = [];
  const post: ServiceRequests['post'] = async (_path, body, schema) => {
    outcomes.push(updateReportSchema.parse(body).outcome);
    return schema === null ? (null as never) : schema.parse(null);
  };
  /** Reports are sent after everything else, and nobody waits for them. */
  const taken = async (count: number): Promise<string> => {
    const deadline = Date.now() + 15_000;
    while (outcomes.length < count && Date.now() < deadline) await new Promise(setImmediate);
    return outcomes.join(', ');
  };
  return { post, taken };
};

const takesItselfBack = async (world: World): Promise<string> => {
  const { taken, post } = countingService();
  const prepared = await prepare(world, { post });
  await update(prepared);
  const crashed: string[] = [];
  for (const isPutBack of [false, false, true]) {
    const version = await starts(world, prepared);
    crashed.push(version);
    if ((await prepared.crash(version)) !== isPutBack) return `put back after ${crashed.join(', ')}`;
  }
  const back = await starts(world, prepared);
  return using(prepared.open(back), async (installation) => {
    const told = installation.updates.snapshot().state;
    await installation.updates.api.usable();
    await installation.updates.api.acknowledge();
    const next = await ask(installation);
    return `${crashed.length} starts, ${told}, starts ${back}, then ${next}: ${await taken(3)}`;
  });
};

const hasNothingToGoBackTo = async (world: World): Promise<string> => {
  const prepared = await prepare(world, {});
  await update(prepared);
  await truncate(join(prepared.root, 'cache', 'updates', `${OLD}.appimage`), 1_000);
  const replaced: boolean[] = [];
  for (let start = 0; start < 4; start += 1) replaced.push(await prepared.crash(NEW));
  return `${replaced.includes(true) ? 'put back' : 'left'}, starts ${await starts(world, prepared)}`;
};

const startsWell = async (world: World): Promise<string> => {
  const { taken, post } = countingService();
  const prepared = await prepare(world, { post });
  await update(prepared);
  const version = await starts(world, prepared);
  await prepared.crash(version);
  await using(prepared.open(version), async (installation) => {
    await installation.updates.api.usable();
    await ask(installation);
    await taken(2);
  });
  const replaced = [
    await prepared.crash(version),
    await prepared.crash(version),
    await prepared.crash(version),
  ];
  return `${replaced.includes(true) ? 'put back' : 'left'}, starts ${await starts(world, prepared)}: ${await taken(2)}`;
};

const replayed = async (world: World): Promise<string> => {
  const prepared = await prepare(world, { manifest: { halted: true } });
  return using(prepared.open(), async (installation) => {
    const first = await ask(installation);
    await say(world, prepared, { signedAt: new Date(Date.now() - 3_600_000).toISOString() });
    return `${first}, then ${await ask(installation)}, starts ${await starts(world, prepared)}`;
  });
};

const haltedWhenReady = async (world: World): Promise<string> => {
  const prepared = await prepare(world, {});
  return using(prepared.open(), async (installation) => {
    const first = await ask(installation);
    await say(world, prepared, { halted: true, signedAt: new Date().toISOString() });
    const second = await ask(installation);
    await installation.updates.api.install();
    return `${first}, then ${second}, starts ${await starts(world, prepared)}`;
  });
};

const raisedWhenReady = async (world: World): Promise<string> => {
  const prepared = await prepare(world, {});
  return using(prepared.open(), async (installation) => {
    const first = await ask(installation);
    await say(world, prepared, { signedAt: new Date().toISOString() });
    const second = await ask(installation);
    await installation.updates.api.install();
    return `${first}, then ${second}, starts ${await starts(world, prepared)}`;
  });
};

const changedOnTheDisk = async (world: World): Promise<string> => {
  const prepared = await prepare(world, {});
  return using(prepared.open(), async (installation) => {
    const first = await ask(installation);
    const file = join(prepared.root, 'cache', 'riffle-updater', 'pending', prepared.offered.name);
    const bytes = await readFile(file);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(file, bytes);
    const state = await installation.updates.api.install();
    return `${first}, then ${state.state === 'failed' ? state.reason : state.state}, starts ${await starts(world, prepared)}`;
  });
};

const stagedHalf = async (world: World): Promise<string> => {
  const prepared = await prepare(world, { manifest: { halted: true } });
  return using(prepared.open(), async (installation) => {
    await ask(installation);
    const record: unknown = JSON.parse(await readFile(join(prepared.root, 'data', 'update.json'), 'utf8'));
    const id = String(Reflect.get(Object(record), 'installationId'));
    const seeds = Array.from({ length: 100 }, (_, each) => `seed ${each}`);
    const tell = async (isIn: boolean): Promise<string> => {
      const seed = seeds.find((each) => stagingPlace(id, each) < 50 === isIn) ?? '';
      await say(world, prepared, { signedAt: new Date().toISOString(), rollout: { percent: 50, seed } });
      return ask(installation);
    };
    return `${await tell(false)} when it is not among them, ${await tell(true)} when it is`;
  });
};

/** It has everything it needs to begin, and asks for its turn. */
const untilItWaits = async ({ edge }: World): Promise<void> => {
  while (edge.requests.every(({ name }) => !name.endsWith('.yml'))) await new Promise(setImmediate);
};

const waitsBehindMusic = async (world: World): Promise<string> => {
  const line = createLine();
  const music = await line.enter(() => 'playing', new AbortController().signal);
  const prepared = await prepare(world, { takeTurn: (signal) => line.enter(() => 'update', signal) });
  const payloadRequests = (): number =>
    world.edge.requests.filter(({ name }) => name.endsWith('.appimage')).length;
  return using(prepared.open(), async (installation) => {
    await installation.updates.api.check();
    await installation.reaches('downloading');
    await untilItWaits(world);
    const during = payloadRequests();
    music.leave();
    const { state } = await installation.reaches('ready', 'failed');
    return `${during} requests while music is fetched, then ${state}`;
  });
};

const endedMeanwhile = async (world: World): Promise<string> => {
  const music = new AbortController();
  let turns = 0;
  let payloadRequests = 0;
  const isFirstRun = (): boolean => turns < 3;
  const prepared = await prepare(world, {
    withoutOldFile: true,
    // The block map at its end, the first piece; while the second is on its way music begins, and goes on until the app is ended.
    async fetch(address, init) {
      if (String(address).endsWith('.appimage')) payloadRequests += 1;
      if (payloadRequests === 3) music.abort();
      return fetch(address, init);
    },
    takeTurn(signal) {
      turns += 1;
      if (turns !== 3)
        return Promise.resolve({
          signal: turns === 2 ? music.signal : new AbortController().signal,
          leave: () => undefined,
        });
      return new Promise<LineTurn>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    },
  });
  await using(prepared.open(), async ({ updates, reaches }) => {
    await updates.api.check();
    await reaches('downloading');
    while (isFirstRun()) await new Promise(setImmediate);
  });
  const asked = world.edge.requests.length;
  const state = await using(prepared.open(), ask);
  const again = world.edge.requests
    .slice(asked)
    .filter(({ range }) => range?.startsWith('bytes=0-') === true);
  return `${state}, ${again.length} requests for what had come`;
};

const damagedPart = async (world: World): Promise<string> => {
  const prepared = await prepare(world, { withoutOldFile: true });
  const folder = join(prepared.root, 'cache', 'updates');
  await mkdir(folder, { recursive: true });
  const hash = Buffer.from(prepared.offered.sha512, 'base64').toString('hex').slice(0, 32);
  await writeFile(join(folder, `${hash}.part`), Buffer.alloc(100_000, 1));
  return using(
    prepared.open(),
    async (installation) => `${await ask(installation)}, then ${await ask(installation)}`,
  );
};

const switchedOffMeanwhile = async (world: World): Promise<string> => {
  const line = createLine();
  await line.enter(() => 'playing', new AbortController().signal);
  const prepared = await prepare(world, { takeTurn: (signal) => line.enter(() => 'update', signal) });
  return using(prepared.open(), async (installation) => {
    await installation.updates.api.check();
    await installation.reaches('downloading');
    await untilItWaits(world);
    installation.changeSettings({ updates: 'off' });
    world.edge.reset(null);
    const state = await ask(installation);
    return `${state}, ${world.edge.requests.length} requests, starts ${await starts(world, prepared)}`;
  });
};

export const STORIES: readonly Story[] = [
  {
    what: 'the new version does not start twice',
    expected: `3 starts, rolled_back, starts ${OLD}, then idle: failed_start, failed_start, rolled_back`,
    run: takesItselfBack,
  },
  {
    what: 'it does not start, and the kept one is damaged',
    expected: `left, starts ${NEW}`,
    run: hasNothingToGoBackTo,
  },
  {
    what: 'it starts the second time, and crashes later',
    expected: `left, starts ${NEW}: failed_start, started`,
    run: startsWell,
  },
  {
    what: 'an older manifest is handed out again',
    expected: `idle, then out_of_order, starts ${OLD}`,
    run: replayed,
  },
  { what: 'halted after it was fetched', expected: `ready, then idle, starts ${OLD}`, run: haltedWhenReady },
  {
    what: 'signed anew after it was fetched',
    expected: `ready, then ready, starts ${NEW}`,
    run: raisedWhenReady,
  },
  {
    what: 'changed on the disk after it was verified',
    expected: `ready, then bad_payload, starts ${OLD}`,
    run: changedOnTheDisk,
  },
  { what: 'staged, 50 %', expected: 'idle when it is not among them, ready when it is', run: stagedHalf },
  {
    what: 'music is fetched meanwhile',
    expected: '0 requests while music is fetched, then ready',
    run: waitsBehindMusic,
  },
  {
    what: 'ended while it is fetched whole',
    expected: 'ready, 0 requests for what had come',
    run: endedMeanwhile,
  },
  { what: 'what came before is damaged', expected: 'bad_payload, then ready', run: damagedPart },
  {
    what: 'switched off while it is fetched',
    expected: `off, 0 requests, starts ${OLD}`,
    run: switchedOffMeanwhile,
  },
];
