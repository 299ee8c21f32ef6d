/** All covers are drawn on a square of this many units. */
export const SIDE = 1000;

export type Point = readonly [x: number, y: number];

const round = (value: number): string => value.toFixed(1);

/** Straight lines from point to point. */
export function polyline(points: readonly Point[], closed = false): string {
  return (
    points.map(([x, y], index) => `${index ? 'L' : 'M'}${round(x)} ${round(y)}`).join('') +
    (closed ? 'Z' : '')
  );
}

/** A smooth closed curve through the points (Catmull-Rom as Béziers). */
export function blob(points: readonly Point[]): string {
  const at = (index: number): Point => points[(index + points.length) % points.length] ?? [0, 0];
  const [startX, startY] = at(0);
  const curves = points.map((_, index) => {
    const [before, from, to, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    const first: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const second: Point = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    return `C${[...first, ...second, ...to].map(round).join(' ')}`;
  });
  return `M${round(startX)} ${round(startY)}${curves.join('')}Z`;
}

/** The outline of a hill: from the left edge to the right, then down to the lower edge. */
export function ridge(heightAt: (x: number) => number, step = 8): string {
  const points: Point[] = [];
  for (let x = -step; x <= SIDE + step; x += step) points.push([x, heightAt(x)]);
  return polyline([...points, [SIDE + step, SIDE], [-step, SIDE]], true);
}

/** Points along x with a height of their own. */
export function trace(
  heightAt: (x: number) => number,
  from = -10,
  to = SIDE + 10,
  step = 6,
): readonly Point[] {
  const points: Point[] = [];
  for (let x = from; x <= to; x += step) points.push([x, heightAt(x)]);
  return points;
}

export function polar(centre: Point, radius: number, angle: number): Point {
  return [centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)];
}

export function path(data: string, attributes: string): string {
  return `<path d="${data}" ${attributes}/>`;
}

export interface Lettering {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly fill: string;
  readonly weight?: number;
  /** Width of the letters, 62 to 125 per cent. */
  readonly width?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly tracking?: number;
}

/** Words in Archivo, the face of the application. */
export function lettering(text: string, style: Lettering): string {
  return (
    `<text x="${style.x}" y="${style.y}" fill="${style.fill}" text-anchor="${style.anchor ?? 'start'}" ` +
    `style="font:${style.weight ?? 600} ${style.size}px Archivo;font-stretch:${style.width ?? 75}%;` +
    `letter-spacing:${style.tracking ?? -0.01}em">${text}</text>`
  );
}

export function verticalGradient(
  id: string,
  stops: readonly (readonly [offset: number, colour: string])[],
): string {
  const marks = stops.map(([offset, colour]) => `<stop offset="${offset}" stop-color="${colour}"/>`).join('');
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${marks}</linearGradient>`;
}

export function ground(fill: string): string {
  return `<rect width="${SIDE}" height="${SIDE}" fill="${fill}"/>`;
}
