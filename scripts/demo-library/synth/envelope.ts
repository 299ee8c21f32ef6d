/** Times in seconds, sustain 0…1. */
export interface EnvelopeShape {
  readonly attack: number;
  readonly decay: number;
  readonly sustain: number;
  readonly release: number;
}

/**
 * Level of a held note over time: linear attack (it starts from true zero), exponential decay to the
 * sustain level, exponential release from wherever it was let go. It ends in true zero `release` after
 * the key was let go.
 */
export function envelope(shape: EnvelopeShape, heldSeconds: number): (time: number) => number {
  const held = (time: number): number => {
    if (time < shape.attack) return time / shape.attack;
    if (shape.decay === 0) return shape.sustain;
    return shape.sustain + (1 - shape.sustain) * Math.exp((-4 * (time - shape.attack)) / shape.decay);
  };
  const atRelease = held(heldSeconds);
  return (time) => {
    if (time < heldSeconds) return held(time);
    const rest = 1 - (time - heldSeconds) / shape.release;
    return rest <= 0 ? 0 : atRelease * rest * rest * rest;
  };
}
