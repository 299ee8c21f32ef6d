/** Plays over a link that is hardly faster than the music: how often does the sound stop? */
import type { Page } from '@playwright/test';
import {
  listenUntil,
  openAlbum,
  pauseBare,
  pressBare,
  pressRow,
  showRow,
  warmUp,
} from '../../measuring/players.ts';
import type { MeterReading } from '../../measuring/sound-meter.ts';

/** A silence this long inside a track is a stall. */
export const STALL_MS = 50;
/** Between two tracks of a queue: two elements change over. Longer, and the next one was not there. */
export const HANDOVER_MS = 250;
/** How far from the end of a track a silence may be and still be the change to the next. */
const NEAR_END_MS = 200;
/** So long before its end the second track is left, for the app would go on to the third. */
const LEFT_EARLY_MS = 800;
/** Longer than the app itself waits for a track that does not come. */
const GIVEN_UP_MS = 20_000;

export interface PlayRecord {
  /** From the press to the first sound; null for a track the queue went on to. */
  readonly startMs: number | null;
  /** The silence before it, for a track the queue went on to. */
  readonly handoverMs: number | null;
  readonly stallsMs: readonly number[];
}

/** What two tracks in a row sounded like, out of one reading that began with the first. */
export const judgePair = (reading: MeterReading, trackMs: number, startMs: number): readonly PlayRecord[] => {
  const isHandover = ({ afterSoundMs }: MeterReading['silences'][number]): boolean =>
    Math.abs(afterSoundMs - trackMs) < NEAR_END_MS;
  const long = reading.silences.filter(({ ms }) => ms >= STALL_MS);
  const stalls = (isIn: (afterSoundMs: number) => boolean): number[] =>
    long.filter((silence) => !isHandover(silence) && isIn(silence.afterSoundMs)).map(({ ms }) => ms);
  const handoverMs = reading.silences
    .filter(isHandover)
    .reduce((longest, { ms }) => Math.max(longest, ms), 0);
  // Still silent at the end of the reading: it never came back.
  const lost = reading.silentMs >= STALL_MS ? [reading.silentMs] : [];
  const wasLostInFirst = reading.soundMs < trackMs - NEAR_END_MS;
  return [
    {
      startMs,
      handoverMs: null,
      stallsMs: [...stalls((at) => at < trackMs), ...(wasLostInFirst ? lost : [])],
    },
    {
      startMs: null,
      handoverMs,
      stallsMs: [
        ...stalls((at) => at >= trackMs),
        ...(handoverMs > HANDOVER_MS ? [handoverMs] : []),
        ...(wasLostInFirst ? [] : lost),
      ],
    },
  ];
};

/**
 * Presses every fourth row of an album and listens to two tracks: one that must be fetched while it plays, and the next one
 * of the queue. What the app has begun to fetch of the third is in the way of the next press, as it is for a listener.
 */
export const listenToPairs = async (options: {
  readonly page: Page;
  readonly shellUrl: string;
  readonly albumId: string;
  readonly pairs: number;
  readonly trackMs: number;
  readonly onPlays: (plays: readonly PlayRecord[]) => void;
}): Promise<void> => {
  const { page, shellUrl, albumId, pairs, trackMs, onPlays } = options;
  await openAlbum(page, shellUrl, albumId);
  await warmUp(page, pairs * 4);
  const enoughMs = 2 * trackMs - LEFT_EARLY_MS;
  for (let pair = 0; pair < pairs; pair += 1) {
    const startMs = await pressRow(page, pair * 4, pair === 0 ? 'silent' : 'sounding');
    if (pair + 1 < pairs) await showRow(page, (pair + 1) * 4);
    const reading = await listenUntil(
      page,
      ({ soundMs, silentMs }) => soundMs >= enoughMs || silentMs > GIVEN_UP_MS,
      4 * trackMs + GIVEN_UP_MS,
    );
    onPlays(judgePair(reading, trackMs, startMs));
  }
};

/** The same over such a link with a bare element: what a link and a machine as busy as this one do to anybody. */
export const listenToBare = async (options: {
  readonly page: Page;
  /** Signed, one for each play. */
  readonly addresses: readonly string[];
  readonly trackMs: number;
  readonly onPlay: (play: PlayRecord) => void;
}): Promise<void> => {
  const { page, addresses, trackMs, onPlay } = options;
  for (const address of addresses) {
    const startMs = await pressBare(page, { address });
    const reading = await listenUntil(
      page,
      ({ soundMs, silentMs }) => soundMs >= trackMs - LEFT_EARLY_MS || silentMs > GIVEN_UP_MS,
      2 * trackMs + GIVEN_UP_MS,
    );
    const lost = reading.silentMs >= STALL_MS ? [reading.silentMs] : [];
    const stallsMs = reading.silences.filter(({ ms }) => ms >= STALL_MS).map(({ ms }) => ms);
    onPlay({ startMs, handoverMs: null, stallsMs: [...stallsMs, ...lost] });
    await pauseBare(page);
  }
};
