/** Enough for a fade of twelve seconds without steps. */
const POINTS = 257;

const curve = (of: (share: number) => number): Float32Array =>
  Float32Array.from({ length: POINTS }, (_, index) => of(index / (POINTS - 1)));

/** Together with `LEAVING` of the same length the power stays what it is, as long as the two have nothing in common. */
export const ARRIVING: Float32Array = curve((share) => Math.sin((share * Math.PI) / 2));
export const LEAVING: Float32Array = curve((share) => Math.cos((share * Math.PI) / 2));

export const linearGain = (decibels: number): number => 10 ** (decibels / 20);
