import { createRandom } from '../synth/random.ts';
import type { Point } from './shapes.ts';
import { blob, ground, lettering, path, polar, polyline, SIDE, trace, verticalGradient } from './shapes.ts';

/** Lines of a river, one of them lit. */
export function flussabwaerts(): string {
  const count = 52;
  const lit = 19;
  const swell = (x: number, y: number, row: number): number => {
    const drift = x + 1.15 * (y - 500);
    const rise = Math.exp(-(((drift - 470) / 210) ** 2));
    const ripple = Math.sin(drift / 58 + row * 0.05) * 34 + Math.sin(drift / 23 - row * 0.21) * 7;
    return y - rise * ripple - 12 * Math.sin(x / 190 + row * 0.13);
  };
  const rows = Array.from({ length: count }, (_, row) => {
    const y = 262 + row * 14 + row * row * 0.028;
    const near = row / (count - 1);
    const light = `rgb(${Math.round(70 + 130 * near)} ${Math.round(134 + 92 * near)} ${Math.round(138 + 84 * near)})`;
    const line = polyline(trace((x) => swell(x, y, row)));
    return path(
      line,
      `fill="none" stroke="${light}" stroke-width="${(1.6 + 1.9 * near).toFixed(2)}" opacity="${(0.45 + 0.5 * near).toFixed(2)}"`,
    );
  });
  const spark = polyline(
    trace((x) => 262 + lit * 14 - 1.7 * (262 + lit * 14 - swell(x, 262 + lit * 14, lit)) * 1),
  );
  rows.splice(lit, 1, path(spark, 'fill="none" stroke="#f4965a" stroke-width="17" stroke-linejoin="round"'));
  return (
    `<defs>${verticalGradient('river', [
      [0, '#0c2c33'],
      [0.55, '#164a4f'],
      [1, '#23706c'],
    ])}</defs>` +
    ground('url(#river)') +
    rows.join('') +
    lettering('Lene Wörner Trio', { x: 58, y: 126, size: 74, fill: '#eef4f2' }) +
    lettering('Flussabwärts', { x: 58, y: 202, size: 74, fill: '#f4965a' })
  );
}

/** Depth lines of a lake with one floe in it. */
export function vatnid(): string {
  const centre: Point = [560, 545];
  const contours = Array.from({ length: 34 }, (_, ring) => {
    const radius = 34 + ring * 25;
    const points = Array.from({ length: 40 }, (_unused, step) => {
      const angle = (step / 40) * 2 * Math.PI;
      const shore =
        1 +
        0.12 * Math.sin(2 * angle + 0.4 + ring * 0.03) +
        0.09 * Math.sin(3 * angle - 1.1 + ring * 0.07) +
        0.05 * Math.sin(5 * angle + ring * 0.13);
      return polar([centre[0] - ring * 1.6, centre[1] + ring * 0.4], radius * shore, angle);
    });
    const every = ring % 5 === 0;
    return path(
      blob(points),
      `fill="none" stroke="#86a5e0" stroke-width="${every ? 3.6 : 1.8}" opacity="${(0.9 - ring * 0.019).toFixed(2)}"`,
    );
  });
  const floe = polyline(
    [
      [538, 556],
      [553, 528],
      [566, 540],
      [580, 519],
      [602, 551],
      [588, 566],
      [550, 568],
    ],
    true,
  );
  return (
    `<defs><radialGradient id="lake" cx="0.56" cy="0.54" r="0.75"><stop offset="0" stop-color="#24408a"/><stop offset="0.45" stop-color="#152a63"/><stop offset="1" stop-color="#0a1536"/></radialGradient></defs>` +
    ground('url(#lake)') +
    contours.join('') +
    path(floe, 'fill="#f2fbff"') +
    lettering('vatnið', { x: 58, y: 122, size: 88, fill: '#eaf2ff', weight: 340, width: 108 }) +
    lettering('Jónas Þórsson', {
      x: 942,
      y: 948,
      size: 38,
      fill: '#a9bff0',
      weight: 420,
      width: 100,
      anchor: 'end',
    })
  );
}

