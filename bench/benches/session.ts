/** Signing in, staying in, and being known: what one core of the service bears, its issuer included. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import * as client from 'openid-client';
import { Pool } from 'undici';
import { createProcesses } from '../../scripts/start/processes.ts';
import { createIssuerKeys } from '../../src/catalog/api/access/issuer-keys.ts';
import { createTokenVerifier } from '../../src/catalog/api/access/token-verifier.ts';
import { createAccounts } from '../../src/catalog/identity/accounts.ts';
import { CATALOG_AUDIENCE } from '../../src/catalog/identity/identity-contract.ts';
import { createPasswords, DEFAULT_PASSWORD_COST } from '../../src/catalog/identity/password-hash.ts';
import { createFolderStore } from '../../src/catalog/store/folder-store.ts';
import { catalogPaths } from '../../src/contract/catalog-http.ts';
import { openApp, signIn, type App } from '../../tests/identity/open-issuer.ts';
import { cpuSecondsOf, keepOnOneCore } from '../measuring/one-core.ts';
import type { Bench } from '../measuring/report.ts';
import { summarise, timed, type Summary } from '../measuring/statistics.ts';

const DEFAULT_SIGN_INS = 200;
/** People at once; more only wait in line. */
const AT_ONCE = 4;
const WARM_UP = 8;
const PASSWORD = 'correct horse battery staple';
const TOKENS_TO_VERIFY = 5_000;
const HTTP_SECONDS = 4;
const HTTP_CONNECTIONS = 8;
const root = join(import.meta.dirname, '../..');

const loginOf = (index: number): string => `listener${index}`;

/** Does `work` for 0 … count − 1, so many at a time; each one's milliseconds. */
async function inParallel(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<void>,
): Promise<readonly number[]> {
  const samples: number[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      samples.push((await timed(() => work(index))).ms);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return samples;
}

interface Phase extends Summary {
  readonly perSecond: number;
  /** Processor time of the service for each, in milliseconds. */
  readonly cpuMs: number;
}

async function phase(pid: number, work: () => Promise<readonly number[]>): Promise<Phase> {
  const before = await cpuSecondsOf(pid);
  const { value: samples, ms } = await timed(work);
  const cpuMs = ((await cpuSecondsOf(pid)) - before) * 1000;
  return {
    ...summarise(samples),
    perSecond: samples.length / (ms / 1000),
    cpuMs: cpuMs / samples.length,
  };
}

/** Tokens that nobody has seen before, one after the other on this one thread: what a check costs without its memory. */
async function checksWithoutMemory(): Promise<Summary & { readonly perSecond: number }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const issuer = 'http://127.0.0.1:1/identity';
  const header = { alg: 'ES256', typ: 'at+jwt', kid: 'bench' };
  const tokens = await Promise.all(
    Array.from({ length: TOKENS_TO_VERIFY }, (_, index) => {
      const claims: JWTPayload = { sub: `listener-${index}`, riffle_tier: 'free', riffle_roles: [] };
      return new SignJWT(claims)
        .setProtectedHeader(header)
        .setIssuer(issuer)
        .setAudience(CATALOG_AUDIENCE)
        .setIssuedAt()
        .setExpirationTime('10 min')
        .sign(privateKey);
    }),
  );
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES256' };
  const keys = createIssuerKeys({
    load: async () => ({ keys: [jwk] }),
    onState: () => undefined,
    nowMs: Date.now,
  });
  const verify = createTokenVerifier({
    keys,
    policy: {
      issuer,
      audience: CATALOG_AUDIENCE,
      clientId: 'riffle-desktop',
      isTyped: true,
      clockToleranceSeconds: 60,
    },
    nowMs: Date.now,
    onClockOff: () => undefined,
  });
  for (const token of tokens.slice(0, 500)) await verify(token);
  const samples: number[] = [];
  const { ms } = await timed(async () => {
    for (const token of tokens) samples.push((await timed(() => verify(token))).ms);
  });
  keys.close();
  return { ...summarise(samples), perSecond: tokens.length / (ms / 1000) };
}

/** `GET /v1/me` with many listeners' tokens, pipelined so that it is the service that is slow and not who asks. */
async function requestsWithTokens(url: string, tokens: readonly string[]): Promise<readonly number[]> {
  const pool = new Pool(url, { connections: HTTP_CONNECTIONS, pipelining: 8 });
  const samples: number[] = [];
  const until = performance.now() + HTTP_SECONDS * 1000;
  let turn = 0;
  const ask = async (): Promise<void> => {
    while (performance.now() < until) {
      const token = tokens[turn++ % tokens.length] ?? '';
      const { ms } = await timed(async () => {
        const { statusCode, body } = await pool.request({
          path: catalogPaths.me,
          method: 'GET',
          headers: { authorization: `Bearer ${token}` },
        });
        await body.dump();
        // Faster than anyone may ask: whoever is told to wait was known by then all the same.
        if (statusCode !== 200 && statusCode !== 429)
          throw new Error(`${catalogPaths.me} answered ${statusCode}`);
      });
      samples.push(ms);
    }
  };
  try {
    await Promise.all(Array.from({ length: HTTP_CONNECTIONS * 8 }, ask));
  } finally {
    await pool.close();
  }
  return samples;
}

