/** The marks of a spot that are counted as it plays, by the share of it that was heard (VAST 4, IAB). */
const MILESTONES = [
  { kind: 'firstQuartile', share: 0.25 },
  { kind: 'midpoint', share: 0.5 },
  { kind: 'thirdQuartile', share: 0.75 },
  { kind: 'complete', share: 1 },
] as const;
export type Milestone = (typeof MILESTONES)[number]['kind'];

/** Marks passed on the way from one share (0 to 1) to a later one, in order; each is passed once on a way without return. */
export const milestonesPassed = (fromShare: number, toShare: number): readonly Milestone[] =>
  MILESTONES.filter(({ share }) => fromShare < share && share <= toShare).map(({ kind }) => kind);

interface Lasting {
  readonly durationMs: number;
}

/** How long until the music goes on: what is left of the spot at `index`, and those after it. */
export const breakLeftMs = (spots: readonly Lasting[], index: number, heardMs: number): number => {
  const left = spots.slice(index).reduce((sum, spot) => sum + spot.durationMs, 0);
  return Math.max(0, left - heardMs);
};