/** A tiled pool from above, the sun in it. */
export function municipalPool(): string {
  const random = createRandom(41);
  const shades = ['#2fa3b5', '#38b2c0', '#46bfc9', '#2b98ad', '#57c8cf', '#248aa1'] as const;
  const tiles: string[] = [];
  const size = 62.5;
  for (let row = 0; row < 16; row++) {
    for (let column = 0; column < 16; column++) {
      const depth = row / 15;
      const fill = random.chance(0.3 + 0.4 * depth)
        ? shades[random.pick([0, 3, 5])]
        : shades[random.pick([1, 2, 4])];
      tiles.push(
        `<rect x="${column * size + 2}" y="${row * size + 2}" width="${size - 4}" height="${size - 4}" fill="${fill}"/>`,
      );
    }
  }
  const wave = (y: number, height: number, turn: number): string =>
    polyline(
      trace((x) => y + height * Math.sin(x / 118 + turn) + height * 0.4 * Math.sin(x / 51 + turn * 2)),
    );
  return (
    ground('#1d7c90') +
    tiles.join('') +
    `<rect x="437.5" width="125" height="${SIDE}" fill="#0f5a70" opacity="0.34"/>` +
    `<circle cx="716" cy="318" r="158" fill="#ffd24a"/>` +
    path(wave(690, 46, 0.2), 'fill="none" stroke="#f7fdfb" stroke-width="13" stroke-linecap="round"') +
    path(wave(770, 34, 1.9), 'fill="none" stroke="#f7fdfb" stroke-width="8" opacity="0.75"') +
    path(wave(842, 26, 3.4), 'fill="none" stroke="#f7fdfb" stroke-width="5" opacity="0.55"') +
    lettering('The Quiet Parade', { x: 58, y: 124, size: 78, fill: '#0c3a49', weight: 700 }) +
    lettering('Municipal Pool', { x: 58, y: 204, size: 78, fill: '#ffffff', weight: 700 })
  );
}

/** A ferry that will not be hurried. */
export function slowFerry(): string {
  const random = createRandom(7);
  const horizon = 560;
  const glints = Array.from({ length: 44 }, (_, row) => {
    const y = horizon + 8 + row * 10;
    const width = (150 - Math.abs(row - 12) * 2.4) * random.between(0.55, 1.25);
    const x = 690 + random.between(-24, 24) - width / 2;
    return `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="4.4" rx="2.2" fill="#ffd9a6" opacity="${(0.95 - row * 0.018).toFixed(2)}"/>`;
  });
  const hull = 'M170 520H420L398 560H194Z';
  const decks = 'M214 520V492H372V520ZM244 492V466H340V492ZM286 466V430H308V466Z';
  return (
    `<defs>${verticalGradient('dusk', [
      [0, '#3f2368'],
      [0.45, '#a53d83'],
      [0.8, '#f2786b'],
      [1, '#ffb36b'],
    ])}${verticalGradient('sea', [
      [0, '#51306e'],
      [1, '#1c1238'],
    ])}</defs>` +
    `<rect width="${SIDE}" height="${horizon}" fill="url(#dusk)"/>` +
    `<circle cx="690" cy="${horizon - 26}" r="140" fill="#ffe7b8"/>` +
    `<rect y="${horizon}" width="${SIDE}" height="${SIDE - horizon}" fill="url(#sea)"/>` +
    glints.join('') +
    path(`${hull}${decks}`, 'fill="#22123c"') +
    path(
      'M297 424c-30-26 20-44-14-74',
      'fill="none" stroke="#22123c" stroke-width="9" stroke-linecap="round" opacity="0.7"',
    ) +
    lettering('Slow Ferry', { x: 58, y: 138, size: 100, fill: '#fff1dc', weight: 380, width: 112 }) +
    lettering('Kōji Hamasaki', { x: 58, y: 940, size: 40, fill: '#d9b8e0', weight: 420, width: 104 })
  );
}
