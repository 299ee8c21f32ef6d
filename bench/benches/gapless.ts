/**
 * Albums that run together, played through the real window and recorded sample by sample: a sine and a chirp, cut into tracks
 * at odd samples, in every format and quality that is published; with a link hardly faster than the music; and white noise
 * with crossfade.
 *
 * While working on an engine: `node bench/run.ts gapless --size 1` plays the FLAC album alone (half a minute), `--size 2` MP3
 * as well, and so on in the order of `gapless/albums.ts`; with a size there is neither a thin link nor a crossfade.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { qualitySchema } from '../../src/contract/account-http.ts';
import { trackUrl } from '../../src/contract/track-url.ts';
import { publish, startService } from '../../tests/e2e/support/stack.ts';
import { albumOf } from '../measuring/music.ts';
import type { Bench } from '../measuring/report.ts';
import { buildWindow, launchBrowser } from '../measuring/stand.ts';
import type { Recording } from '../measuring/sound-recorder.ts';
import { openWindow, type BenchWindow } from '../measuring/window.ts';
import {
  CUT_ALBUMS,
  encodedSamplesOf,
  roundedBySeconds,
  writeCutAlbum,
  type CutAlbum,
} from './gapless/albums.ts';
import { judgeJoins, type Join } from './gapless/joins.ts';
import { playAlbum } from './gapless/play-album.ts';
import { joinedByFfmpeg } from './gapless/reference.ts';

type Quality = z.infer<typeof qualitySchema>;
const QUALITIES: readonly Quality[] = ['lossless', 'high', 'normal', 'low'];
/** Windows that play at the same time: what two cores decode and render. */
const LANES = 2;

const mediaSchema = z.object({ sha256: z.string(), quality: qualitySchema, contentType: z.string() });

/** One album in one quality. */
interface Piece {
  readonly cut: CutAlbum;
  readonly albumId: string;
  readonly quality: Quality;
  readonly trackIds: readonly string[];
  readonly hashes: readonly string[];
  readonly isOriginal: boolean;
}

interface Outcome {
  readonly piece: Piece;
  readonly joins: readonly Join[];
  readonly reference: readonly Join[];
  /** The window got other files than this quality's. */
  readonly wasOther: boolean;
  readonly lostFrames: number;
}

const mediaOf = async (serviceUrl: string, trackId: string, quality: Quality) =>
  mediaSchema.parse(
    await (await fetch(`${serviceUrl}/v1/tracks/${trackId}/media?quality=${quality}`)).json(),
  );

/** Every quality in which the service has an album, the best first: the files as they came. */
const piecesOf = async (serviceUrl: string, cut: CutAlbum): Promise<readonly Piece[]> => {
  const { id, tracks } = await albumOf(serviceUrl, cut.title);
  const trackIds = tracks.map((track) => track.id);
  const pieces: Piece[] = [];
  for (const quality of QUALITIES) {
    const media = await Promise.all(trackIds.map((trackId) => mediaOf(serviceUrl, trackId, quality)));
    const hashes = media.map(({ sha256 }) => sha256);
    if (pieces.some((piece) => piece.hashes.join() === hashes.join())) continue;
    pieces.push({ cut, albumId: id, quality, trackIds, hashes, isOriginal: pieces.length === 0 });
  }
  return pieces;
};

const playPiece = async (piece: Piece, window: BenchWindow): Promise<Outcome> => {
  const { cut, trackIds } = piece;
  const recording = await playAlbum(window.context, window.shell.url, {
    id: piece.albumId,
    seconds: cut.seconds,
  });
  const files = await Promise.all(trackIds.map((id) => window.fetchBytes(trackUrl('web', id))));
  const hashes = files.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
  const tracks = cut.tracks.map((track, index) => ({
    bytes: files[index] ?? new Uint8Array(),
    lengthSamples: piece.isOriginal ? track.lengthSamples : encodedSamplesOf(track),
  }));
  const known = piece.isOriginal ? cut.tracks.map(() => 0) : cut.tracks.map(roundedBySeconds);
  const judge = (one: Recording): readonly Join[] =>
    judgeJoins(one, cut.joinsAt).map((join, index) => ({
      ...join,
      inserted: join.inserted - (known[index] ?? 0) * one.rateHz,
    }));
  return {
    piece,
    joins: judge(recording),
    reference: recording.rateHz > 0 ? judge(await joinedByFfmpeg(tracks, recording.rateHz)) : [],
    wasOther: hashes.join() !== piece.hashes.join(),
    lostFrames: recording.lostFrames,
  };
};

