/** Small signs in one colour for where the system wants pictures: the buttons at the task bar, the icon beside the clock. */
import { encodePng } from './png.ts';

export type GlyphName = 'mark' | 'play' | 'pause' | 'next' | 'previous';

interface Point {
  readonly x: number;
  readonly y: number;
}
type Outline = readonly Point[];
interface Drawing {
  readonly filled: readonly Outline[];
  readonly stroked: readonly Outline[];
}

/** All are drawn in a square of 24. */
const GRID = 24;
const STROKE = 2.6;
const SAMPLES = 4;

const points = (...coordinates: readonly (readonly [number, number])[]): Outline =>
  coordinates.map(([x, y]) => ({ x, y }));

const CURVE_STEPS = 12;
/** Cubic Béziers, end to end; each is its two handles and its end. */
const curves = (start: Point, ...parts: readonly (readonly [Point, Point, Point])[]): Outline => {
  const line = [start];
  let from = start;
  for (const [first, second, to] of parts) {
    for (let step = 1; step <= CURVE_STEPS; step += 1) {
      const t = step / CURVE_STEPS;
      const u = 1 - t;
      const mix = (axis: 'x' | 'y'): number =>
        u ** 3 * from[axis] + 3 * u * u * t * first[axis] + 3 * u * t * t * second[axis] + t ** 3 * to[axis];
      line.push({ x: mix('x'), y: mix('y') });
    }
    from = to;
  }
  return line;
};
const at = (x: number, y: number): Point => ({ x, y });

/** The r of the logo, whose arm runs off as a ripple, over a second ripple. */
const MARK: Drawing = {
  filled: [],
  stroked: [
    [
      at(5, 19.7),
      ...curves(
        at(5, 9.9),
        [at(5, 6.7), at(6.9, 4.9), at(9.1, 4.9)],
        [at(11.5, 4.9), at(12.7, 6.8), at(13.4, 9.3)],
        [at(14.1, 11.8), at(14.9, 13), at(16.5, 13)],
        [at(17.8, 13), at(18.6, 12.1), at(19.2, 10.9)],
      ),
    ],
    curves(
      at(9.8, 18.9),
      [at(10.8, 17), at(12.5, 16.6), at(14.3, 18.2)],
      [at(16, 19.7), at(17.8, 19.5), at(19.2, 17.2)],
    ),
  ],
};

const bar = (left: number, right: number): Outline =>
  points([left, 4.5], [right, 4.5], [right, 19.5], [left, 19.5]);

const DRAWINGS: Readonly<Record<GlyphName, Drawing>> = {
  mark: MARK,
  play: { filled: [points([6.5, 4], [20, 12], [6.5, 20])], stroked: [] },
  pause: { filled: [bar(6, 10), bar(14, 18)], stroked: [] },
  next: { filled: [points([4.5, 4.5], [16, 12], [4.5, 19.5]), bar(16.5, 19.5)], stroked: [] },
  previous: { filled: [points([19.5, 4.5], [8, 12], [19.5, 19.5]), bar(4.5, 7.5)], stroked: [] },
};

const isInside = (outline: Outline, { x, y }: Point): boolean => {
  let inside = false;
  for (const [index, to] of outline.entries()) {
    const from = outline.at(index - 1) ?? to;
    const crosses =
      from.y > y !== to.y > y && x < ((to.x - from.x) * (y - from.y)) / (to.y - from.y) + from.x;
    if (crosses) inside = !inside;
  }
  return inside;
};

const isOnStroke = (outline: Outline, { x, y }: Point): boolean =>
  outline.some((to, index) => {
    const from = outline[index - 1] ?? to;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = dx * dx + dy * dy;
    const along =
      length === 0 ? 0 : Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / length));
    return Math.hypot(x - from.x - along * dx, y - from.y - along * dy) <= STROKE / 2;
  });

/** How much of each pixel is covered, 0 to 255, row by row. */
const coverage = ({ filled, stroked }: Drawing, sizePx: number): Uint8Array => {
  const scale = GRID / sizePx;
  const covered = new Uint8Array(sizePx * sizePx);
  for (let pixel = 0; pixel < covered.length; pixel += 1) {
    let hits = 0;
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
      const point = {
        x: ((pixel % sizePx) + ((sample % SAMPLES) + 0.5) / SAMPLES) * scale,
        y: (Math.floor(pixel / sizePx) + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) * scale,
      };
      const isHit =
        filled.some((outline) => isInside(outline, point)) ||
        stroked.some((outline) => isOnStroke(outline, point));
      if (isHit) hits += 1;
    }
    covered[pixel] = Math.round((hits * 255) / (SAMPLES * SAMPLES));
  }
  return covered;
};

/** A sign as PNG on nothing, in white or black. */
export const drawGlyph = (name: GlyphName, sizePx: number, ink: 'white' | 'black'): Buffer =>
  encodePng({ sizePx, grey: ink === 'white' ? 255 : 0, alpha: coverage(DRAWINGS[name], sizePx) });
