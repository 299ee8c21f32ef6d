import { AD_EVENTS, type AdReport } from '../../contract/ads-http.ts';
import type { SpotRecord } from '../ads/ad-records.ts';
import type { NamedSpot, PublishAdsReport } from '../ads/publish-ads.ts';
import { bytesText } from './publish-progress.ts';

/** Columns as wide as their widest cell; `right` names those that hold numbers. */
const table = (rows: readonly (readonly string[])[], right: ReadonlySet<number>): string => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => [...(row[column] ?? '')].length)),
  );
  const cell = (text: string, column: number): string => {
    const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - [...text].length));
    return right.has(column) ? space + text : text + space;
  };
  return rows.map((row) => `${row.map(cell).join('  ').trimEnd()}\n`).join('');
};

const named = (what: string, spots: readonly NamedSpot[]): readonly string[] =>
  spots.map(({ sender, title }) => `  ${what}: ${sender}: ${title}`);

/** What happened in one line, then everything that needs an eye, by name. */
export const adsPublishedText = (report: PublishAdsReport): string => {
  const { dryRun, added, changed, unchanged, ended, unlevelled, revision } = report;
  const lines = [
    dryRun ? 'Dry run: nothing was written.' : `Published: the list of ads is at revision ${revision}.`,
    `${added.length} new, ${changed.length} changed, ${unchanged} unchanged, ${ended.length} ended.`,
    ...(dryRun ? [] : [`${report.uploads} uploads (${bytesText(report.uploadedBytes)}).`]),
    ...named('new', added),
    ...named('changed', changed),
    ...named('ended', ended),
    ...named('taken as it is, it may be louder than the music (ffmpeg was not found)', unlevelled),
  ];
  return `${lines.join('\n')}\n`;
};

const whenOf = ({ from, until, hasEnded }: SpotRecord): string => {
  if (hasEnded) return 'ended';
  if (from === null && until === null) return 'always';
  return `${from ?? '…'} to ${until ?? '…'}`;
};

const loudnessOf = ({ loudness }: SpotRecord): string =>
  loudness === null ? 'not measured' : `${loudness.integratedLufs.toFixed(1)} LUFS`;

export const adListText = ({ spots }: { readonly spots: readonly SpotRecord[] }): string => {
  if (spots.length === 0) return 'There are no ads.\n';
  const rows = spots.map((spot) => [
    spot.id,
    spot.sender,
    spot.title,
    `${(spot.durationMs / 1000).toFixed(1)} s`,
    loudnessOf(spot),
    String(spot.weight),
    whenOf(spot),
    spot.avoidGenres.map(({ name }) => name).join(', '),
  ]);
  const head = ['id', 'sender', 'title', 'length', 'loudness', 'weight', 'when', 'not after'];
  return table([head, ...rows], new Set([3, 4, 5]));
};

const HEADS: Readonly<Record<(typeof AD_EVENTS)[number], string>> = {
  impression: 'heard',
  firstQuartile: '25%',
  midpoint: '50%',
  thirdQuartile: '75%',
  complete: 'to the end',
  click: 'clicks',
};

export const adReportText = ({ spots }: AdReport): string => {
  if (spots.length === 0) return 'There are no ads.\n';
  const rows = spots.map(({ spotId, sender, title, counts }) => [
    spotId,
    sender,
    title,
    ...AD_EVENTS.map((kind) => String(counts[kind])),
  ]);
  const head = ['id', 'sender', 'title', ...AD_EVENTS.map((kind) => HEADS[kind])];
  return table([head, ...rows], new Set(AD_EVENTS.map((_, index) => index + 3)));
};
