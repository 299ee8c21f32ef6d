/**
 * Albums that run together, played through the real window and recorded sample by sample: a sine and a chirp, cut into tracks
 * at odd samples, in every format and quality that is published; with a link hardly faster than the music; and white noise
 * with crossfade.
 *
 * While working on an engine: `node bench/run.ts gapless --size 1` plays the FLAC album alone (half a minute), `--size 2` MP3
 * as well, and so on in the order of `gapless/albums.ts`; with a size there is neither a thin link nor a crossfade.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { startShapedLink } from '../../tests/network-link/shaped-link.ts';
import { publish, startService } from '../../tests/e2e/support/stack.ts';
import { farLink } from '../measuring/links.ts';
import type { Bench, BenchReport } from '../measuring/report.ts';
import { buildWindow, launchBrowser, startServiceBehind } from '../measuring/stand.ts';
import { openWindow } from '../measuring/window.ts';
import { CUT_ALBUMS, MP3_KILOBITS, writeCutAlbum } from './gapless/albums.ts';
import { FADE_SECONDS, playCrossfade, writeNoiseAlbums, type CrossfadeOutcome } from './gapless/crossfade.ts';
import { piecesOf, playPiece, QUALITIES, type Outcome, type Piece } from './gapless/pieces.ts';

/** Windows that play at the same time: what two cores decode and render. */
const LANES = 2;
/** So far may a join be from where it was cut: what is left when an encoder's edge is fitted. */
const SAMPLE_TOLERANCE = 0.05;
const MP3_TITLE = 'Cut mp3';

interface Stand {
  readonly browser: Browser;
  readonly folder: string;
  readonly assetsFolder: string;
  readonly progress: (sentence: string) => void;
}

