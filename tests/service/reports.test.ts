/** From a crash to the operator's list: written by the app's host, sent by a choice, taken by the real service, read by command. */
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createReportsCommand } from '../../src/catalog/cli/reports-command.ts';
import { DEFAULT_RATE_LIMITS } from '../../src/catalog/api/access/rate-limits.ts';
import { createReportStore } from '../../src/catalog/reports/report-store.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';
import type { CrashReportSummary } from '../../src/contract/reports.ts';
import {
  crashReportSchema,
  LARGEST_REPORT_BYTES,
  type CrashReport,
} from '../../src/contract/reports-http.ts';
import { openServiceHome, type RunningService, type ServiceHome } from '../builders/catalog-service.ts';
import { openHost } from '../host/open-host.ts';
import { startServiceStandIn } from '../host/service-stand-in.ts';
import { until } from '../host/track-cache-fixture.ts';
import { crashesOf } from '../host/open-host.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { recordLog } from '../host/silent-log.ts';

let home: ServiceHome;
let service: RunningService;
beforeEach(async () => {
  home = await openServiceHome();
  service = await home.start();
});
afterEach(() => home.close());

const crashed = async (folder: string, lines: readonly string[] = []) => {
  const crashes = crashesOf(folder, recordLog(), lines);
  crashes.record({ kind: 'main_exception', error: new RangeError('the queue has no end') });
  return crashes;
};
const aReport = async (): Promise<CrashReport> =>
  (await crashed(await temporaryFolder())).files.list()[0]!.report;
const post = (body: unknown): Promise<Response> =>
  service.fetch('/v1/reports', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const stored = async (): Promise<readonly string[]> => {
  const keys: string[] = [];
  for await (const { key } of home.store.list('reports/')) keys.push(key);
  return keys;
};

const operator = () => {
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const complained = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => {
    said.mockRestore();
    complained.mockRestore();
    process.exitCode = undefined;
  });
  return async (...words: readonly string[]): Promise<string> => {
    said.mockClear();
    complained.mockClear();
    await createReportsCommand(openStore).parseAsync([...words, '--store', home.folder], { from: 'user' });
    return [...said.mock.calls, ...complained.mock.calls].map(([text]) => String(text)).join('');
  };
};

describe('a crash', () => {
  it('is told by nobody until its listener sends it, and then once', async () => {
    const folder = await temporaryFolder();
    const crashes = await crashed(folder);
    const { host } = await openHost(service.url, { crashes });
    await until('an account is open', () => host.snapshot().session.session.state === 'signed_in');

    const listed = (await host.handlers['reports.list'](null)) as readonly CrashReportSummary[];
    expect(listed).toMatchObject([
      { kind: 'main_exception', version: '1.2.3', message: 'the queue has no end', sentAt: null },
    ]);
    const id = listed[0]?.id;
    const { text } = (await host.handlers['reports.read']({ id })) as { text: string };
    expect(crashReportSchema.parse(JSON.parse(text)).id).toBe(id);
    expect(await stored()).toEqual([]);

    const sent = (await host.handlers['reports.send']({ id })) as readonly CrashReportSummary[];
    expect(sent[0]?.sentAt).toMatch(/^2\d{3}-/);
    await host.handlers['reports.send']({ id });
    const [key, ...more] = await stored();
    expect(more).toEqual([]);
    expect(key).toMatch(new RegExp(`^reports/\\d{4}-\\d{2}-\\d{2}/${id}\\.json$`));
    const arrived: unknown = JSON.parse(
      new TextDecoder().decode((await home.store.getBytes(key ?? '')) ?? undefined),
    );
    expect(arrived).toEqual(JSON.parse(text));

    expect(await host.handlers['reports.remove']({ id })).toEqual([]);
    expect(await host.call('reports.read', { id })).toMatchObject({ error: { code: 'not_found' } });
  });

  it('stays unsent while there is no account or no service', async () => {
    const folder = await temporaryFolder();
    const standIn = await startServiceStandIn();
    onTestFinished(() => standIn.close());
    standIn.answer('/v1/reports', { status: 503, json: {} });
    const { host } = await openHost(standIn.url, { crashes: await crashed(folder) });
    await until('an account is open', () => host.snapshot().session.session.state === 'signed_in');
    const [{ id } = { id: '' }] = (await host.handlers['reports.list'](
      null,
    )) as readonly CrashReportSummary[];
    expect(await host.call('reports.send', { id })).toMatchObject({ error: { code: 'service_unreachable' } });

    const { accounts } = host.snapshot().session;
    await host.call('session.signOut', { accountId: accounts[0]?.id });
    expect(await host.call('reports.send', { id })).toMatchObject({ error: { code: 'sign_in_required' } });
    expect(await host.handlers['reports.list'](null)).toMatchObject([{ id, sentAt: null }]);
    // Nobody but a file of this app is ever read or removed.
    expect(await host.call('reports.remove', { id: '../../settings' })).toMatchObject({
      error: { code: 'invalid_argument' },
    });
  });

  it('is in the diagnostics, which tell how things stand and nothing of the listener', async () => {
    const folder = await temporaryFolder();
    const lines = [
      '{"at":"2026-11-26T06:30:00.000Z","level":"info","message":"started"}',
      `{"at":"2026-11-26T06:30:01.000Z","level":"warn","message":"document set aside","path":"${folder}/queue.json","title":"Kiesbett"}`,
    ];
    const { host } = await openHost(service.url, { crashes: await crashed(folder, lines) });
    await until('an account is open', () => host.snapshot().session.session.state === 'signed_in');
    await until('the service was asked', () => host.snapshot().status.service.state === 'reachable');
    const { text } = (await host.handlers['reports.diagnostics'](null)) as { text: string };
    for (const fact of [
      'Riffle 1.2.3 (web, linux x64',
      'service: reachable',
      'session: signed_in',
      'update: unsupported shell',
      '  theme: system',
      'main_exception',
      'document set aside path=[<data>/queue.json] title=<text>',
    ]) {
      expect(text).toContain(fact);
    }
    const { id } = host.snapshot().session.accounts[0]!;
    for (const own of [folder, 'Kiesbett', 'started', id, 'Test Records', '127.0.0.1'])
      expect(text).not.toContain(own);
  });
});

