import { highPass } from '../synth/filters.ts';
import type { Echo } from '../synth/effects.ts';
import { filtered, pingPong } from '../synth/effects.ts';
import { limit } from '../synth/limiter.ts';
import { integratedLoudness } from '../synth/loudness.ts';
import { createRandom, seedFrom } from '../synth/random.ts';
import type { Room } from '../synth/reverb.ts';
import { reverb } from '../synth/reverb.ts';
import type { Effect, Stereo } from '../synth/sound.ts';
import { decibels, fade, mixInto, samplesIn, scale, silence, slice } from '../synth/sound.ts';
import type { Part } from './note.ts';
import { frequencyOf } from './pitch.ts';

/** A whole piece of music, ready to be played. */
export interface Piece {
  /** Also the seed of everything random in it. */
  readonly name: string;
  readonly beatsPerMinute: number;
  /** The last beat; what rings on after it lasts `tailSeconds`. */
  readonly endBeat: number;
  readonly tailSeconds: number;
  readonly parts: readonly Part[];
  readonly room: Room;
  readonly echo?: Echo;
  /** On the mix, before it is brought to its loudness. */
  readonly finish?: readonly Effect[];
  readonly loudnessLufs: number;
  readonly fadeInSeconds?: number;
  readonly fadeOutSeconds?: number;
}

/** Lossy codecs overshoot by about a decibel; with this ceiling what a decoder gives stays below -1 dBTP. */
const CEILING_DB = -2.4;

/** Plays a piece. The same piece gives the same samples. */
export function render(piece: Piece): Stereo {
  const seconds = (piece.endBeat * 60) / piece.beatsPerMinute + piece.tailSeconds;
  const dry = silence(samplesIn(seconds));
  const toRoom = silence(dry.left.length);
  const toEcho = silence(dry.left.length);
  for (const part of piece.parts) {
    const sound = renderPart(part, piece, dry.left.length);
    mixInto(dry, sound, 0, 1);
    if (part.reverb) mixInto(toRoom, sound, 0, part.reverb);
    if (part.echo) mixInto(toEcho, sound, 0, part.echo);
  }
  if (piece.echo) {
    const repeats = pingPong(piece.echo)(toEcho);
    mixInto(dry, repeats, 0, 1);
    mixInto(toRoom, repeats, 0, 0.3);
  }
  mixInto(dry, reverb(piece.room)(toRoom), 0, 1);
  const mixed = [filtered(() => highPass(28)), ...(piece.finish ?? [])].reduce(
    (sound, effect) => effect(sound),
    dry,
  );
  return fade(mastered(mixed, piece.loudnessLufs), piece.fadeInSeconds ?? 0.004, piece.fadeOutSeconds ?? 1.2);
}

/** The first `seconds` of a piece's mix, cheaper than all of it: for proofs, not for listening. */
export function renderOpening(piece: Piece, seconds: number): Stereo {
  const endBeat = (seconds * piece.beatsPerMinute) / 60;
  const parts = piece.parts.map((part) => ({
    ...part,
    notes: part.notes.filter((note) => note.beat < endBeat),
  }));
  const opening = render({ ...piece, parts, endBeat, tailSeconds: 0 });
  return slice(opening, 0, samplesIn(seconds));
}

function renderPart(part: Part, piece: Piece, length: number): Stereo {
  const random = createRandom(seedFrom(`${piece.name} / ${part.name}`));
  const sound = silence(length);
  const beatSeconds = 60 / piece.beatsPerMinute;
  for (const note of part.notes) {
    const late = (part.looseness ?? 0) * random.between(-1, 1);
    const tone = part.instrument({
      frequencyHz: frequencyOf(note.pitch),
      seconds: note.beats * beatSeconds,
      velocity: note.velocity,
      random,
    });
    const pan = (part.pan ?? 0) + ((part.spread ?? 0) * (note.pitch - 64)) / 24;
    mixInto(sound, tone, samplesIn(Math.max(0, note.beat * beatSeconds + late)), 1, pan);
  }
  const treated = (part.effects ?? []).reduce((treated, effect) => effect(treated), sound);
  const loudness = integratedLoudness(treated);
  return Number.isFinite(loudness) ? scale(treated, decibels(part.loudnessLufs - loudness)) : treated;
}

/** Brings a mix to its loudness; limiting costs a little, so it is measured and corrected once more. */
function mastered(mix: Stereo, loudnessLufs: number): Stereo {
  let gainDb = loudnessLufs - integratedLoudness(mix);
  let result = limit(scale(mix, decibels(gainDb)), CEILING_DB);
  gainDb += Math.min(1.5, loudnessLufs - integratedLoudness(result));
  result = limit(scale(mix, decibels(gainDb)), CEILING_DB);
  return result;
}
