import type { PublishReport } from '../publish/publish-report.ts';
import { bytesText, durationText } from './publish-progress.ts';

const MOST_MISSING_NAMED = 20;

/** The report for people: what happened in one line, then everything that needs their eye, by name. */
export function summaryText(report: PublishReport): string {
  const lines = [
    headline(report),
    `${report.published} new, ${report.changed} changed, ${report.unchanged} unchanged, ${report.removed} removed, ${report.unreadable.length} unreadable.`,
    uploadsLine(report),
    ...encodedLines(report),
    ...report.unreadable.map(({ path, reason }) => `  unreadable: ${path}: ${reason}`),
    ...report.warnings.map(({ path, reason }) => `  warning: ${path}: ${reason}`),
    ...missingLines(report.missing),
    ...silenceLines(report),
    ...report.notes.map((note) => `  note: ${note}`),
  ];
  return `${lines.join('\n')}\n`;
}

function headline({ library, dryRun, isNewRevision, revision }: PublishReport): string {
  if (dryRun) return `Dry run of "${library}": nothing was written.`;
  return isNewRevision
    ? `Published "${library}": the catalog is at revision ${revision}.`
    : `"${library}" is up to date: the catalog stays at revision ${revision}.`;
}

function uploadsLine({ dryRun, uploads, uploadedBytes, seconds, tracksPerSecond }: PublishReport): string {
  const what = dryRun ? `${uploads} audio files to upload` : `${uploads} uploads`;
  return `${what} (${bytesText(uploadedBytes)}) in ${seconds < 10 ? `${seconds.toFixed(2)} s` : durationText(seconds)}, ${tracksPerSecond.toFixed(1)} tracks/s.`;
}

function encodedLines({ dryRun, encoded }: PublishReport): readonly string[] {
  if (encoded.tracks === 0) return [];
  const files = `${encoded.tracks} ${encoded.tracks === 1 ? 'file' : 'files'}`;
  return dryRun
    ? [`${files} to encode in smaller qualities.`]
    : [
        `${files} encoded in smaller qualities (${bytesText(encoded.bytes)}, ${durationText(encoded.seconds)} of ffmpeg).`,
      ];
}

function silenceLines({ silentForFree }: PublishReport): readonly string[] {
  if (silentForFree === 0) return [];
  const tracks = silentForFree === 1 ? '1 track is' : `${silentForFree} tracks are`;
  return [`  ${tracks} silent for listeners of the free tier: no smaller quality was encoded.`];
}

function missingLines(missing: readonly string[]): readonly string[] {
  if (missing.length === 0) return [];
  const more = missing.length - MOST_MISSING_NAMED;
  return [
    `  ${missing.length} tracks are in the catalog, but their files are gone; --prune removes them:`,
    ...missing.slice(0, MOST_MISSING_NAMED).map((path) => `    ${path}`),
    ...(more > 0 ? [`    and ${more} more`] : []),
  ];
}
