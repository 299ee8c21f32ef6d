import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestBucket, openTestFolder } from '../contract/open-test-stores.ts';
import type { OpenedStore } from '../contract/object-store.contract.ts';
import { acquireS3, nameWith } from '../s3-server/acquire-s3.ts';
import { runScenario, SCENARIOS } from './scenarios.ts';
import { createWorld, type World } from './world/world.ts';

const s3 = await acquireS3();
const place = s3.ok ? nameWith('from S3', s3) : 'from a folder';

/** AppImages are what can be started here; what Windows and macOS do with theirs is tried where they are. */
describe.skipIf(process.platform !== 'linux')(`updates ${place} (Linux only)`, () => {
  let store: OpenedStore;
  let world: World;
  beforeAll(async () => {
    store = s3.ok ? await openTestBucket(s3) : await openTestFolder();
    world = await createWorld(store.store);
  });
  afterAll(async () => {
    await world.close();
    await store.close();
  });

  it.each(SCENARIOS.map((scenario) => [scenario.what, scenario.expected, scenario] as const))(
    '%s: %s',
    async (_what, expected, scenario) => {
      const outcome = await runScenario(world, scenario);
      expect(outcome).toMatchObject({ got: expected, holds: true });
    },
  );
});
