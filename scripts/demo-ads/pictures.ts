/** Pictures of the house ads, drawn as the covers of the demo library are. */
import {
  ground,
  lettering,
  path,
  polyline,
  ridge,
  SIDE,
  trace,
  verticalGradient,
} from '../demo-library/covers/shapes.ts';

/** A harbour crane on its rails: legs, mast, and the boom it reaches out with. `turn` is 1 or -1. */
const crane = (x: number, foot: number, height: number, turn: 1 | -1): string => {
  const top = foot - height;
  const line = (points: readonly (readonly [number, number])[], width: number): string =>
    path(polyline(points), `fill="none" stroke="#16243a" stroke-width="${width}" stroke-linejoin="round"`);
  const shoulder: readonly [number, number] = [x, foot - height * 0.42];
  const tip: readonly [number, number] = [x + turn * height * 0.78, top + height * 0.02];
  return (
    line([[x - height * 0.2, foot], shoulder, [x + height * 0.2, foot]], 13) +
    line(
      [
        [x - height * 0.13, foot - height * 0.16],
        [x + height * 0.13, foot - height * 0.16],
      ],
      9,
    ) +
    line([shoulder, [x, top + height * 0.16]], 18) +
    line([[x - turn * height * 0.2, foot - height * 0.5], tip], 12) +
    line([[x, top + height * 0.16], tip], 4) +
    line(
      [
        [x, top + height * 0.16],
        [x - turn * height * 0.2, foot - height * 0.5],
      ],
      4,
    ) +
    line([tip, [tip[0], tip[1] + height * 0.36]], 3)
  );
};

/** Flags on a rope that hangs between two points. */
const bunting = (fromY: number, toY: number, sag: number): string => {
  const ropeAt = (x: number): number =>
    fromY + ((toY - fromY) * x) / SIDE + sag * Math.sin((Math.PI * x) / SIDE);
  const colours = ['#f3c23f', '#d8452e', '#f4efe2', '#2f7f8c'] as const;
  const flags = Array.from({ length: 15 }, (_, index) => {
    const x = 6 + index * 68;
    const [left, right] = [ropeAt(x), ropeAt(x + 46)];
    const peak = Math.max(left, right) + 62;
    return path(
      polyline(
        [
          [x, left],
          [x + 46, right],
          [x + 23, peak],
        ],
        true,
      ),
      `fill="${colours[index % colours.length] ?? colours[0]}"`,
    );
  });
  const rope = path(polyline(trace(ropeAt)), 'fill="none" stroke="#16243a" stroke-width="4"');
  return flags.join('') + rope;
};

/** Cranes before an evening sky, flags over the water. */
export function harbourFestival(): string {
  const waves = ['#1f5f73', '#194d63', '#143c52', '#0f2c40'].map((colour, index) => {
    const base = 728 + index * 70;
    return path(
      ridge((x) => base + 11 * Math.sin(x / (62 + index * 14) + index * 1.9)),
      `fill="${colour}"`,
    );
  });
  const glints = Array.from({ length: 9 }, (_, index) => {
    const width = 210 - index * 17;
    const y = 752 + index * 25;
    return `<rect x="${672 - width / 2 + (index % 2 ? 16 : -16)}" y="${y}" width="${width}" height="7" rx="3.5" fill="#ffd889" opacity="${(0.75 - index * 0.06).toFixed(2)}"/>`;
  });
  return (
    `<defs>${verticalGradient('evening', [
      [0, '#f0785a'],
      [0.42, '#f6a662'],
      [0.74, '#fbd58d'],
    ])}</defs>` +
    ground('url(#evening)') +
    '<circle cx="672" cy="640" r="132" fill="#fff1c9"/>' +
    crane(300, 740, 400, 1) +
    crane(112, 740, 300, 1) +
    crane(880, 740, 330, -1) +
    waves.join('') +
    glints.join('') +
    bunting(40, 96, 74) +
    lettering('Hafenfest', { x: 56, y: 904, size: 124, fill: '#fdf3dc', weight: 700, width: 66 }) +
    lettering('Duisburg', { x: 60, y: 956, size: 46, fill: '#f3c23f' })
  );
}

/** A wave in bars, broken twice, and then not any more. */
export function withoutBreaks(): string {
  const step = 32;
  const bars = Array.from({ length: 28 }, (_, index) => {
    const x = 68 + index * step;
    const isGap = index === 5 || index === 6 || index === 12 || index === 13;
    const swell = Math.abs(Math.sin(index * 0.52) * 0.6 + Math.sin(index * 0.21 + 1) * 0.5);
    const height = isGap ? 10 : 60 + 330 * swell;
    const colour = isGap ? '#5b4038' : index < 14 ? '#a86a56' : '#ff8f75';
    return `<rect x="${x - 8}" y="${(470 - height / 2).toFixed(1)}" width="16" height="${height.toFixed(1)}" rx="8" fill="${colour}"/>`;
  });
  return (
    `<defs>${verticalGradient('dusk', [
      [0, '#2a1512'],
      [1, '#140a09'],
    ])}</defs>` +
    ground('url(#dusk)') +
    bars.join('') +
    lettering('Riffle', { x: 60, y: 880, size: 150, fill: '#fff4ee', weight: 700, width: 76 }) +
    lettering('Premium', { x: 66, y: 944, size: 50, fill: '#ff8f75' })
  );
}
