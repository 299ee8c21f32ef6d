/** Where what apps report of updates lies in the store. Versions are in the letters of keys (`contract/update-http.ts`). */
import { UPDATE_CHANNELS, type UpdateChannel } from '../../core/update/manifest.ts';

export interface ReportedVersion {
  readonly channel: UpdateChannel;
  readonly version: string;
}

export const REPORTS_PREFIX = 'updates/reports/';
const versionFolder = ({ channel, version }: ReportedVersion): string => `${channel}/${version}`;

export const versionPrefix = (reported: ReportedVersion): string =>
  `${REPORTS_PREFIX}${versionFolder(reported)}/`;

/** What came in on a day, named by its content. */
export const reportsKey = (reported: ReportedVersion, day: string, sha256: string): string =>
  `${versionPrefix(reported)}${day}/${sha256}.json`;

/** The counts of a version of which nothing is counted any more. */
export const totalsKey = (reported: ReportedVersion): string =>
  `updates/totals/${versionFolder(reported)}.json`;

export interface ReportsKey extends ReportedVersion {
  readonly day: string;
}

const REPORTS_KEY = /^updates\/reports\/([^/]+)\/([^/]+)\/(\d{4}-\d{2}-\d{2})\/[0-9a-f]{64}\.json$/;

/** What such a key says, or null when it is none. */
export const parseReportsKey = (key: string): ReportsKey | null => {
  const [, channelName, version, day] = REPORTS_KEY.exec(key) ?? [];
  const channel = UPDATE_CHANNELS.find((name) => name === channelName);
  return channel === undefined || version === undefined || day === undefined
    ? null
    : { channel, version, day };
};
