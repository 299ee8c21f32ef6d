import { createRandom } from '../synth/random.ts';
import type { Point } from './shapes.ts';
import { ground, lettering, path, polar, polyline, SIDE, trace, verticalGradient } from './shapes.ts';

interface Gear {
  readonly centre: Point;
  readonly teeth: number;
  /** Angle at which a tooth begins. */
  readonly turn: number;
}

/** Half of what a tooth takes of the pitch circle, so that wheels of any size fit each other. */
const MODULE = 15.9;

/** A wheel that touches another in the direction of `angle`, its gaps where the other has teeth. */
function meshed(driver: Gear, angle: number, teeth: number): Gear {
  const distance = MODULE * (driver.teeth + teeth) + 5;
  const pitch = (2 * Math.PI) / driver.teeth;
  const place = (((angle - driver.turn) / pitch) % 1) + 1;
  return {
    centre: polar(driver.centre, distance, angle),
    teeth,
    turn: angle + Math.PI - ((2 - place) * 2 * Math.PI) / teeth,
  };
}

function drawGear({ centre, teeth, turn }: Gear, fill: string, hole: string): string {
  const radius = MODULE * teeth;
  const pitch = (2 * Math.PI) / teeth;
  const tooth = [
    [0, -18],
    [0.1, 17],
    [0.4, 17],
    [0.5, -18],
  ] as const;
  const outline = Array.from({ length: teeth }, (_, index) =>
    tooth.map(([part, reach]) => polar(centre, radius + reach, turn + (index + part) * pitch)),
  ).flat();
  const [x, y] = centre;
  return (
    path(
      polyline(outline, true),
      `fill="${fill}" stroke="${fill}" stroke-width="7" stroke-linejoin="round"`,
    ) + `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${(radius * 0.28).toFixed(1)}" fill="${hole}"/>`
  );
}

/** Four wheels that turn each other. */
export function petiteMecanique(): string {
  const yellow = '#f4c22f';
  const main: Gear = { centre: [350, 430], teeth: 16, turn: 0.05 };
  return (
    ground(yellow) +
    drawGear(main, '#211d18', yellow) +
    drawGear(meshed(main, 0.57, 11), '#d13a22', yellow) +
    drawGear(meshed(main, -0.56, 8), '#211d18', '#d13a22') +
    drawGear(meshed(main, 1.62, 7), '#fbf3de', yellow) +
    lettering('Petite mécanique', {
      x: 944,
      y: 926,
      size: 56,
      fill: '#211d18',
      weight: 660,
      width: 70,
      anchor: 'end',
    }) +
    lettering('Anaïs Lefèvre', { x: 944, y: 968, size: 36, fill: '#211d18', weight: 480, anchor: 'end' })
  );
}

/** Sheet metal, seen along its waves. */
export function corrugated(): string {
  const colours = ['#16352f', '#f3e6cf', '#c8402f', '#f3e6cf', '#2c6a58', '#f3e6cf', '#111f1d', '#e58b3a'];
  const pitch = 43;
  const stripes = Array.from({ length: 31 }, (_, index) => {
    const points = trace(
      (y) =>
        -150 + index * pitch + 58 * Math.sin(y / 122 + index * 0.05) + 24 * Math.sin(y / 61 - index * 0.16),
    );
    const line = polyline(points.map(([y, x]) => [x, y]));
    return path(
      line,
      `fill="none" stroke="${colours[index % colours.length]}" stroke-width="${pitch * 0.74}"`,
    );
  });
  return (
    ground('#0c1715') +
    stripes.join('') +
    '<rect x="0" y="806" width="1000" height="194" fill="#0c1715"/>' +
    lettering('Corrugated', { x: 50, y: 940, size: 128, fill: '#f3e6cf', weight: 680, width: 66 }) +
    lettering('Mira Oyelaran', { x: 946, y: 938, size: 42, fill: '#e58b3a', anchor: 'end' })
  );
}

/** Nine doors of one quarry, one for each record of the label. */
export function steinbruch(): string {
  const sets = [
    ['#1f3f4a', '#2f6069', '#5f9a94', '#c9dcc8'],
    ['#6b2a22', '#a5432f', '#d97a4a', '#f5cfa0'],
    ['#2d2a4a', '#4b4580', '#8077b5', '#d3cdea'],
    ['#4a3a1c', '#87692a', '#cf9f3a', '#f4dfa0'],
  ] as const;
  const order = [0, 1, 3, 2, 0, 1, 3, 2, 0];
  const cell = 268;
  const arches = order.map((set, index) => {
    const left = 98 + (index % 3) * cell;
    const top = 190 + Math.floor(index / 3) * cell - 56;
    const rings = sets[set]?.map((fill, ring) => {
      const inset = 10 + ring * 29;
      const radius = cell / 2 - inset;
      const foot = top + cell - 10;
      const spring = top + cell / 2 + 2;
      return path(
        `M${left + inset} ${foot}V${spring}a${radius} ${radius} 0 0 1 ${2 * radius} 0V${foot}Z`,
        `fill="${fill}"`,
      );
    });
    return rings?.join('') ?? '';
  });
  return (
    ground('#efe7d8') +
    arches.join('') +
    lettering('Steinbruch', { x: 106, y: 104, size: 70, fill: '#2a2622', weight: 680, width: 70 }) +
    lettering('2014–2026', {
      x: 894,
      y: 104,
      size: 70,
      fill: '#a5432f',
      weight: 380,
      width: 70,
      anchor: 'end',
    })
  );
}

/** Snow light: no colour at all. */
export function graa(): string {
  const random = createRandom(5);
  const fall = Array.from({ length: 210 }, () => {
    const x = random.between(0, SIDE);
    const y = random.between(-80, SIDE);
    const length = random.between(30, 190);
    return `<path d="M${x.toFixed(0)} ${y.toFixed(0)}v${length.toFixed(0)}" stroke="#f4f4f4" stroke-width="${random.between(0.8, 2.6).toFixed(1)}" opacity="${random.between(0.15, 0.6).toFixed(2)}"/>`;
  });
  return (
    `<defs>${verticalGradient('fog', [
      [0, '#d6d6d6'],
      [0.62, '#8e8e8e'],
      [0.621, '#4a4a4a'],
      [1, '#262626'],
    ])}</defs>` +
    ground('url(#fog)') +
    '<path d="M420 619a212 212 0 0 1 424 0Z" fill="#171717"/>' +
    '<path d="M420 622a212 212 0 0 0 424 0Z" fill="#0d0d0d" opacity="0.45"/>' +
    '<path d="M0 620.5H1000" stroke="#f4f4f4" stroke-width="2" opacity="0.6"/>' +
    fall.join('') +
    lettering('grå', { x: 50, y: 946, size: 190, fill: '#f4f4f4', weight: 300, width: 92 }) +
    lettering('Ketil Aurland', {
      x: 946,
      y: 944,
      size: 42,
      fill: '#bdbdbd',
      weight: 420,
      width: 92,
      anchor: 'end',
    })
  );
}