/** So far from the uncut signal may a join be that nobody cut: what rounding and an encoder's edge leave. */
const SAMPLE_TOLERANCE = 0.05;

const format = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? 'not found' : value.toFixed(3).replace(/^-0\.000$/, '0.000');

const worst = (values: readonly number[]): number =>
  values.reduce((most, value) => (Number.isNaN(value) ? Number.NaN : Math.max(most, value)), 0);

const rowsOf = ({ piece, joins, reference, wasOther, lostFrames }: Outcome): string[][] =>
  joins.map(({ inserted, stepBeyond }, index) => [
    `${piece.cut.title.replace('Cut ', '')}, ${piece.isOriginal ? 'as it came' : piece.quality}`,
    String(index + 1),
    format(inserted),
    format(stepBeyond),
    format(reference[index]?.inserted),
    format(reference[index]?.stepBeyond),
    [wasOther ? 'another quality played' : '', lostFrames > 0 ? `${lostFrames} frames not rendered` : '']
      .filter((text) => text !== '')
      .join('; '),
  ]);

export const bench: Bench = {
  summary: 'albums that run together: samples inserted or lost at each join, in every format and quality',
  async run({ size, progress }) {
    const folder = await mkdtemp(join(tmpdir(), 'riffle-bench-gapless-'));
    const assetsFolder = await buildWindow(folder);
    const store = { location: join(folder, 'store') };
    const cuts = CUT_ALBUMS.slice(0, size ?? CUT_ALBUMS.length);
    progress(`Cutting, encoding and publishing ${cuts.length} albums …`);
    for (const cut of cuts) await writeCutAlbum(join(folder, 'library'), cut);
    await publish(join(folder, 'library'), store, size === null ? [] : ['--no-encode']);
    const service = await startService(store, join(folder, 'index'));
    const browser = await launchBrowser();
    try {
      const pieces = (await Promise.all(cuts.map((cut) => piecesOf(service.url, cut)))).flat();
      const outcomes: Outcome[] = [];
      const waiting = [...QUALITIES];
      const lane = async (): Promise<void> => {
        for (let quality = waiting.shift(); quality !== undefined; quality = waiting.shift()) {
          const mine = pieces.filter((piece) => piece.quality === quality);
          if (mine.length === 0) continue;
          const window = await openWindow({
            browser,
            serviceUrl: service.url,
            dataFolder: join(folder, quality),
            assetsFolder,
            settings: { streamingQuality: quality },
          });
          try {
            for (const piece of mine) {
              progress(`Playing ${piece.cut.title}, ${quality} …`);
              outcomes.push(await playPiece(piece, window));
            }
          } finally {
            await window.close();
          }
        }
      };
      await Promise.all(Array.from({ length: LANES }, lane));
      outcomes.sort((one, other) => pieces.indexOf(one.piece) - pieces.indexOf(other.piece));
      const joins = outcomes.flatMap((outcome) => outcome.joins);
      return {
        tables: [
          {
            title:
              'Joins of an album that runs together: samples inserted (below 0: lost), largest step beyond the uncut signal',
            columns: ['format and quality', 'join', 'inserted', 'step', 'files inserted', 'files step', ''],
            rows: outcomes.flatMap(rowsOf),
          },
        ],
        budgets: [
          {
            id: 'gapless.samples',
            value: worst(joins.map(({ inserted }) => Math.abs(inserted))),
            unit: 'samples inserted or lost',
            limit: SAMPLE_TOLERANCE,
          },
          {
            id: 'gapless.step',
            value: worst(
              outcomes.flatMap(({ joins: heard, reference }) =>
                heard.map(({ stepBeyond }, index) => stepBeyond - (reference[index]?.stepBeyond ?? 0)),
              ),
            ),
            unit: 'of full scale beyond the files',
            limit: 0.01,
          },
          {
            id: 'gapless.quality',
            value: outcomes.filter(({ wasOther }) => wasOther).length,
            unit: `of ${outcomes.length} albums played in another quality`,
            limit: 0,
          },
        ],
        notes: [
          '"files" is what ffmpeg makes of the very files that were played, joined: the edges that an encoder left.',
          'Recorded behind the master gain, counted in frames of the audio context.',
        ],
      };
    } finally {
      await browser.close();
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