/** Each quality in a window of its own, so many windows at a time. */
const playAll = async (
  { browser, folder, assetsFolder, progress }: Stand,
  serviceUrl: string,
  pieces: readonly Piece[],
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  const waiting = QUALITIES.filter((quality) => pieces.some((piece) => piece.quality === quality));
  const lane = async (): Promise<void> => {
    for (let quality = waiting.shift(); quality !== undefined; quality = waiting.shift()) {
      const window = await openWindow({
        browser,
        serviceUrl,
        dataFolder: join(folder, `data-${quality}`),
        assetsFolder,
        settings: { streamingQuality: quality },
      });
      try {
        for (const piece of pieces.filter((each) => each.quality === quality)) {
          progress(`Playing ${piece.cut.title}, ${quality} …`);
          outcomes.push(await playPiece(piece, window));
        }
      } finally {
        await window.close();
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return outcomes.toSorted((one, other) => pieces.indexOf(one.piece) - pieces.indexOf(other.piece));
};

const playOverThinLink = async (
  { browser, folder, assetsFolder, progress }: Stand,
  storeFolder: string,
): Promise<Outcome> => {
  const link = await startShapedLink({ shape: farLink(MP3_KILOBITS * 1.2) });
  const service = await startServiceBehind(link, storeFolder, join(folder, 'thin-index'));
  try {
    const cut = CUT_ALBUMS.find(({ title }) => title === MP3_TITLE);
    const [piece] = cut === undefined ? [] : await piecesOf(service.url, cut);
    if (piece === undefined) throw new Error(`there is no album ${MP3_TITLE}`);
    progress(`Playing ${piece.cut.title} over a link of ${MP3_KILOBITS * 1.2} kbit/s …`);
    const window = await openWindow({
      browser,
      serviceUrl: link.url,
      dataFolder: join(folder, 'data-thin'),
      assetsFolder,
      settings: { streamingQuality: piece.quality },
    });
    try {
      return await playPiece(piece, window);
    } finally {
      await window.close();
    }
  } finally {
    await link.close();
    await service.stop();
  }
};

const exact = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? 'not found' : value.toFixed(3).replace(/^-0\.000$/, '0.000');

/** The largest; NaN when one could not be found at all. */
const worst = (values: readonly number[]): number =>
  values.reduce((most, value) => (Number.isNaN(value) ? value : Math.max(most, value)), 0);

const nameOf = ({ cut, quality, areOriginal }: Piece): string =>
  `${cut.title.replace('Cut ', '')}, ${areOriginal.every(Boolean) ? 'as it came' : quality}`;

const rowsOf = (name: string, { joins, reference, wasOther, lostFrames }: Outcome): string[][] =>
  joins.map(({ inserted, stepBeyond, insertedBefore }, index) => [
    name,
    String(index + 1),
    exact(inserted),
    exact(insertedBefore),
    exact(stepBeyond),
    exact(reference[index]?.inserted),
    exact(reference[index]?.stepBeyond),
    [wasOther ? 'another quality played' : '', lostFrames > 0 ? `${lostFrames} frames not recorded` : '']
      .filter((text) => text !== '')
      .join('; '),
  ]);

const COLUMNS = [
  'format and quality',
  'join',
  'inserted',
  'before it',
  'step',
  'files inserted',
  'files step',
  '',
];

/** What a join did beyond what the files themselves do, which is the encoder's. */
const budgetsOf = (id: string, outcomes: readonly Outcome[]): BenchReport['budgets'] => {
  const joins = outcomes.flatMap(({ joins: heard, reference }) =>
    heard.map((join, index) => ({ join, file: reference[index] })),
  );
  return [
    {
      id: `${id}.samples`,
      value: worst(joins.map(({ join }) => Math.abs(join.inserted))),
      unit: 'samples inserted or lost at a join',
      limit: SAMPLE_TOLERANCE,
    },
    {
      id: `${id}.inside`,
      value: worst(joins.map(({ join }) => Math.abs(join.insertedBefore))),
      unit: 'samples inserted or lost inside a track',
      limit: SAMPLE_TOLERANCE,
    },
    {
      id: `${id}.step`,
      value: worst(joins.map(({ join, file }) => join.stepBeyond - (file?.stepBeyond ?? 0))),
      unit: 'of full scale beyond the files',
      limit: 0.01,
    },
  ];
};

const crossfadeBudgets = ({ worstDb, overlapSeconds }: CrossfadeOutcome): BenchReport['budgets'] => [
  { id: 'gapless.crossfade.level', value: worstDb, unit: 'dB from constant', limit: 0.5 },
  {
    id: 'gapless.crossfade.length',
    value: Math.abs(overlapSeconds - 2 * FADE_SECONDS),
    unit: `s from 2 × ${FADE_SECONDS} s`,
    limit: 0.05,
  },
];

export const bench: Bench = {
  summary: 'albums that run together: samples inserted or lost at each join, in every format and quality',
  async run({ size, progress }) {
    const folder = await mkdtemp(join(tmpdir(), 'riffle-bench-gapless-'));
    const assetsFolder = await buildWindow(folder);
    const store = { location: join(folder, 'store') };
    const library = join(folder, 'library');
    const cuts = CUT_ALBUMS.slice(0, size ?? CUT_ALBUMS.length);
    const isWhole = size === null;
    progress(`Cutting, encoding and publishing ${cuts.length} albums …`);
    for (const cut of cuts) await writeCutAlbum(library, cut);
    if (isWhole) await writeNoiseAlbums(library);
    await publish(library, store, isWhole ? [] : ['--no-encode']);
    const service = await startService(store, join(folder, 'index'));
    const browser = await launchBrowser();
    const stand: Stand = { browser, folder, assetsFolder, progress };
    try {
      const pieces = (await Promise.all(cuts.map((cut) => piecesOf(service.url, cut)))).flat();
      const outcomes = await playAll(stand, service.url, pieces);
      const thin = isWhole ? await playOverThinLink(stand, store.location) : null;
      if (isWhole) progress('Fading from noise to noise …');
      const crossfade = isWhole
        ? await playCrossfade({
            browser,
            serviceUrl: service.url,
            dataFolder: join(folder, 'data-fade'),
            assetsFolder,
          })
        : null;
      return {
        tables: [
          {
            title:
              'Joins of an album that runs together: samples inserted (below 0: lost), largest step beyond the uncut signal',
            columns: COLUMNS,
            rows: outcomes.flatMap((outcome) => rowsOf(nameOf(outcome.piece), outcome)),
          },
          ...(thin === null
            ? []
            : [
                {
                  title: `The same over a link of 1.2 × ${MP3_KILOBITS} kbit/s, 100 ms there and back`,
                  columns: COLUMNS,
                  rows: rowsOf(nameOf(thin.piece), thin),
                },
              ]),
          ...(crossfade === null
            ? []
            : [
                {
                  title: `White noise with ${FADE_SECONDS} s of crossfade, three tracks`,
                  columns: ['what', 'figure'],
                  rows: [
                    ['farthest from the level of one alone, dB', exact(crossfade.worstDb)],
                    ['both heard together, s', exact(crossfade.overlapSeconds)],
                  ],
                },
              ]),
        ],
        budgets: [
          ...budgetsOf('gapless', outcomes),
          {
            id: 'gapless.quality',
            value: outcomes.filter(({ wasOther }) => wasOther).length,
            unit: `of ${outcomes.length} albums played in another quality`,
            limit: 0,
          },
          ...(thin === null ? [] : budgetsOf('gapless.thin', [thin])),
          ...(crossfade === null ? [] : crossfadeBudgets(crossfade)),
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
