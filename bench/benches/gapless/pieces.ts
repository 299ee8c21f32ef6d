/** An album in one of its qualities, played, and what became of its joins. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Quality } from '../../../src/core/entitlement/entitlement.ts';
import { trackUrl } from '../../../src/contract/track-url.ts';
import { albumOf } from '../../measuring/music.ts';
import type { Recording } from '../../../tests/browser/sound-recorder.ts';
import type { BenchWindow } from '../../measuring/window.ts';
import { ENCODED_RATE_HZ, encodedSamplesOf, roundedBySeconds, type CutAlbum } from './albums.ts';
import { judgeJoins, type Join } from './joins.ts';
import { playAlbum } from '../../measuring/play-recorded.ts';
import { joinedByFfmpeg } from './reference.ts';

export const QUALITIES: readonly Quality[] = ['lossless', 'high', 'normal', 'low'];

const mediaSchema = z.object({ sha256: z.string() });

export interface Piece {
  readonly cut: CutAlbum;
  readonly albumId: string;
  readonly quality: Quality;
  readonly trackIds: readonly string[];
  readonly hashes: readonly string[];
  /** One a track: whether it is the file as it came. */
  readonly areOriginal: readonly boolean[];
}

export interface Outcome {
  readonly piece: Piece;
  readonly joins: readonly Join[];
  /** The same of the files themselves, joined by ffmpeg. */
  readonly reference: readonly Join[];
  /** The window got other files than this quality's. */
  readonly wasOther: boolean;
  readonly lostFrames: number;
}

const hashOf = async (serviceUrl: string, trackId: string, quality: Quality): Promise<string> =>
  mediaSchema.parse(await (await fetch(`${serviceUrl}/v1/tracks/${trackId}/media?quality=${quality}`)).json())
    .sha256;

/** The qualities to be played in which the service has an album, the best first: the files as they came. */
export const piecesOf = async (serviceUrl: string, cut: CutAlbum): Promise<readonly Piece[]> => {
  const { id, tracks } = await albumOf(serviceUrl, cut.title);
  const trackIds = tracks.map((track) => track.id);
  const pieces: Piece[] = [];
  for (const quality of cut.inEveryQuality ? QUALITIES : QUALITIES.slice(0, 1)) {
    const hashes = await Promise.all(trackIds.map((trackId) => hashOf(serviceUrl, trackId, quality)));
    if (pieces.some((piece) => piece.hashes.join() === hashes.join())) continue;
    const best = pieces[0]?.hashes ?? hashes;
    const areOriginal = hashes.map((hash, index) => hash === best[index]);
    pieces.push({ cut, albumId: id, quality, trackIds, hashes, areOriginal });
  }
  return pieces;
};

/** Of a take in which so much of the time of the audio thread is missing, the machine is judged and not the app. */
const MOST_LOST_FRAMES = 1024;
const TAKES = 3;

const record = async (piece: Piece, window: BenchWindow): Promise<Recording> => {
  const album = { id: piece.albumId, seconds: piece.cut.seconds };
  for (let take = 1; ; take += 1) {
    const recording = await playAlbum(window.context, window.shell.url, album);
    if (recording.lostFrames <= MOST_LOST_FRAMES || take === TAKES) return recording;
  }
};

export const playPiece = async (piece: Piece, window: BenchWindow): Promise<Outcome> => {
  const { cut, trackIds, areOriginal } = piece;
  const recording = await record(piece, window);
  const files = await Promise.all(trackIds.map((id) => window.fetchBytes(trackUrl('web', id))));
  const hashes = files.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
  const tracks = cut.tracks.map((track, index) => ({
    bytes: files[index] ?? new Uint8Array(),
    rateHz: areOriginal[index] === true ? track.format.rateHz : ENCODED_RATE_HZ,
    lengthSamples: areOriginal[index] === true ? track.lengthSamples : encodedSamplesOf(track),
  }));
  const rounded = cut.tracks.map((track, index) =>
    areOriginal[index] === true ? 0 : roundedBySeconds(track),
  );
  const judge = (one: Recording): readonly Join[] =>
    judgeJoins(one, cut.joinsAt).map((join, index) => ({
      ...join,
      inserted: join.inserted - (rounded[index] ?? 0) * one.rateHz,
    }));
  return {
    piece,
    joins: judge(recording),
    reference: recording.rateHz > 0 ? judge(await joinedByFfmpeg(tracks, recording.rateHz)) : [],
    wasOther: hashes.join() !== piece.hashes.join(),
    lostFrames: recording.lostFrames,
  };
};
