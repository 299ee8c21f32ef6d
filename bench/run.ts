/** `npm run bench -- <name> [--size N] [--json FILE]`; without a name, lists what there is. */
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { isOver, renderBudget, renderTable, type Bench } from './measuring/report.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'benches');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { size: { type: 'string' }, json: { type: 'string' } },
});

const load = async (name: string): Promise<Bench> =>
  ((await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as { readonly bench: Bench }).bench;

const [name] = positionals;
if (name === undefined) {
  for (const each of names) process.stdout.write(`${each.padEnd(12)}${(await load(each)).summary}\n`);
} else if (!names.includes(name)) {
  process.stderr.write(`There is no bench "${name}". There are: ${names.join(', ')}.\n`);
  process.exitCode = 2;
} else {
  const size = values.size === undefined ? null : Number(values.size);
  if (size !== null && !(Number.isInteger(size) && size > 0)) {
    process.stderr.write('--size takes a whole number above 0.\n');
    process.exit(2);
  }
  const bench = await load(name);
  const report = await bench.run({ size, progress: (sentence) => process.stderr.write(`${sentence}\n`) });
  const text = [
    ...report.tables.map(renderTable),
    ...(report.notes.length > 0 ? [report.notes.map((note) => `note: ${note}`).join('\n')] : []),
    report.budgets.map(renderBudget).join('\n'),
  ].join('\n\n');
  process.stdout.write(`${text}\n`);
  if (values.json !== undefined) {
    writeFileSync(
      values.json,
      `${JSON.stringify({ bench: name, measuredAt: new Date().toISOString(), ...report }, null, 2)}\n`,
    );
  }
  process.exitCode = report.budgets.some(isOver) ? 1 : 0;
}
// Browsers and servers of a bench end with it, whatever it left open.
process.exit();
