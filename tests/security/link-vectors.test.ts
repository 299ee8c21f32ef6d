/** Links with a secret in them, from where they come in: what is not whole opens nothing, and nothing of it is told on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLaunchArguments } from '../../src/main/system/launch-arguments.ts';
import { openServiceHome, type RunningService, type ServiceHome } from '../builders/catalog-service.ts';

const CODE = '0x2k7d9fmq3b5w8r1tz4aB3-_dE6gH9jK2mN5pQ8sTuV1wX4yZ7A';
const PLACE = { platform: 'linux', workingFolder: '/home/lena' } as const;
const open = (...given: readonly string[]) => readLaunchArguments(given, PLACE);

const REFUSED: readonly (readonly [string, string])[] = [
  ['traversal', '../../settings'],
  ['traversal behind it', `${CODE}/../../settings`],
  ['encoded traversal', `%2e%2e%2f${CODE}`],
  ['double encoding', `%252e%252e${CODE}`],
  ['backslashes', `${CODE}\\..\\x`],
  ['too long', 'a'.repeat(65)],
  ['longer than any link', 'a'.repeat(5_000)],
  ['too short', 'abc'],
  ['another alphabet', `${CODE}+`],
  ['letters of another script', `${CODE}а`],
  ['NUL', `${CODE}\0`],
  ['a line break', `${CODE}\r\nX: y`],
  ['an escape character', `${CODE}\u001B[2J`],
  ['a direction override', `${CODE}\u202Egpj`],
  ['markup', `${CODE}<img>`],
  ['an option of the command line', `${CODE} --gpu-launcher=calc`],
  ['an answer within it', `${CODE}?accept=1`],
];

describe('an invitation or a sharing on a command line', () => {
  it('asks for itself, and nothing behind it is an option', () => {
    expect(open(`riffle://open/join/${CODE}`).links).toEqual([{ kind: 'join', code: CODE }]);
    expect(open(`riffle://open/share/${CODE}`).links).toEqual([{ kind: 'share', id: CODE }]);
    expect(open(`riffle://open/join/${CODE}`, '--gpu-launcher=calc')).toMatchObject({
      links: [],
      refused: ['order'],
    });
  });

  it.each(REFUSED)('is none with %s', (_what, code) => {
    for (const kind of ['join', 'share'])
      expect(open(`riffle://open/${kind}/${code}`)).toMatchObject({ links: [], refused: ['link'] });
  });
});

describe('the page of an invitation', () => {
  let home: ServiceHome;
  let service: RunningService;
  const log: string[] = [];
  beforeAll(async () => {
    home = await openServiceHome();
    service = await home.start({
      publicUrl: 'https://music.example',
      logger: { level: 'info', stream: { write: (line) => log.push(line) } },
    });
  });
  afterAll(() => home.close());

  it('leads to the app, stands in no cache and no log, and is told to no other site', async () => {
    const answer = await service.fetch(`/join/${CODE}`, { headers: { 'accept-language': 'de' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('content-security-policy')).not.toContain('script-src');
    const text = await answer.text();
    expect(text).toContain(`href="riffle://open/join/${CODE}"`);
    expect(text).toContain('Du bist zu einer Playlist eingeladen');
    expect(log.length).toBeGreaterThan(0);
    expect(log.join('')).not.toContain(CODE.slice(0, 20));
  });

  it.each(REFUSED.filter(([, code]) => !/[/\\?]/.test(code)))('is none with %s', async (_what, code) => {
    const answer = await service.fetch(`/join/${encodeURIComponent(code)}`);
    expect([400, 404]).toContain(answer.status);
    expect(await answer.text()).not.toContain('riffle://');
  });
});