async function refreshed(app: App, token: string): Promise<void> {
  await client.refreshTokenGrant(app.configuration, token);
}

const row = (name: string, { count, perSecond, cpuMs, p50, p99 }: Phase): (string | number)[] => [
  name,
  count,
  perSecond,
  cpuMs,
  p50,
  p99,
];

export const bench: Bench = {
  summary: 'sign-ins and token checks that one core of the service bears',
  async run({ size, progress }) {
    const count = size ?? DEFAULT_SIGN_INS;
    const folder = await mkdtemp(join(tmpdir(), 'riffle-bench-session-'));
    const processes = createProcesses(root);
    let core: ReturnType<typeof keepOnOneCore> | null = null;
    try {
      progress(`Letting ${count + WARM_UP} listeners in …`);
      const location = join(folder, 'store');
      await mkdir(location);
      const accounts = createAccounts(createFolderStore({ root: location }));
      const passwordHash = await createPasswords().hash(PASSWORD);
      for (let index = 0; index < count + WARM_UP; index += 1) {
        const login = loginOf(index);
        await accounts.add({ login, name: login, tier: 'free', roles: [], passwordHash });
      }
      progress('Starting the service …');
      const ready = await processes.startServer('the catalog service', [
        join(root, 'src/catalog/cli.ts'),
        'serve',
        '--store',
        location,
        '--sign-in',
        'own',
        '--port',
        '0',
        '--index',
        join(folder, 'index'),
        '--log-level',
        'error',
        '--json',
      ]);
      const url = String(ready['url']);
      const [pid = 0] = processes.pids();
      core = keepOnOneCore(pid);
      const app = await openApp({ url });
      const tokens: string[] = [];
      const refreshTokens: string[] = [];
      const signInOne = async (index: number): Promise<void> => {
        const { access_token: access, refresh_token: refresh } = await signIn(app, loginOf(index), PASSWORD);
        tokens.push(access);
        if (refresh !== undefined) refreshTokens.push(refresh);
      };
      for (let index = 0; index < WARM_UP; index += 1) await signInOne(count + index);

      progress(`Signing ${count} listeners in, ${AT_ONCE} at once …`);
      const signingIn = await phase(pid, () => inParallel(count, AT_ONCE, signInOne));
      progress('Renewing their tokens …');
      const renewing = await phase(pid, () =>
        inParallel(refreshTokens.length, AT_ONCE, (index) => refreshed(app, refreshTokens[index] ?? '')),
      );
      progress('Asking who they are …');
      const asking = await phase(pid, () => requestsWithTokens(url, tokens));
      progress('Checking tokens that were never seen …');
      const checks = await checksWithoutMemory();

      const { memoryKib, passes } = DEFAULT_PASSWORD_COST;
      return {
        tables: [
          {
            title: `The service on ${core.isPinned ? 'one core' : 'all cores'}, folder store, ${AT_ONCE} people at once`,
            columns: ['what', 'count', 'a second', 'CPU ms each', 'p50 ms', 'p99 ms'],
            rows: [
              row('signing in: page, password, code', signingIn),
              row('renewing a token', renewing),
              row(`GET ${catalogPaths.me}, ${HTTP_CONNECTIONS * 8} under way`, asking),
            ],
          },
          {
            title: 'Checking an access token that was not seen before, one thread, no HTTP',
            columns: ['count', 'a second', 'p50 ms', 'p99 ms'],
            rows: [[checks.count, checks.perSecond, checks.p50, checks.p99]],
          },
        ],
        budgets: [
          // Fifteen sign-ins and five thousand checks a second, said as the time that each may take.
          { id: 'session.signin', value: 1000 / signingIn.perSecond, unit: 'ms', limit: 1000 / 15 },
          { id: 'session.check', value: 1000 / checks.perSecond, unit: 'ms', limit: 1000 / 5000 },
        ],
        notes: [
          `Passwords: argon2id, ${memoryKib} KiB, ${passes} passes, one lane, as OWASP's cheat sheet has it.`,
          'Whoever signs in is a program that follows redirects and sends the form; its own work is on the other core.',
          'Where the third row goes beyond what one account may ask, the answer is 429, given after the token was checked.',
          'The memory of tokens that were good makes all but the first check of each cheaper: the third row has it.',
        ],
      };
    } finally {
      core?.free();
      await processes.stopAll();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
