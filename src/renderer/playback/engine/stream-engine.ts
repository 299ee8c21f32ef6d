import type { AudioEngine } from '../audio-engine.ts';
import { DeckEngine, type DeckEngineOptions } from '../deck-engine.ts';
import type { AudioOutput } from '../howler-output.ts';
import { createDecoder, startDecoderThread } from './decoder.ts';
import { createSwitchedEngine } from './switched-engine.ts';
import { StreamEngine } from './stream-playback.ts';

/**
 * The window's engine: joins tracks to the sample and crossfades them. What cannot be decoded here, or all of it in a browser
 * without WebCodecs, plays by media elements.
 */
export const createStreamEngine = ({ openOutput, whyUnplayable }: DeckEngineOptions): AudioEngine => {
  let opened: AudioOutput | null = null;
  const open = (): AudioOutput => (opened ??= openOutput());
  const spare = (): AudioEngine => new DeckEngine({ openOutput: open, whyUnplayable });
  if (!('AudioDecoder' in globalThis)) return spare();
  const decoder = createDecoder(startDecoderThread);
  requestIdleCallback(() => decoder.warmUp());
  return createSwitchedEngine(
    (undecodable, isActive) =>
      new StreamEngine({ decoder, openOutput: open, whyUnplayable, undecodable, mayRest: isActive }),
    spare,
  );
};
