import { onePole } from './filters.ts';
import type { Effect } from './sound.ts';
import { SAMPLE_RATE, samplesIn } from './sound.ts';

export interface Room {
  /** Time for the middle of the spectrum to fall by 60 dB. */
  readonly decaySeconds: number;
  readonly preDelaySeconds: number;
  /** Above this the air swallows sound. */
  readonly dampingHz: number;
  /** Scales the distances between the walls; 1 is a chamber. */
  readonly size: number;
}

export const CLUB: Room = { decaySeconds: 0.9, preDelaySeconds: 0.008, dampingHz: 4200, size: 0.7 };
export const CHAMBER: Room = { decaySeconds: 1.6, preDelaySeconds: 0.018, dampingHz: 5200, size: 1 };
export const PLATE: Room = { decaySeconds: 2, preDelaySeconds: 0.012, dampingHz: 7500, size: 0.8 };
export const NAVE: Room = { decaySeconds: 5, preDelaySeconds: 0.045, dampingHz: 3400, size: 2.1 };

/** Mutually prime at 44.1 kHz, so that no two lines agree on an echo. */
const LINE_LENGTHS = [1009, 1223, 1451, 1637, 1867, 2053, 2281, 2503] as const;
const DIFFUSER_LENGTHS = [113, 337, 241, 491] as const;

/**
 * Feedback delay network of eight lines through a Hadamard matrix (Jot and Chaigne 1991), fed through four
 * Schroeder all-passes a side. Returns only the reverberation, none of the dry sound.
 */
export function reverb(room: Room): Effect {
  return (input) => {
    const length = input.left.length;
    const left = new Float32Array(length);
    const right = new Float32Array(length);
    const preDelay = samplesIn(room.preDelaySeconds);
    const diffuseLeft = createDiffuser(0);
    const diffuseRight = createDiffuser(23);
    const lines = LINE_LENGTHS.map((lineLength) => createLine(Math.round(lineLength * room.size), room));
    const heard = new Float64Array(8);
    for (let index = 0; index < length; index++) {
      const inLeft = diffuseLeft(input.left[index - preDelay] ?? 0);
      const inRight = diffuseRight(input.right[index - preDelay] ?? 0);
      lines.forEach((line, order) => (heard[order] = line.read()));
      left[index] = 0.35 * ((heard[0] ?? 0) - (heard[2] ?? 0) + (heard[4] ?? 0) - (heard[6] ?? 0));
      right[index] = 0.35 * ((heard[1] ?? 0) - (heard[3] ?? 0) + (heard[5] ?? 0) - (heard[7] ?? 0));
      hadamard(heard);
      lines.forEach((line, order) => line.write((heard[order] ?? 0) + (order % 2 ? inRight : inLeft)));
    }
    return { left, right };
  };
}

interface Line {
  read(): number;
  write(value: number): void;
}

function createLine(length: number, room: Room): Line {
  const buffer = new Float32Array(length);
  const gain = 10 ** ((-3 * length) / SAMPLE_RATE / room.decaySeconds);
  const damping = onePole(room.dampingHz);
  let position = 0;
  return {
    read: () => damping(buffer[position] ?? 0) * gain,
    write: (value) => {
      buffer[position] = value;
      position = (position + 1) % length;
    },
  };
}

function createDiffuser(offset: number): (input: number) => number {
  const stages = DIFFUSER_LENGTHS.map((length) => ({
    buffer: new Float32Array(length + offset),
    position: 0,
  }));
  return (input) => {
    let value = input;
    for (const stage of stages) {
      const delayed = stage.buffer[stage.position] ?? 0;
      const fed = value - 0.62 * delayed;
      stage.buffer[stage.position] = fed;
      stage.position = (stage.position + 1) % stage.buffer.length;
      value = delayed + 0.62 * fed;
    }
    return value;
  };
}

/** Energy-preserving mix of eight values, in place. */
function hadamard(values: Float64Array): void {
  for (let span = 1; span < 8; span *= 2) {
    for (let index = 0; index < 8; index++) {
      if (index & span) continue;
      const first = values[index] ?? 0;
      const second = values[index + span] ?? 0;
      values[index] = (first + second) * Math.SQRT1_2;
      values[index + span] = (first - second) * Math.SQRT1_2;
    }
  }
}
