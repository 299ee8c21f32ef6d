import { createRandom } from '../synth/random.ts';
import type { Point } from './shapes.ts';
import { ground, lettering, path, polar, polyline, SIDE, trace, verticalGradient } from './shapes.ts';

function gear(
  centre: Point,
  radius: number,
  teeth: number,
  turn: number,
  fill: string,
  hole: string,
): string {
  const outline: Point[] = [];
  for (let tooth = 0; tooth < teeth; tooth++) {
    const pitch = (2 * Math.PI) / teeth;
    const start = tooth * pitch + turn;
    for (const [part, reach] of [
      [0, 1],
      [0.1, 1.19],
      [0.4, 1.19],
      [0.5, 1],
    ] as const) {
      outline.push(polar(centre, radius * reach, start + part * pitch));
    }
  }
  const [x, y] = centre;
  return (
    path(
      polyline(outline, true),
      `fill="${fill}" stroke="${fill}" stroke-width="10" stroke-linejoin="round"`,
    ) + `<circle cx="${x}" cy="${y}" r="${radius * 0.3}" fill="${hole}"/>`
  );
}

/** Four wheels that turn each other. */
export function petiteMecanique(): string {
  const yellow = '#f4c22f';
  return (
    ground(yellow) +
    gear([350, 440], 232, 16, 0.05, '#211d18', yellow) +
    gear([706, 668], 158, 11, 0.16, '#d13a22', yellow) +
    gear([664, 250], 104, 9, 0.3, '#211d18', '#d13a22') +
    gear([352, 822], 96, 9, 0.02, '#fbf3de', yellow) +
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
