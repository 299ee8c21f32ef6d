import type { AudioEngine } from '../audio-engine.ts';
import { DeckEngine, type DeckEngineOptions } from '../deck-engine.ts';

/** An engine that joins tracks to the sample. */
export const createStreamEngine = (options: DeckEngineOptions): AudioEngine => new DeckEngine(options);
