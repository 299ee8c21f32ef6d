import type { HostApi } from '../../contract/host-api.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { PinSource } from '../../contract/offline.ts';
import { movedBefore } from '../../core/offline/pin-order.ts';
import { createSequence } from '../../core/work/sequence.ts';
import type { Clock, Log } from '../ports.ts';
import { createLruMap } from '../storage/lru-map.ts';
import type { TrackCache } from '../track-cache/cache-contract.ts';
import { askContents, type PinnableCatalog, type PinnableLists } from './ask-contents.ts';
import type { FetchQueue } from './fetch-queue.ts';
import {
  headingOf,
  isSameContents,
  keyOf,
  tracksOf,
  type PinContents,
  type PinDocument,
} from './pin-contents.ts';
import type { PinFiles } from './pin-files.ts';
import type { PinSettingsFile } from './pin-settings.ts';
import type { PinEntry, PinTable } from './pin-table.ts';

type Request<Name extends keyof HostApi['downloads']> = Parameters<HostApi['downloads'][Name]>[0];

/** What changes pins. One after the other; first on the disk, then in memory, so that a change that fails has changed nothing. */
export interface PinChanges {
  pin(request: Request<'pin'>): Promise<void>;
  unpin(request: Request<'unpin'>): Promise<void>;
  pause(request: Request<'pause'>): Promise<void>;
  resume(request: Request<'resume'>): Promise<void>;
  retry(request: Request<'retry'>): Promise<void>;
  move(request: Request<'move'>): Promise<void>;
  removeAll(): Promise<void>;
  /** Asks the catalog about a pinned source and takes over what is different. */
  bringUpToDate(source: PinSource): Promise<void>;
  /** Writes down what was asked for when. */
  noteRound(): Promise<void>;
  settled(): Promise<void>;
}

/** Pins that were let go, to be taken back without asking anyone. */
const REMEMBERED_PINS = 20;

interface Unpinned {
  readonly document: PinDocument;
  readonly before: string | null;
  readonly isPaused: boolean;
}

const isEmptied = (pin: PinEntry, contents: PinContents): boolean =>
  tracksOf(contents).length === 0 && pin.trackIds.length > 0;
const isAsKept = (pin: PinEntry, contents: PinContents): boolean => {
  const tracks = tracksOf(contents);
  const { title, artwork } = headingOf(contents);
  return (
    title === pin.heading.title &&
    artwork?.id === pin.heading.artwork?.id &&
    tracks.length === pin.trackIds.length &&
    tracks.every(({ id }, index) => id === pin.trackIds[index])
  );
};

