import { EventEmitter } from 'node:events';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crashReportSchema, LARGEST_REPORT_BYTES } from '../../contract/reports-http.ts';
import { DEFAULT_SETTINGS, settingsSchema } from '../../contract/settings.ts';
import { handClock } from '../../../tests/host/hand-clock.ts';
import { crashesOf } from '../../../tests/host/open-host.ts';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { temporaryFolder } from '../../../tests/host/temporary-folder.ts';
import { createJsonLog } from '../log.ts';
import { composeReport, type Crash, type CrashCircumstances } from './compose-report.ts';
import { createRecentLines } from './recent-lines.ts';
import { summariseSettings } from './settings-summary.ts';
import { watchMainProcess } from './watch-main-process.ts';
import { createWindowRescue } from './window-rescue.ts';

const CIRCUMSTANCES: CrashCircumstances = {
  id: '3f2b8c1e-9d4a-4b6f-8a7c-1234567890ab',
  at: '2026-11-26T06:30:00.000Z',
  upSeconds: 60,
  app: { version: '1.2.3', shell: 'electron', platform: 'linux', arch: 'x64', system: '6.1', runtime: {} },
  settings: summariseSettings(DEFAULT_SETTINGS),
  lines: [],
  privateFacts: {
    folders: [{ path: '/home/lene/.config/riffle', name: 'data' }],
    words: ['lene', 'Kiesbett'],
  },
};
const lineOf = (fields: Record<string, unknown>, message = 'something failed'): string => {
  let written = '';
  createJsonLog((line) => (written = line)).warn(message, fields);
  return written;
};

