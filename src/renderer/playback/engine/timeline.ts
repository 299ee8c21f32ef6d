/**
 * Where the frames of one track lie on the clock of the audio device. Everything is counted in whole frames of that clock: in
 * seconds, two blocks that touch would sometimes overlap by one.
 */
export interface Anchor {
  /** Of the device's clock. */
  readonly contextFrame: number;
  /** Of the track, heard at that frame. */
  readonly trackFrame: number;
}

export const contextFrameOf = (anchor: Anchor, trackFrame: number): number =>
  anchor.contextFrame + trackFrame - anchor.trackFrame;

export const trackFrameAt = (anchor: Anchor, contextFrame: number): number =>
  anchor.trackFrame + contextFrame - anchor.contextFrame;

/** Less than this ahead counts as running dry. */
const DRY_S = 0.2;

/**
 * How little may be scheduled before it counts as running dry: a track that has only just begun is not dry because its first
 * block is short.
 */
export const dryBelowFrames = (sinceAnchorFrames: number, rateHz: number): number =>
  Math.min(DRY_S * rateHz, sinceAnchorFrames / 2);

export interface Join {
  /** Of the device's clock: where the follower's first frame is heard. */
  readonly atFrame: number;
  /** Both sound for so long; 0 where the follower begins when the track has ended. */
  readonly fadeFrames: number;
}

/** A fade shorter than this is none. */
const SHORTEST_FADE_S = 0.05;

/**
 * Where a follower begins. It is placed as late as it must: at the track's very end, or so long before it as both are to
 * sound. Who comes late for that has a shorter fade, and who comes after the end begins at once.
 */
export const planJoin = (options: {
  readonly endFrame: number;
  readonly wantedFadeFrames: number;
  /** Of both tracks, whichever is shorter: a fade never takes more than half of one. */
  readonly shorterFrames: number;
  readonly earliestFrame: number;
  readonly rateHz: number;
}): Join => {
  const { endFrame, earliestFrame, rateHz } = options;
  const fade = Math.min(
    options.wantedFadeFrames,
    Math.floor(options.shorterFrames / 2),
    endFrame - earliestFrame,
  );
  if (fade < SHORTEST_FADE_S * rateHz) return { atFrame: Math.max(endFrame, earliestFrame), fadeFrames: 0 };
  return { atFrame: endFrame - fade, fadeFrames: fade };
};
