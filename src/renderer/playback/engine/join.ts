import type { Follower } from '../audio-engine.ts';
import type { Device } from './device.ts';
import { planJoin } from './timeline.ts';
import type { Turn } from './turn.ts';
import type { Voice } from './voice.ts';

/** What of a follower must be decoded before it is placed. */
const ENOUGH_TO_JOIN_S = 0.04;
/** A track waits for its follower's first samples until so little of it is left, and then does without. */
const LATEST_HEAD_S = 1.5;

/** The last samples of a track may be made with the first ones of what touches them: those, if they are known. */
export const answerForHead = (
  voice: Voice,
  follower: Follower | null,
  following: Turn | null,
  device: Device,
): void => {
  if (!voice.asksForHead) return;
  const left = voice.stretch === null ? voice.readyFrames : voice.stretch.endFrame - device.nowFrame;
  const head = following?.voice.head ?? null;
  const isFaded = follower !== null && follower.crossfadeMs > 0;
  if (follower !== null && !isFaded && head !== null) voice.headBehindIs(head);
  // A fade has to know the end of the track before it begins, and nothing touches that end.
  else if (isFaded || left < LATEST_HEAD_S * device.rateHz) voice.headBehindIs(null);
};

/** Places the follower behind a track, or over its end, once the device has all of that track. */
export const joinTurns = (voice: Voice, follower: Follower, following: Turn, device: Device): void => {
  if (!voice.isComplete || !voice.isScheduled || voice.stretch === null) return;
  const tail = follower.crossfadeMs > 0 ? null : voice.tail;
  if (!following.voice.fits(tail)) {
    following.startOver(tail);
    return;
  }
  const next = following.voice;
  if (next.stretch !== null) {
    if (!next.isScheduled && next.stretch.endFrame >= device.earliestFrame) next.schedule();
    return;
  }
  if (!next.isComplete && next.readyFrames < ENOUGH_TO_JOIN_S * device.rateHz) return;
  const framesOf = (ms: number | null): number =>
    ms === null ? Number.POSITIVE_INFINITY : Math.round((ms / 1000) * device.rateHz);
  const { atFrame, fadeFrames } = planJoin({
    endFrame: voice.stretch.endFrame,
    wantedFadeFrames: framesOf(follower.crossfadeMs),
    shorterFrames: Math.min(framesOf(next.durationMs), framesOf(voice.durationMs)),
    earliestFrame: device.earliestFrame,
    rateHz: device.rateHz,
  });
  following.take();
  const stretch = next.placeAt({ frame: () => atFrame, isInTime: () => true }, 0);
  if (fadeFrames === 0) return;
  voice.stretch.fadeOut(atFrame, fadeFrames);
  stretch.fadeIn(atFrame, fadeFrames);
};
