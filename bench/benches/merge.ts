/**
 * Libraries on several devices: random histories with partitions, each checked to its end against a plain reading of what was
 * written; and what one change costs in libraries as large as they may be.
 */
import { brokenPromises } from '../../tests/library/check-history.ts';
import { runHistory } from '../../tests/library/histories.ts';
import type { Bench } from '../measuring/report.ts';
import { summarise } from '../measuring/statistics.ts';
import { playlistChanges, savedChanges, smartEvaluations } from './merge/large-libraries.ts';

const DEFAULT_HISTORIES = 10_000;
const DEVICES = 3;
const STEPS = 120;
const TRIES = 600;

export const bench: Bench = {
  summary: '10,000 random histories of three devices with partitions; what a change costs in large libraries',
  async run({ size, progress }) {
    const histories = size ?? DEFAULT_HISTORIES;
    const figures = { operations: 0, partitions: 0, lostAnswers: 0, restarts: 0, snapshots: 0 };
    const broken = new Map<string, number[]>();
    for (let seed = 1; seed <= histories; seed += 1) {
      const history = runHistory(seed, { devices: DEVICES, steps: STEPS });
      figures.operations += history.figures.operations;
      figures.partitions += history.figures.partitions;
      figures.lostAnswers += history.figures.lostAnswers;
      figures.restarts += history.figures.restarts;
      figures.snapshots += history.figures.snapshots;
      for (const promise of brokenPromises(history, seed))
        broken.set(promise, [...(broken.get(promise) ?? []), seed]);
      if (seed % 1000 === 0) progress(`${seed.toLocaleString('en')} histories …`);
    }

    progress('Changing large libraries …');
    // The first round warms the code up; its figures are not kept.
    playlistChanges(1000, TRIES);
    savedChanges(1000, TRIES);
    const smallPlaylist = playlistChanges(100, TRIES);
    const largePlaylist = playlistChanges(10_000, TRIES);
    const fewLikes = savedChanges(1000, TRIES);
    const manyLikes = savedChanges(100_000, TRIES);
    const smart = smartEvaluations(100_000, 40);
    const row = (what: string, ms: readonly number[]) => {
      const { p50, p95, max } = summarise(ms);
      return [what, p50, p95, max] as const;
    };

    return {
      tables: [
        {
          title: `${histories.toLocaleString('en')} histories of ${DEVICES} devices, ${STEPS} steps each`,
          columns: ['what', 'count'],
          rows: [
            ['operations written', figures.operations],
            ['partitions', figures.partitions],
            ['answers lost, operations sent again', figures.lostAnswers],
            ['devices started anew from what they kept', figures.restarts],
            ['logs folded into a snapshot', figures.snapshots],
            ['promises broken', [...broken.values()].reduce((sum, seeds) => sum + seeds.length, 0)],
          ],
        },
        {
          title: `One change and the view after it (${TRIES} tries), and smart playlists (40), milliseconds`,
          columns: ['where', 'p50', 'p95', 'max'],
          rows: [
            row('a playlist of 100', smallPlaylist.ms),
            row('a playlist of 10,000', largePlaylist.ms),
            row('1,000 likes', fewLikes.ms),
            row('100,000 likes', manyLikes.ms),
            row('a smart playlist over 100,000 tracks, worked out', smart.ms),
            row('the same written down by hand', smart.byHandMs),
          ],
        },
      ],
      budgets: [
        { id: 'merge.broken', value: broken.size, unit: 'promises', limit: 0 },
        {
          id: 'merge.playlist.ratio',
          value: summarise(largePlaylist.ms).p50 / summarise(smallPlaylist.ms).p50,
          unit: '× a hundredth of the items',
          limit: 10,
        },
        {
          id: 'merge.likes.ratio',
          value: summarise(manyLikes.ms).p50 / summarise(fewLikes.ms).p50,
          unit: '× a hundredth of the likes',
          limit: 10,
        },
        { id: 'merge.playlist.p95', value: summarise(largePlaylist.ms).p95, unit: 'ms', limit: 4 },
        { id: 'merge.likes.p95', value: summarise(manyLikes.ms).p95, unit: 'ms', limit: 4 },
        {
          id: 'merge.smart.ratio',
          value: summarise(smart.ms).p50 / summarise(smart.byHandMs).p50,
          unit: '× the same by hand',
          limit: 3,
        },
        {
          id: 'merge.playlist.snapshot',
          value: largePlaylist.snapshotBytes / largePlaylist.items,
          unit: 'bytes an item',
          limit: 120,
        },
        {
          id: 'merge.likes.snapshot',
          value: manyLikes.snapshotBytes / manyLikes.items,
          unit: 'bytes a like',
          limit: 80,
        },
        { id: 'merge.playlist.restore', value: largePlaylist.restoreMs, unit: 'ms', limit: 250 },
        { id: 'merge.likes.restore', value: manyLikes.restoreMs, unit: 'ms', limit: 1500 },
      ],
      notes: [
        'Promises: all devices, a new device and any order of the operations show the same; the service has every operation once; what is there is what a plain reading of all operations says; snapshots remember no removals.',
        ...[...broken].map(
          ([promise, seeds]) => `broken: ${promise}, with seeds ${seeds.slice(0, 10).join(', ')}`,
        ),
      ],
    };
  },
};