describe('the service', () => {
  it('takes what is a report, no matter how often it is sent, and nothing else', async () => {
    const report = await aReport();
    expect((await post(report)).status).toBe(204);
    expect((await post({ ...report, id: report.id.toUpperCase() })).status).toBe(204);
    expect(await stored()).toHaveLength(1);
    expect((await post({ ...report, account: 'lene' })).status).toBe(400);
    expect((await post({ ...report, id: '../../catalog/manifests/1' })).status).toBe(400);
    expect((await post({ ...report, log: Array.from({ length: 201 }, () => 'x') })).status).toBe(400);
    expect((await post('{"format":1')).status).toBe(400);
    expect((await post({ ...report, log: ['x'.repeat(LARGEST_REPORT_BYTES)] })).status).toBe(413);
    expect(await stored()).toHaveLength(1);
  });

  it('takes so many of one listener in an hour', async () => {
    const limited = await home.start({ limits: DEFAULT_RATE_LIMITS });
    const [{ requests } = { requests: 0 }] = DEFAULT_RATE_LIMITS.crashes;
    const body = JSON.stringify(await aReport());
    const ask = () =>
      limited.fetch('/v1/reports', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const statuses: number[] = [];
    for (let sent = 0; sent <= requests; sent++) statuses.push((await ask()).status);
    expect(statuses).toEqual([...Array.from({ length: requests }, () => 204), 429]);
  });
});

describe('riffle-catalog reports', () => {
  it('lists, shows and removes what came', async () => {
    const reports = operator();
    const [one, two] = [await aReport(), await aReport()];
    await createReportStore(home.store, () => Date.UTC(2026, 10, 1)).take(one);
    await createReportStore(home.store, () => Date.UTC(2026, 10, 3)).take({
      ...two,
      error: { name: 'Error', message: '\u001b[31mred', stack: [] },
    });
    await home.store.put('reports/2026-11-04/no-report.json', new Uint8Array(2), {
      contentType: 'application/json',
    });

    const listed = await reports('list');
    expect(listed.trimEnd().split('\n')).toHaveLength(2);
    expect(listed).toContain(
      `2026-11-01  ${one.id}  1.2.3  linux-x64  main_exception  RangeError: the queue has no end`,
    );
    expect(listed).not.toContain('\u001b');
    expect(await reports('list', '--from', '2026-11-02')).not.toContain(one.id);
    expect(JSON.parse(await reports('list', '--json', '--from', '2026-11-02'))).toMatchObject({ id: two.id });
    expect(crashReportSchema.parse(JSON.parse(await reports('show', one.id)))).toEqual(one);

    expect(await reports('remove', '--before', '2026-11-02')).toBe('1 removed\n');
    expect(await reports('show', one.id)).toContain('There is no report');
    expect(process.exitCode).toBe(2);
    expect(await reports('remove')).toContain('Which reports?');
    expect(await reports('remove', two.id)).toBe('1 removed\n');
    expect(await reports('list')).toBe('');
  });
});
