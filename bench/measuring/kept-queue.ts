/** A queue as the app keeps it, handed to the host before a window opens: it stands there, paused, ready to play. */
import type { BrowserContext, Page } from '@playwright/test';
import { z } from 'zod';
import { trackSchema, type Track } from '../../src/contract/catalog-http.ts';
import type { SavedQueue } from '../../src/contract/playback-session.ts';

const albumsSchema = z.object({ items: z.array(z.object({ id: z.string() })) });
const albumSchema = z.object({ discs: z.array(z.object({ tracks: z.array(trackSchema) })) });

const getJson = async <Value>(url: string, schema: z.ZodType<Value>): Promise<Value> =>
  schema.parse(await (await fetch(url)).json());

/** Every track of a small catalog, album by album. */
export const tracksOf = async (serviceUrl: string): Promise<readonly Track[]> => {
  const { items } = await getJson(`${serviceUrl}/v1/albums`, albumsSchema);
  const albums = await Promise.all(
    items.map(({ id }) => getJson(`${serviceUrl}/v1/albums/${id}`, albumSchema)),
  );
  return albums.flatMap(({ discs }) => discs.flatMap((disc) => disc.tracks));
};

/** @param position of the entry that is the current one. */
export const queueOf = (tracks: readonly Track[], position = 0): SavedQueue => {
  const entries = tracks.map((track, index) => ({ entryId: `e${index}`, track }));
  return {
    version: 1,
    played: entries.slice(0, position),
    current: entries[position] ?? null,
    requested: [],
    upcoming: entries.slice(position + 1),
    naturalOrder: entries.map(({ entryId }) => entryId),
    shuffle: false,
    shuffleSeed: 0,
    repeat: 'off',
    origin: { kind: 'tracks', id: null, title: 'Bench' },
  };
};

const callHost = (page: Page, method: string, argument: unknown): Promise<void> =>
  page.evaluate(
    async ({ method, body }) => {
      const response = await fetch(`/host/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const reply = (await response.json()) as { readonly ok: boolean };
      if (!reply.ok) throw new Error(`the host did not take ${method}`);
    },
    { method, body: JSON.stringify(argument) },
  );

export const keepQueue = async (
  context: BrowserContext,
  shellUrl: string,
  queue: SavedQueue,
): Promise<void> => {
  const page = await context.newPage();
  await page.goto(shellUrl);
  // Let in by now, and out of the app again: what it keeps itself when it goes must not come after this.
  await page.goto(new URL('/icon.svg', shellUrl).href);
  await callHost(page, 'playback.saveQueue', queue);
  await page.close();
};
