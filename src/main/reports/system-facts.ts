/** What the computer says of itself and of its person, for reports. */
import { hostname, release, userInfo } from 'node:os';
import type { PrivateFacts } from '../../core/redaction/redact.ts';
import type { CrashReport } from '../../contract/reports-http.ts';
import type { HostPorts } from '../ports.ts';

/** Not every system has an entry for who runs a process. */
const userName = (): readonly string[] => {
  try {
    return [userInfo().username];
  } catch {
    return [];
  }
};

export const appFacts = ({
  version,
  shell,
}: Pick<HostPorts['app'], 'version' | 'shell'>): CrashReport['app'] => ({
  version,
  shell,
  platform: process.platform,
  arch: process.arch,
  system: release(),
  runtime: Object.fromEntries(
    ['node', 'electron', 'chrome', 'v8'].flatMap((name) => {
      const known = process.versions[name];
      return known === undefined ? [] : [[name, known]];
    }),
  ),
});

export const systemPrivateFacts = (folders: {
  readonly app: string;
  readonly data: string;
  readonly cache: string;
}): PrivateFacts => ({
  folders: Object.entries(folders).map(([name, path]) => ({ path, name })),
  words: [...userName(), hostname()],
});
