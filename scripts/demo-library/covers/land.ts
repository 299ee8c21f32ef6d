import { createRandom } from '../synth/random.ts';
import type { Point } from './shapes.ts';
import { blob, ground, lettering, path, polar, ridge, SIDE, verticalGradient } from './shapes.ts';

/** Wind-blown layers under a pale sun. */
export function loess(): string {
  const colours = ['#eeb072', '#e2934f', '#cf7437', '#b5572a', '#8f3d22', '#672818', '#43190f'];
  const layers = colours.map((colour, index) => {
    const base = 430 + index * 84;
    const height = (x: number): number =>
      base - 54 * Math.sin(x / (230 - index * 9) + index * 1.7) - 22 * Math.sin(x / 97 + index * 2.9);
    return path(ridge(height), `fill="${colour}"`);
  });
  return (
    `<defs>${verticalGradient('dust', [
      [0, '#f8e3c0'],
      [0.6, '#f6c98d'],
    ])}</defs>` +
    ground('url(#dust)') +
    '<circle cx="664" cy="300" r="118" fill="#fff6e2"/>' +
    layers.join('') +
    lettering('Löss', { x: 52, y: 172, size: 158, fill: '#43190f', weight: 680, width: 66 }) +
    lettering('Lene Wörner Trio', { x: 58, y: 942, size: 46, fill: '#f8d9b0' })
  );
}

/** The sun in bands, where the tide leaves off. */
export function lowWaterMark(): string {
  const bands = Array.from({ length: 9 }, (_, index) => {
    const y = 590 + index * 37;
    return `<rect y="${y}" width="${SIDE}" height="${7 + index * 2.6}" fill="#e9e1d2"/>`;
  });
  return (
    ground('#e9e1d2') +
    '<circle cx="500" cy="540" r="348" fill="#d5432b"/>' +
    bands.join('') +
    lettering('Low Water Mark', { x: 54, y: 98, size: 50, fill: '#211d1a', width: 100 }) +
    lettering('Halden', { x: 946, y: 98, size: 50, fill: '#211d1a', width: 100, anchor: 'end' })
  );
}

/** Ridges under a moon, and what flies to it. */
export function nachtfalter(): string {
  const random = createRandom(19);
  const stars = Array.from({ length: 70 }, () => {
    const size = random.between(1, 3.2);
    return `<circle cx="${random.between(0, SIDE).toFixed(0)}" cy="${random.between(0, 480).toFixed(0)}" r="${size.toFixed(1)}" fill="#e9defc" opacity="${random.between(0.25, 0.85).toFixed(2)}"/>`;
  });
  const colours = ['#5b4a92', '#453780', '#32286a', '#211b4e', '#120f30'];
  const ridges = colours.map((colour, index) => {
    const base = 560 + index * 84;
    const peak = (x: number): number =>
      base -
      (96 - index * 12) * Math.sin(x / (168 - index * 13) + index * 2.3) -
      (44 - index * 5) * Math.sin(x / 71 + index * 1.1) -
      5 * Math.sin(x / 19 + index);
    return path(ridge(peak, 6), `fill="${colour}"`);
  });
  const wings =
    'M0-6C-26-62-84-92-128-84C-132-44-104-8-62 6C-96 14-112 44-98 82C-58 88-18 58 0 18Z' +
    'M0-6C26-62 84-92 128-84C132-44 104-8 62 6C96 14 112 44 98 82C58 88 18 58 0 18Z';
  const feelers = 'M-3-30C-8-54-22-70-40-76M3-30C8-54 22-70 40-76';
  return (
    `<defs>${verticalGradient('night', [
      [0, '#191541'],
      [0.5, '#4d3d86'],
      [0.75, '#8f6fae'],
    ])}</defs>` +
    ground('url(#night)') +
    stars.join('') +
    '<circle cx="330" cy="300" r="128" fill="#fbf0cf"/>' +
    ridges.join('') +
    `<g transform="translate(676 360) rotate(-20) scale(0.72)" fill="#f3b25c">${path(wings, '')}` +
    `<ellipse rx="8" ry="40" cy="4" fill="#2a1f55"/>${path(feelers, 'fill="none" stroke="#2a1f55" stroke-width="4"')}</g>` +
    lettering('Nachtfalter', {
      x: 946,
      y: 884,
      size: 92,
      fill: '#fbf0cf',
      weight: 640,
      width: 66,
      anchor: 'end',
    }) +
    lettering('Sabine Grünwald-Öztürk', { x: 946, y: 940, size: 40, fill: '#bdaee6', anchor: 'end' })
  );
}

/** A gravel pit, sieved. */
export function sechsStuecke(): string {
  const random = createRandom(23);
  const colours = ['#8d8a80', '#a9a497', '#6d6a63', '#c3bba8', '#56544f', '#9b8f7c', '#7d8a8c'] as const;
  const placed: { readonly centre: Point; readonly radius: number }[] = [];
  const stones: string[] = [];
  for (let attempt = 0; attempt < 16_000; attempt++) {
    const centre: Point = [random.between(-30, SIDE + 30), random.between(210, SIDE + 30)];
    const largest = attempt < 90 ? 74 : attempt < 800 ? 46 : 24;
    const gap = Math.min(
      ...placed.map(
        (stone) => Math.hypot(stone.centre[0] - centre[0], stone.centre[1] - centre[1]) - stone.radius,
      ),
      largest,
    );
    if (gap < 11) continue;
    const radius = gap - 2;
    placed.push({ centre, radius });
    const corners = 7 + Math.floor(random.next() * 4);
    const outline = Array.from({ length: corners }, (_, corner) =>
      polar(
        centre,
        radius * random.between(0.8, 1.04),
        ((corner + random.between(-0.22, 0.22)) / corners) * 2 * Math.PI,
      ),
    );
    const fill = random.chance(0.07) ? random.pick(['#e2933c', '#d8772f']) : random.pick(colours);
    stones.push(path(blob(outline), `fill="${fill}"`));
  }
  return (
    ground('#201f1d') +
    stones.join('') +
    lettering('Sechs Stücke', { x: 56, y: 106, size: 68, fill: '#f0ebe0' }) +
    lettering('für präparierte Zupfinstrumente', { x: 56, y: 166, size: 46, fill: '#e2933c', weight: 500 }) +
    lettering('Ensemble Kiesgrube', { x: 946, y: 106, size: 36, fill: '#b9b2a3', weight: 480, anchor: 'end' })
  );
}
