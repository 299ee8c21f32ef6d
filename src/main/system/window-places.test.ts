import { readFile, rm } from 'node:fs/promises';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../ports.ts';
import { createJsonDocument } from '../storage/json-document.ts';
import { createWindowPlaces, windowPlacesSchema } from './window-places.ts';

const PLACE = { bounds: { x: 10, y: 20, width: 800, height: 600 }, isMaximised: false };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const openPlaces = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'riffle-places-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'window.json');
  const open = () =>
    createWindowPlaces({
      document: createJsonDocument({ path, schema: windowPlacesSchema, log }),
      clock: systemClock,
      log,
    });
  return { path, open };
};

it('knows after a restart where each window stood last, however it was closed', async () => {
  const { path, open } = await openPlaces();
  const first = await open();
  expect(first.of('main')).toBeNull();
  first.remember('main', PLACE);
  first.remember('mini', PLACE);
  const moved = { ...PLACE, bounds: { ...PLACE.bounds, x: 99 } };
  first.remember('main', moved);
  await first.close();
  const second = await open();
  expect([second.of('main'), second.of('mini')]).toEqual([moved, PLACE]);
  await second.close();
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ main: moved, mini: PLACE });
});

it('starts in the middle of the screen where the disk does not answer', async () => {
  const failing = {
    read: () => Promise.reject(new Error('no disk')),
    write: () => Promise.reject(new Error('no disk')),
  };
  const places = await createWindowPlaces({ document: failing, clock: systemClock, log });
  expect(places.of('main')).toBeNull();
  places.remember('main', PLACE);
  expect(places.of('main')).toEqual(PLACE);
  await places.close();
});
