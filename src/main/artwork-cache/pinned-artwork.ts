import pLimit from 'p-limit';
import { PINNED_SIZES, pictureName, type PictureAddress } from './picture-names.ts';

export type FetchOutcome =
  | 'kept'
  /** There is no such picture. */
  | 'absent'
  /** The service or the disk does not let it now. */
  | 'later';

export interface PinnedArtwork {
  /** Exactly these are wanted; fetches what is missing in the background. */
  want(artworkIds: Iterable<string>): void;
  /** Tries again what could not be had. */
  tryAgain(): void;
  /** Resolves when nothing is fetched. */
  settled(): Promise<void>;
}

const FETCHES_AT_A_TIME = 3;
/** In a row; then the service is taken to be away, and is left alone until it is heard of. */
const MOST_FAILURES = 3;

/** Sees to it that the pictures of what is kept offline are here, a few at a time, behind nobody's back. */
export const createPinnedArtwork = (options: {
  readonly has: (name: string) => Promise<boolean>;
  readonly fetch: (address: PictureAddress) => Promise<FetchOutcome>;
  readonly closing: AbortSignal;
}): PinnedArtwork => {
  const { has, fetch, closing } = options;
  /** What is not known to be here, by name. */
  let missing = new Map<string, PictureAddress>();
  let failuresInARow = 0;
  let round: Promise<void> | null = null;
  let isAnotherRoundWanted = false;

  const fetchOne = async (name: string, address: PictureAddress): Promise<void> => {
    const isOver = (): boolean => closing.aborted || failuresInARow >= MOST_FAILURES || !missing.has(name);
    if (isOver()) return;
    const outcome: FetchOutcome = (await has(name)) ? 'kept' : await fetch(address);
    if (outcome === 'later') failuresInARow += 1;
    else {
      failuresInARow = 0;
      missing.delete(name);
    }
  };

  const fetchAll = async (): Promise<void> => {
    do {
      isAnotherRoundWanted = false;
      failuresInARow = 0;
      const atOnce = pLimit(FETCHES_AT_A_TIME);
      const addresses = Array.from(missing);
      await Promise.all(addresses.map(([name, address]) => atOnce(() => fetchOne(name, address))));
    } while (isAnotherRoundWanted && !closing.aborted);
  };

  const start = (): void => {
    if (missing.size === 0 || closing.aborted) return;
    isAnotherRoundWanted = true;
    round ??= fetchAll().finally(() => {
      round = null;
    });
  };

  return {
    want(artworkIds) {
      missing = new Map(
        Array.from(artworkIds).flatMap((id) =>
          PINNED_SIZES.map((size) => [pictureName({ id, size }), { id, size }] as const),
        ),
      );
      start();
    },
    tryAgain: start,
    async settled() {
      await round;
    },
  };
};
