import { createRedaction } from '../../core/redaction/redact.ts';
import type { HostStatus } from '../../contract/host-api.ts';
import type { UpdateState } from '../../contract/update.ts';
import type { CrashReport } from '../../contract/reports-http.ts';
import { readableLines } from './compose-report.ts';
import type { CrashReports } from './crash-reports.ts';

export interface DiagnosticFacts {
  readonly at: string;
  readonly locale: string;
  /** In a word: `signed_in`, `signed_out` … */
  readonly session: string;
  readonly update: UpdateState;
  readonly status: HostStatus;
  readonly downloads: { readonly pins: number; readonly waitingTracks: number; readonly isPaused: boolean };
  readonly settings: CrashReport['settings'];
}

const LAST_FAILURES = 20;
const megabytes = (bytes: number | null): string =>
  bytes === null ? 'no limit known' : `${(bytes / 1_000_000).toFixed(1)} MB`;

const serviceLine = (service: HostStatus['service']): string =>
  service.state === 'unreachable'
    ? `${service.state} (${service.cause}) since ${service.since}`
    : service.state;

const updateLine = (update: UpdateState): string =>
  [
    update.state,
    ...('because' in update ? [update.because] : []),
    ...('reason' in update ? [update.reason] : []),
    ...('version' in update ? [update.version] : []),
  ].join(' ');

/** Only lines of what went wrong. */
const failures = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => /"level":"(?:warn|error)"/.test(line)).slice(-LAST_FAILURES);

/**
 * For a bug report or an operator, in English: versions, settings, how things stand, what failed last. Without names, paths of the
 * person, addresses, titles, tokens.
 */
export const diagnosticsText = (
  reports: Pick<CrashReports, 'app' | 'upSeconds' | 'lines' | 'privateFacts' | 'files'>,
  facts: DiagnosticFacts,
): string => {
  const redact = createRedaction(reports.privateFacts());
  const { app } = reports;
  const { status, downloads } = facts;
  const { cache, pinned, storage, playable } = status;
  const runtime = Object.entries(app.runtime).map(([name, version]) => `${name} ${version}`);
  const crashes = reports.files.list().map(({ report }) => `${report.at} ${report.kind}`);
  const failed = readableLines(failures(reports.lines()), redact);
  return `${[
    `Riffle ${app.version} (${app.shell}, ${app.platform} ${app.arch}, system ${app.system})`,
    runtime.join(', '),
    `at ${facts.at}, up ${reports.upSeconds()} s, language ${facts.locale}`,
    '',
    `session: ${facts.session}`,
    `service: ${serviceLine(status.service)}`,
    `update: ${updateLine(facts.update)}`,
    `metered: ${status.isMetered === null ? 'unknown' : String(status.isMetered)}`,
    `cached: ${cache.tracks} tracks, ${megabytes(cache.bytes)} of ${megabytes(cache.limitBytes)}${cache.failure === null ? '' : `, failing (${redact(cache.failure)})`}`,
    `kept: ${pinned.tracks} tracks, ${megabytes(pinned.bytes)} of ${pinned.limitBytes === null ? 'what the disk takes' : megabytes(pinned.limitBytes)}`,
    `downloads: ${downloads.pins} kept, ${downloads.waitingTracks} tracks waiting${downloads.isPaused ? ', paused' : ''}`,
    `disk: ${storage.freeBytes === null ? 'unknown' : megabytes(storage.freeBytes)} free, key in ${storage.key}${storage.moving === null ? '' : ', being moved'}`,
    `playable here: ${playable.tracks} tracks`,
    '',
    'settings',
    ...Object.entries(facts.settings).map(([key, value]) => `  ${key}: ${String(value)}`),
    '',
    `crash reports: ${crashes.length === 0 ? 'none' : ''}`.trim(),
    ...crashes.map((line) => `  ${line}`),
    '',
    `last failures: ${failed.length === 0 ? 'none' : ''}`.trim(),
    ...failed.map((line) => `  ${line}`),
  ].join('\n')}\n`;
};
