import { writeFile } from 'node:fs/promises';

const HEADER_BYTES = 44;
const PCM = 1;

/** Mono samples in -1…1 as a 16-bit RIFF/WAVE file in memory (Microsoft, "Multimedia Programming Interface", 1991). */
export function encodeWav(samples: Float32Array, sampleRateHz: number): Buffer {
  const file = Buffer.alloc(HEADER_BYTES + samples.length * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(PCM, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRateHz, 24);
  file.writeUInt32LE(sampleRateHz * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((value, index) => {
    const clamped = Math.max(-1, Math.min(1, value));
    file.writeInt16LE(Math.round(clamped * 32_767), HEADER_BYTES + index * 2);
  });
  return file;
}

export async function writeWav(path: string, samples: Float32Array, sampleRateHz: number): Promise<void> {
  await writeFile(path, encodeWav(samples, sampleRateHz));
}