describe('a report', () => {
  it('says what failed, where, what the log said, and how the app was set', () => {
    const cause = new Error("ENOSPC: no space left on device, open '/home/lene/.config/riffle/queue.json'");
    const error = new TypeError('the queue could not be kept', { cause });
    error.stack =
      'TypeError: the queue could not be kept\n    at save (/home/lene/.config/riffle/x/index.js:3:4)';
    const report = composeReport(
      { kind: 'main_exception', error },
      { ...CIRCUMSTANCES, lines: [lineOf({ code: 'ENOSPC', tries: 3, error }, 'not kept')] },
    );

    expect(crashReportSchema.parse(report)).toEqual(report);
    expect(report).toMatchObject({ kind: 'main_exception', upSeconds: 60, ending: null });
    expect(report.error).toMatchObject({ name: 'TypeError', message: 'the queue could not be kept' });
    expect(report.error?.stack).toContain('at save (<data>/x/index.js:3:4)');
    expect(report.error?.stack.join('\n')).toContain(
      "caused by Error: ENOSPC: no space left on device, open '<data>/queue.json'",
    );
    expect(report.log).toHaveLength(1);
    expect(report.log[0]).toMatch(
      /warn not kept code=\[ENOSPC\] tries=3 error=\[TypeError: the queue could not be kept\]$/,
    );
    expect(report.settings).toMatchObject({ theme: 'system', crossfadeSeconds: 0, shortcuts: '0 set' });
  });

  it('lets nothing of a person through, wherever it stood', () => {
    const letters = fc.constantFrom(...'bcdfghjklmqvwxz');
    const own = fc.string({ unit: letters, minLength: 6, maxLength: 12 });
    const token = fc
      .uint8Array({ minLength: 24, maxLength: 40 })
      .map((bytes) => Buffer.from(bytes).toString('base64url'));
    const place = fc.constantFrom<(text: string) => Partial<CrashCircumstances & Crash>>(
      (text) => ({ error: new Error(`cannot do "${text}"`) }),
      (text) => ({ error: new Error(`open '/home/${text}/${text}.flac'`) }),
      (text) => ({ error: new Error('x', { cause: new Error(`cannot read /srv/${text}: EIO`) }) }),
      (text) => ({ lines: [lineOf({ title: text, user: text, name: text })] }),
      (text) => ({ lines: [lineOf({ path: `C:\\Users\\${text}\\x` })] }),
      (text) => ({ lines: [lineOf({ reason: `https://${text}.example/?a=${text}` })] }),
      (text) => ({ lines: [lineOf({ from: { deep: { title: text } } })] }),
      (text) => ({ lines: [`${text} is no JSON`] }),
      (text) => ({ error: `mail ${text}@${text}.example` }),
      (text) => ({
        privateFacts: { folders: [], words: [text] },
        error: new Error(`it was ${text}, played`),
      }),
    );
    fc.assert(
      fc.property(own, place, (text, put) => {
        const { error, ...changes } = put(text);
        const report = composeReport({ kind: 'main_rejection', error }, { ...CIRCUMSTANCES, ...changes });
        // The stack names this file, which is no secret of the text's.
        expect(JSON.stringify(report)).not.toContain(text);
      }),
      { numRuns: 400 },
    );
    fc.assert(
      fc.property(token, (secret) => {
        const lines = [
          lineOf({ state: secret }),
          lineOf({ error: new Error(`refused: ${secret}`) }),
          lineOf({ [secret]: 1 }),
        ];
        const report = composeReport(
          { kind: 'main_rejection', error: new Error(`t ${secret}`) },
          { ...CIRCUMSTANCES, lines },
        );
        expect(JSON.stringify(report)).not.toContain(secret);
      }),
    );
  });

  it('stays within what may be sent; the newest lines of its log stay', () => {
    const error = new Error('ü'.repeat(50_000));
    const lines = Array.from({ length: 400 }, (_, number) => lineOf({ n: number, reason: 'ü '.repeat(900) }));
    const report = composeReport({ kind: 'main_exception', error }, { ...CIRCUMSTANCES, lines });
    expect(Buffer.byteLength(JSON.stringify(report))).toBeLessThanOrEqual(LARGEST_REPORT_BYTES);
    expect(crashReportSchema.safeParse(report).success).toBe(true);
    expect(report.log.length).toBeGreaterThan(20);
    expect(report.log.at(-1)).toContain('n=399');
  });

  it('tells switches, choices and numbers of the settings, and of anything typed only that it is there', () => {
    const summary = summariseSettings({
      ...DEFAULT_SETTINGS,
      outputDeviceId: 'Lenes Kopfhörer',
      shortcuts: { play: 'Mod+X' },
      theme: 'dark',
    });
    expect(summary).toMatchObject({ theme: 'dark', outputDeviceId: 'set', shortcuts: '1 set', mono: false });
    expect(Object.keys(summary)).toEqual(Object.keys(settingsSchema.shape));
    expect(JSON.stringify(summary)).not.toMatch(/Lene|Mod/);
  });
});

describe('the reports of a computer', () => {
  it('are on the disk at once, readable to their owner, the newest twenty of them', async () => {
    const folder = await temporaryFolder();
    for (let run = 0; run < 5; run++) {
      const crashes = crashesOf(folder, recordLog());
      for (let number = 0; number < 6; number++) {
        crashes.record({ kind: 'main_rejection', error: new Error(`of run ${run}, number ${number}`) });
      }
    }
    const files = await readdir(join(folder, 'reports'));
    expect(files).toHaveLength(20);
    // Windows keeps other people out by the folder, not by bits.
    const { mode } = await stat(join(folder, 'reports', files[0] ?? ''));
    expect(process.platform === 'win32' ? 0 : mode & 0o077).toBe(0);
    const messages = crashesOf(folder, recordLog())
      .files.list()
      .map(({ report }) => report.error?.message);
    expect(messages).toContain('of run 4, number 5');
    expect(messages).not.toContain('of run 0, number 0');
  });

  it('are one for what fails over and over', async () => {
    const crashes = crashesOf(await temporaryFolder(), recordLog());
    const error = new Error('again');
    for (let times = 0; times < 5; times++) crashes.record({ kind: 'main_rejection', error });
    expect(crashes.files.list()).toHaveLength(1);
    for (let other = 0; other < 40; other++)
      crashes.record({ kind: 'main_rejection', error: new Error(`${other}`) });
    expect(crashes.files.list()).toHaveLength(10);
  });

  it('pass over what is no report, and a disk that cannot be written costs the log a line', async () => {
    const folder = await temporaryFolder();
    const log = recordLog();
    const crashes = crashesOf(folder, log);
    crashes.record({ kind: 'main_exception', error: new Error('one') });
    await writeFile(join(folder, 'reports', `${CIRCUMSTANCES.id}.json`), '{"sentAt":null');
    expect(crashes.files.list()).toHaveLength(1);

    const blocked = join(folder, 'a-file');
    await writeFile(blocked, '');
    expect(() =>
      crashesOf(blocked, log).record({ kind: 'main_exception', error: new Error('x') }),
    ).not.toThrow();
    expect(log.lines.map(({ message }) => message)).toContain('a crash report could not be written');
  });
});

