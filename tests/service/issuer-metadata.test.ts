/** Where the keys of an issuer come from, and from where they are not taken. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKeyLoader, isSafeIssuerAddress } from '../../src/catalog/api/access/issuer-metadata.ts';

const KEYS = { keys: [{ kty: 'EC', crv: 'P-256', kid: 'one', x: 'x', y: 'y' }] };

/** What the server says at each path. */
let says: Map<string, (response: ServerResponse) => unknown>;
let asked: string[];
let origin = '';
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  const say = says.get(request.url ?? '');
  if (say === undefined) response.writeHead(404).end();
  else say(response);
});
const json = (body: unknown) => (response: ServerResponse) => response.end(JSON.stringify(body));

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  says = new Map([
    [
      '/realm/.well-known/openid-configuration',
      json({ issuer: `${origin}/realm`, jwks_uri: `${origin}/keys?v=1` }),
    ],
    ['/keys?v=1', json(KEYS)],
  ]);
  asked = [];
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const METADATA = '/realm/.well-known/openid-configuration';
const loader = (nowMs = Date.now) => createKeyLoader({ issuer: `${origin}/realm`, nowMs });

describe('the keys of an issuer', () => {
  it('are where its metadata says, which is asked for once a day', async () => {
    let nowMs = 0;
    const load = loader(() => nowMs);
    expect(await load()).toEqual(KEYS);
    await load();
    expect(asked).toEqual([METADATA, '/keys?v=1', '/keys?v=1']);
    nowMs = 86_400_000;
    await load();
    expect(asked.slice(3)).toEqual([METADATA, '/keys?v=1']);
  });

  it('are looked for anew where they are gone from', async () => {
    const load = loader();
    await load();
    says.delete('/keys?v=1');
    says.set(METADATA, json({ issuer: `${origin}/realm`, jwks_uri: `${origin}/new-keys` }));
    says.set('/new-keys', json(KEYS));
    await expect(load()).rejects.toThrow('answers with 404');
    expect(await load()).toEqual(KEYS);
  });

  it.each<readonly [what: string, path: string, say: () => (response: ServerResponse) => unknown]>([
    [
      'of another issuer',
      METADATA,
      () => json({ issuer: 'https://another.example', jwks_uri: `${origin}/keys?v=1` }),
    ],
    [
      'of its own under another spelling',
      METADATA,
      () => json({ issuer: `${origin}/realm/`, jwks_uri: `${origin}/keys?v=1` }),
    ],
    [
      'that come over an open line',
      METADATA,
      () => json({ issuer: `${origin}/realm`, jwks_uri: 'http://keys.example/' }),
    ],
    ['that are nowhere', METADATA, () => json({ issuer: `${origin}/realm` })],
    [
      'behind a redirect',
      METADATA,
      () => (response) => response.writeHead(302, { location: '/keys?v=1' }).end(),
    ],
    ['that are a page', '/keys?v=1', () => (response) => response.end('<html>')],
    ['that are none', '/keys?v=1', () => json({ keys: [{ kid: 'one' }] })],
    ['without end', '/keys?v=1', () => (response) => response.end(`{"keys": []${' '.repeat(1_000_001)}}`)],
    ['of a server that fails', '/keys?v=1', () => (response) => response.writeHead(500).end()],
  ])('%s are not taken', async (_what, path, say) => {
    says.set(path, say());
    await expect(loader()()).rejects.toBeInstanceOf(Error);
  });
});

it.each([
  ['https://issuer.example/realm', true],
  ['http://localhost:9000', true],
  ['http://127.0.0.1:9000/x', true],
  ['http://[::1]:9000', true],
  ['http://issuer.example', false],
  ['http://127.0.0.1.issuer.example', false],
  ['https://issuer.example?realm=x', false],
  ['https://user:password@issuer.example', false],
  ['ftp://localhost', false],
  ['issuer.example', false],
])('the address %s may be an issuer: %s', (address, may) => {
  expect(isSafeIssuerAddress(address)).toBe(may);
});