export const createPinChanges = (options: {
  readonly files: PinFiles;
  readonly settings: PinSettingsFile;
  readonly table: PinTable;
  readonly queue: FetchQueue;
  readonly cache: Pick<TrackCache, 'setPinned' | 'remove'>;
  readonly catalog: PinnableCatalog;
  readonly lists: PinnableLists;
  readonly isAllowed: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly put: (document: PinDocument) => void;
  readonly checked: () => Readonly<Record<string, number>>;
  readonly onChecked: (key: string) => void;
  readonly onForgotten: (key: string) => void;
  readonly onPinContents: (contents: PinContents) => void;
  readonly onChange: () => void;
}): PinChanges => {
  const { files, settings, table, queue, cache, catalog, lists, clock, log, put, onChange } = options;
  const unpinned = createLruMap<string, Unpinned>(REMEMBERED_PINS);
  /** Questions to the catalog whose pin may be withdrawn before the answer comes. */
  const asking = new Set<{ readonly key: string; isWithdrawn: boolean }>();
  const { inTurn, settled } = createSequence();

  const pinsChanged = (): void => {
    cache.setPinned(table.trackIds());
    queue.update();
    onChange();
  };

  const orderNow = (): readonly string[] => table.pins().map(({ key }) => key);
  const iso = (): string => new Date(clock.now()).toISOString();

  /** What was set for an earlier pin of this source is not set for the new one. */
  const pausedWithout = (key: string): readonly string[] =>
    settings.get().paused.filter((other) => other !== key);

  const add = (document: PinDocument): Promise<void> =>
    inTurn(async () => {
      const key = keyOf(document.source);
      if (table.pin(key) !== undefined) return;
      await settings.change({ order: [...orderNow(), key], paused: pausedWithout(key) });
      await files.write(document);
      put(document);
      options.onChecked(key);
      options.onPinContents(document.contents);
      pinsChanged();
    });

  const takeBack = ({ document, before, isPaused }: Unpinned): Promise<void> =>
    inTurn(async () => {
      const key = keyOf(document.source);
      if (table.pin(key) !== undefined) return;
      const order = movedBefore([...orderNow(), key], key, before);
      const paused = pausedWithout(key);
      await settings.change({ order, paused: isPaused ? [...paused, key] : paused });
      await files.write(document);
      unpinned.delete(key);
      put(document);
      table.arrange(order);
      table.setPaused(key, isPaused);
      pinsChanged();
    });

  const pausedKeys = (): readonly string[] =>
    table
      .pins()
      .filter(({ isPaused }) => isPaused)
      .map(({ key }) => key);

  const setPaused = async (isPaused: boolean, paused: readonly string[]): Promise<void> => {
    await settings.change({ isPaused, paused });
    const keys = new Set(paused);
    for (const { key } of table.pins()) table.setPaused(key, keys.has(key));
    queue.setPaused(isPaused);
    onChange();
  };

  return {
    async pin({ source }) {
      const key = keyOf(source);
      if (table.pin(key) !== undefined) return;
      const remembered = unpinned.get(key);
      if (remembered !== undefined) {
        await takeBack(remembered);
        return;
      }
      if (!options.isAllowed())
        throw new HostFailure('premium_required', 'only premium listeners keep music');
      const question = { key, isWithdrawn: false };
      asking.add(question);
      let contents: PinContents;
      try {
        contents = await askContents(catalog, lists, source);
      } finally {
        asking.delete(question);
      }
      if (question.isWithdrawn) return;
      await add({ version: 1, source, addedAt: iso(), checkedAt: iso(), contents });
    },

    async unpin({ source }) {
      const key = keyOf(source);
      for (const question of asking) if (question.key === key) question.isWithdrawn = true;
      await inTurn(async () => {
        const pin = table.pin(key);
        if (pin === undefined) return;
        const document = await files.read(source).catch((error: unknown) => {
          log.warn('pin cannot be taken back: it could not be read', { key, error });
          return null;
        });
        await files.remove([source]);
        const keys = orderNow();
        const before = keys[keys.indexOf(key) + 1] ?? null;
        if (document !== null) unpinned.set(key, { document, before, isPaused: pin.isPaused });
        table.remove(key);
        options.onForgotten(key);
        pinsChanged();
        queue.roomChanged();
      });
    },

    pause: ({ source }) =>
      inTurn(async () => {
        const { isPaused } = settings.get();
        if (source === null) await setPaused(true, pausedKeys());
        else await setPaused(isPaused, [...new Set([...pausedKeys(), keyOf(source)])]);
      }),

    // One that is resumed while all are paused goes on alone.
    resume: ({ source }) =>
      inTurn(async () => {
        const paused = settings.get().isPaused ? orderNow() : pausedKeys();
        if (source === null) await setPaused(false, []);
        else if (table.pin(keyOf(source)) !== undefined) {
          await setPaused(
            false,
            paused.filter((key) => key !== keyOf(source)),
          );
        }
      }),

    async retry({ source }) {
      queue.retry(source === null ? table.trackIds() : (table.pin(keyOf(source))?.trackIds ?? []));
    },

    move: ({ source, before }) =>
      inTurn(async () => {
        const order = movedBefore(orderNow(), keyOf(source), before === null ? null : keyOf(before));
        await settings.change({ order });
        table.arrange(order);
        queue.update();
        onChange();
      }),

    removeAll: () =>
      inTurn(async () => {
        for (const question of asking) question.isWithdrawn = true;
        const pins = table.pins();
        const trackIds = Array.from(table.trackIds());
        await files.remove(pins.map(({ source }) => source));
        for (const { key } of pins) {
          table.remove(key);
          options.onForgotten(key);
        }
        pinsChanged();
        await settings.change({ order: [], paused: [], checked: {} });
        // What is still being fetched would be written after it was removed.
        await queue.settled();
        await cache.remove(trackIds);
        queue.roomChanged();
        onChange();
      }),

    async bringUpToDate(source) {
      const key = keyOf(source);
      let contents: PinContents | null = null;
      try {
        contents = await askContents(catalog, lists, source);
      } catch (error) {
        if (!(error instanceof HostFailure) || error.code !== 'not_found') throw error;
      }
      await inTurn(async () => {
        const pin = table.pin(key);
        if (pin === undefined) return;
        // An operator who takes music out of the catalog does not take it from those who keep it.
        if (contents === null || (contents.kind !== 'list' && isEmptied(pin, contents))) {
          log.info('kept source is no longer in the catalog; what is kept of it stays', { key });
          table.setSourceGone(key, true);
          onChange();
          return;
        }
        table.setSourceGone(key, false);
        // Of a long list the disk need not be asked.
        if (contents.kind === 'list' && isAsKept(pin, contents)) return;
        const known = await files.read(source);
        if (known !== null && isSameContents(known.contents, contents)) return;
        const document = { version: 1, source, addedAt: pin.addedAt, checkedAt: iso(), contents } as const;
        await files.write(document);
        put(document);
        options.onPinContents(contents);
        pinsChanged();
      });
    },

    noteRound: () => inTurn(() => settings.change({ checked: options.checked() })),
    settled,
  };
};
