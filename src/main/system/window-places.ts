import { z } from 'zod';
import { createAnnouncer } from '../announcer.ts';
import type { Clock, Log } from '../ports.ts';
import type { JsonDocument } from '../storage/json-document.ts';
import { windowPlaceSchema, type WindowPlace } from './window-place.ts';

export const windowPlacesSchema = z.object({
  main: windowPlaceSchema.optional().catch(undefined),
  mini: windowPlaceSchema.optional().catch(undefined),
});
type Places = z.infer<typeof windowPlacesSchema>;
export type WindowName = keyof Places;

export interface WindowPlaces {
  /** Where that window was last; null when it never was. */
  of(name: WindowName): WindowPlace | null;
  /** Kept on the disk soon, and at the latest when closed. */
  remember(name: WindowName, place: WindowPlace): void;
  close(): Promise<void>;
}

/** A window that is being moved says so many times a second. */
const WRITE_EVERY_MS = 2_000;

/** Remembers where the windows stood. That it could not be kept costs nobody anything but the place. */
export const createWindowPlaces = async (options: {
  readonly document: JsonDocument<Places>;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<WindowPlaces> => {
  const { document, clock, log } = options;
  const closing = new AbortController();
  const failed = (error: unknown): void => log.warn('the place of the window was not kept', { error });
  const stored = await document.read().catch((error: unknown) => {
    failed(error);
    return null;
  });
  let places: Places = stored ?? {};
  let isKept = true;
  const write = (): Promise<void> => {
    isKept = true;
    return document.write(places).catch(failed);
  };
  const keepSoon = createAnnouncer({
    everyMs: WRITE_EVERY_MS,
    tell: () => void write(),
    clock,
    log,
    closing: closing.signal,
  });

  return {
    of: (name) => places[name] ?? null,
    remember(name, place) {
      places = { ...places, [name]: place };
      isKept = false;
      keepSoon();
    },
    async close() {
      closing.abort();
      if (!isKept) await write();
    },
  };
};
