/** What the tracks are cut from: a sine on the left and a rising chirp on the right, known at every moment, not only at samples. */
export const SINE_HZ = 440;
const CHIRP_FROM_HZ = 100;
const CHIRP_RISE_HZ_PER_SECOND = 240;
const AMPLITUDE = 0.5;

export type Channel = 'left' | 'right';
export const CHANNELS = ['left', 'right'] as const;

/** −1 to 1, also before the beginning and after the end. */
export const signalAt = (channel: Channel, seconds: number): number =>
  AMPLITUDE *
  Math.sin(
    2 *
      Math.PI *
      (channel === 'left'
        ? SINE_HZ * seconds
        : CHIRP_FROM_HZ * seconds + (CHIRP_RISE_HZ_PER_SECOND / 2) * seconds ** 2),
  );

/** 16 bit, little-endian, left and right in turns: `length` samples of the signal from its sample `from` on. */
export const signalAsPcm = (from: number, length: number, rateHz: number): Buffer => {
  const pcm = Buffer.alloc(length * 4);
  for (let index = 0; index < length; index += 1) {
    const seconds = (from + index) / rateHz;
    pcm.writeInt16LE(Math.round(signalAt('left', seconds) * 32_767), index * 4);
    pcm.writeInt16LE(Math.round(signalAt('right', seconds) * 32_767), index * 4 + 2);
  }
  return pcm;
};
