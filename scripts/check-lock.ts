/**
 * Proves that the lock file serves every machine: it lists all platform packages its packages ask for (npm drops those the
 * registry in reach lacks without a word, and `npm ci` fails elsewhere), carries integrity, and names no registry.
 */
import { readFileSync } from 'node:fs';

interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, LockEntry> };
const entries = Object.entries(lock.packages).filter(([path]) => path !== '');
const listed = (name: string): boolean => entries.some(([path]) => path.endsWith(`node_modules/${name}`));

const faults = entries.flatMap(([path, entry]) => [
  ...Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !listed(name))
    .map((name) => `${path} asks for ${name}, which is not listed`),
  ...(entry.resolved === undefined ? [] : [`${path} carries an address`]),
  ...(entry.integrity === undefined && !entry.link ? [`${path} has no integrity`] : []),
]);

for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stdout.write(`${entries.length} packages, ${faults.length} faults\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