describe('the main process', () => {
  const watched = async () => {
    const main = new EventEmitter();
    const log = recordLog();
    const crashes = crashesOf(await temporaryFolder(), log);
    let ends = 0;
    watchMainProcess({ process: main, reports: crashes, log, end: () => void (ends += 1) });
    return { main, ends: () => ends, kinds: () => crashes.files.list().map(({ report }) => report.kind) };
  };

  it('goes on after a promise nobody looked after', async () => {
    const { main, ends, kinds } = await watched();
    main.emit('unhandledRejection', new Error('late'));
    expect([ends(), kinds()]).toEqual([0, ['main_rejection']]);
  });

  it('ends once after an exception nobody caught, also when ending throws more', async () => {
    const { main, ends, kinds } = await watched();
    main.emit('uncaughtException', new Error('first'));
    main.emit('uncaughtException', new Error('second'));
    main.emit('unhandledRejection', new Error('third'));
    expect([ends(), kinds()]).toEqual([1, ['main_exception']]);
  });
});

describe('a window', () => {
  const rescued = () => {
    const clock = handClock();
    const done: string[] = [];
    const closing = new AbortController();
    const rescue = createWindowRescue({
      reports: { record: ({ kind }) => void done.push(kind) },
      clock,
      log: recordLog(),
      reload: () => void done.push('reload'),
      kill: () => void done.push('kill'),
      giveUp: () => void done.push('give up'),
      closing: closing.signal,
    });
    return { rescue, clock, done, closing };
  };
  const crashed = { reason: 'crashed', exitCode: 5 };

  it('that crashes comes back, and is given up when that does not help', async () => {
    const { rescue, clock, done } = rescued();
    for (let times = 0; times < 3; times++) rescue.gone(crashed);
    expect(done).toEqual(Array.from({ length: 3 }, () => ['window_gone', 'reload']).flat());
    rescue.gone(crashed);
    expect(done.at(-1)).toBe('give up');
    await clock.advance(60_000);
    rescue.gone(crashed);
    expect(done.at(-1)).toBe('reload');
  });

  it('that is stuck for fifteen seconds is ended; one that answers again is left alone', async () => {
    const { rescue, clock, done, closing } = rescued();
    rescue.unresponsive();
    rescue.unresponsive();
    await clock.advance(14_000);
    rescue.responsive();
    await clock.advance(60_000);
    expect(done).toEqual([]);
    rescue.unresponsive();
    await clock.advance(15_000);
    expect(done).toEqual(['window_stuck', 'kill']);
    rescue.unresponsive();
    closing.abort();
    await clock.advance(60_000);
    expect(done).toHaveLength(2);
  });
});

describe('the last lines of the log', () => {
  it('are the newest, cut where they are endless', () => {
    const recent = createRecentLines(3);
    for (const line of ['a', 'b', 'c', 'd'.repeat(10_000)]) recent.write(line);
    expect(recent.lines().map((line) => line.length)).toEqual([1, 1, 4_000]);
    expect(recent.lines()[0]).toBe('b');
  });
});
