import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestFolder } from '../contract/open-test-stores.ts';
import type { OpenedStore } from '../contract/object-store.contract.ts';
import type { Moment } from './kill-order.ts';
import { expectedAfterKill, killAt } from './kills.ts';
import { STORIES } from './stories.ts';
import { createWorld, type World } from './world/world.ts';

/** Each costs a process; the bench tries them all. */
const SOME_MOMENTS: readonly Moment[] = [
  'half of the payload is there',
  'the old one is kept',
  'half of it is copied',
  'it is in place',
];

describe.skipIf(process.platform !== 'linux')('an installation (Linux only)', () => {
  let store: OpenedStore;
  let world: World;
  beforeAll(async () => {
    store = await openTestFolder();
    world = await createWorld(store.store);
  });
  afterAll(async () => {
    await world.close();
    await store.close();
  });

  it.each(STORIES.map((story) => [story.what, story.expected, story] as const))(
    '%s: %s',
    async (_what, expected, story) => {
      expect(await story.run(world)).toBe(expected);
    },
  );

  it.each(SOME_MOMENTS.map((moment) => [moment, expectedAfterKill(moment)] as const))(
    'killed when %s: %s',
    async (moment, expected) => {
      expect(await killAt(world, moment)).toBe(expected);
    },
  );
});
