/** Everything that may be met on the way to an update, tried with a real electron-updater against a store and an edge. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderStore } from '../../src/catalog/store/folder-store.ts';
import { createS3Store } from '../../src/catalog/store/s3-store.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { ensureRadosgw } from '../../tests/s3-server/install.ts';
import { startRadosgw } from '../../tests/s3-server/radosgw.ts';
import { MOMENTS } from '../../tests/update/kill-order.ts';
import { expectedAfterKill, killAt } from '../../tests/update/kills.ts';
import { runScenario, SCENARIOS, type Outcome } from '../../tests/update/scenarios.ts';
import { STORIES } from '../../tests/update/stories.ts';
import { createWorld, type World } from '../../tests/update/world/world.ts';
import type { Bench } from '../measuring/report.ts';

interface OpenedPlace {
  readonly name: string;
  readonly store: ObjectStore;
  close(): Promise<void>;
}

const openFolder = async (reason: string): Promise<OpenedPlace> => {
  const root = await mkdtemp(join(tmpdir(), 'riffle-feed-'));
  return {
    name: `a folder (${reason})`,
    store: createFolderStore({ root }),
    close: () => rm(root, { recursive: true, force: true }),
  };
};

/** A real S3 where there is one. */
const openPlace = async (): Promise<OpenedPlace> => {
  const availability = await ensureRadosgw();
  if (!availability.ok) return openFolder(availability.reason);
  const { endpoint, region, bucket, accessKeyId, secretAccessKey, stop } = await startRadosgw();
  process.env['AWS_ACCESS_KEY_ID'] = accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = secretAccessKey;
  return { name: 'S3 (radosgw)', store: createS3Store({ endpoint, region, bucket }), close: stop };
};

const tried = async (what: string, expected: string, run: () => Promise<string>): Promise<Outcome> => {
  const got = await run().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  return { what, expected, got, movedShare: null, holds: got === expected };
};

const tryAll = async (world: World, progress: (sentence: string) => void): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const scenario of SCENARIOS) {
    progress(`${scenario.what} …`);
    outcomes.push(await runScenario(world, scenario));
  }
  for (const { what, expected, run } of STORIES) {
    progress(`${what} …`);
    outcomes.push(await tried(what, expected, () => run(world)));
  }
  for (const moment of MOMENTS) {
    progress(`killed when ${moment} …`);
    outcomes.push(
      await tried(`killed when ${moment}`, expectedAfterKill(moment), () => killAt(world, moment)),
    );
  }
  return outcomes;
};

export const bench: Bench = {
  summary: 'updates over S3 and an edge: what is refused, what is moved, what starts after a kill',
  async run({ progress }) {
    if (process.platform !== 'linux')
      return { tables: [], budgets: [], notes: ['AppImages are started, which only Linux can'] };
    const place = await openPlace();
    const world = await createWorld(place.store);
    try {
      const outcomes = await tryAll(world, progress);
      const differential = outcomes.filter(({ what }) => what.startsWith('only what changed'));
      const shares = differential.map(({ movedShare }) => movedShare ?? 1);
      return {
        tables: [
          {
            title: `Updates from ${place.name}`,
            columns: ['what', 'expected', 'got', 'bytes moved', ''],
            rows: outcomes.map(({ what, expected, got, movedShare, holds }) => [
              what,
              expected,
              got,
              movedShare === null ? '–' : `${Math.round(movedShare * 100)} %`,
              holds ? 'ok' : 'NOT AS EXPECTED',
            ]),
          },
        ],
        budgets: [
          {
            id: 'update.unexpected',
            value: outcomes.filter(({ holds }) => !holds).length,
            unit: 'rows',
            limit: 0,
          },
          { id: 'update.differential', value: Math.max(...shares) * 100, unit: '%', limit: 30 },
        ],
        notes: [
          'electron-updater runs in plain Node, with its block maps, its cache and its checks; its requests go through the door of the app',
          'bytes moved: of payload and block maps, as a share of the payload; a tenth of its blocks differ between the two versions',
          'starts: the app is run afterwards and must be one of the versions, byte for byte',
        ],
      };
    } finally {
      await world.close();
      await place.close();
    }
  },
};
