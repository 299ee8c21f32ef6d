/** Modified Bessel function of the first kind, order 0 (Abramowitz and Stegun 9.6.12). */
const besselI0 = (x: number): number => {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
};

/** Kaiser's window: 1 in the middle (`edge` 0), next to nothing at `edge` 1, and nothing worth mentioning beside its pass band. */
export const kaiser = (edge: number, beta: number): number =>
  besselI0(beta * Math.sqrt(Math.max(0, 1 - edge * edge))) / besselI0(beta);

/** sin(πx) / πx. */
export const sinc = (x: number): number => {
  const angle = Math.PI * x;
  return Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle;
};
