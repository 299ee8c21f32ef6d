/** Twenty pieces of music of different loudness, played one after another in the real window, and how loud each came out. */
import { gainOf } from '../../src/core/playback/volume.ts';
import { MOST_LIMITED_DB, PEAK_LIMIT_DBTP, TARGET_LUFS } from '../../src/core/playback/loudness.ts';
import { queueOf } from '../measuring/kept-queue.ts';
import { playQueue } from '../measuring/play-recorded.ts';
import { withKeptQueue } from '../measuring/queue-stand.ts';
import type { Bench } from '../measuring/report.ts';
import { measureStretch, type MeasuredStretch } from './loudness/ebur128.ts';
import { findPieces, writePieces } from './loudness/pieces.ts';

const DEFAULT_PIECES = 20;
const SECONDS = 10;
/** At either end of a piece: what the change from one to the next does is not the piece's. */
const LEFT_OUT_SECONDS = 0.2;
const LEVEL = 'normal';
/** From the target. */
const SPREAD_LU = 1;

interface PlayedPiece {
  readonly title: string;
  /** As the catalog says it. */
  readonly loudness: MeasuredStretch | null;
  readonly heard: MeasuredStretch;
}

const round = (value: number): number => Math.round(value * 10) / 10;

export const bench: Bench = {
  summary: 'twenty pieces of music played: how far from the level that was chosen, and the true peak',
  async run({ size, progress }) {
    const count = size ?? DEFAULT_PIECES;
    const { pieces, areReal } = await findPieces(count, SECONDS);
    const { recording, tracks } = await withKeptQueue(
      {
        name: 'loudness',
        writeLibrary: (library) => writePieces(library, pieces, SECONDS),
        publishOptions: ['--no-encode'],
        settings: { loudness: 'auto', loudnessLevel: LEVEL },
        queueOf,
        progress,
      },
      async ({ window, tracks: all }) => {
        progress(`Playing ${count} pieces of ${SECONDS} s …`);
        return { recording: await playQueue(window.context, window.shell.url, count * SECONDS), tracks: all };
      },
    );

    const played: PlayedPiece[] = [];
    for (const [index, { title, loudness }] of tracks.entries()) {
      const from = Math.round((index * SECONDS + LEFT_OUT_SECONDS) * recording.rateHz);
      const frames = Math.round((SECONDS - 2 * LEFT_OUT_SECONDS) * recording.rateHz);
      const heard = await measureStretch(recording, from, frames);
      played.push({ title, loudness, heard });
    }
    const offBy = played.reduce(
      (worst, { heard }) => Math.max(worst, Math.abs(heard.integratedLufs - TARGET_LUFS[LEVEL])),
      0,
    );
    return {
      tables: [
        {
          title: `${count} pieces of ${SECONDS} s, to be heard at ${TARGET_LUFS[LEVEL]} LUFS`,
          columns: ['piece', 'as it is LUFS', 'as it is dBTP', 'heard LUFS', 'heard dBTP'],
          rows: played.map(({ title, loudness, heard }) => [
            title,
            round(loudness?.integratedLufs ?? Number.NaN),
            round(loudness?.truePeakDbtp ?? Number.NaN),
            round(heard.integratedLufs),
            round(heard.truePeakDbtp),
          ]),
        },
      ],
      budgets: [
        {
          id: 'loudness.spread',
          value: played.length === 0 ? Number.NaN : offBy,
          unit: `LU from the target, the farthest of ${played.length} pieces`,
          limit: SPREAD_LU,
        },
        {
          id: 'loudness.true-peak',
          value: Math.max(...played.map(({ heard }) => heard.truePeakDbtp)),
          unit: 'dBTP',
          // ffmpeg prints tenths.
          limit: PEAK_LIMIT_DBTP + 0.1,
        },
      ],
      notes: [
        areReal
          ? "The music is Debian's wesnoth-1.16-music, a stretch of each piece."
          : 'No music is installed here (wesnoth-1.16-music): what was played is synthesised noise.',
        `Peaks that the gain would bring above ${PEAK_LIMIT_DBTP} dBTP are held there, by ${MOST_LIMITED_DB} dB at most; beyond that a piece stays quieter.`,
        `The volume stands at its top (gain ${gainOf(1)}).`,
      ],
    };
  },
};
