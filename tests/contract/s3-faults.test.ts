import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { createS3Store } from '../../src/catalog/store/s3-store.ts';
import { acquireS3, nameWith } from '../s3-server/acquire-s3.ts';
import { findFreePorts } from '../s3-server/free-ports.ts';
import { startFaultyProxy, type FaultyProxy } from './faulty-proxy.ts';

const s3 = await acquireS3();
const JSON_TYPE = { contentType: 'application/json' } as const;

const given = () => {
  if (!s3.ok) throw new Error(s3.reason);
  return s3.s3;
};
const refusalOf = (store: ObjectStore): Promise<unknown> =>
  store.check('read').then(
    () => 'no refusal',
    (error: unknown) => error,
  );

describe.skipIf(!s3.ok)(`${nameWith('The S3 store on a bad line', s3)}`, () => {
  let proxy: FaultyProxy;
  let store: ObjectStore;
  let direct: ObjectStore;

  beforeEach(async () => {
    const { endpoint, region, bucket } = given();
    const prefix = `tests/${randomUUID()}`;
    proxy = await startFaultyProxy(endpoint);
    store = createS3Store({ endpoint: proxy.endpoint, region, bucket, prefix });
    direct = createS3Store({ endpoint, region, bucket, prefix });
  });
  afterEach(async () => {
    await proxy.close();
    const keys: string[] = [];
    for await (const { key } of direct.list('')) keys.push(key);
    await direct.delete(keys);
  });

  test('knows its own object again when the answer to its creation was lost', async () => {
    proxy.misbehave('PUT', [{ kind: 'lose_answer' }]);
    expect(await store.create('log/1', Buffer.from('ours'), JSON_TYPE)).toBe(true);
    expect(proxy.requests.filter((request) => request.startsWith('PUT'))).toHaveLength(2);
  });

  test('does not take another’s object for its own, even of the same content', async () => {
    await direct.create('log/1', Buffer.from('same'), JSON_TYPE);
    proxy.misbehave('PUT', [{ kind: 'lose_answer' }]);
    expect(await store.create('log/1', Buffer.from('same'), JSON_TYPE)).toBe(false);
  });

  test('tries a creation again that met another one under way, and still loses to it if that won', async () => {
    proxy.misbehave('PUT', [{ kind: 'conflict' }, { kind: 'conflict' }]);
    expect(await store.create('log/1', Buffer.from('a'), JSON_TYPE)).toBe(true);
    proxy.misbehave('PUT', [{ kind: 'conflict' }]);
    expect(await store.create('log/1', Buffer.from('b'), JSON_TYPE)).toBe(false);
  });

  test('asks again when the server is busy for a moment', async () => {
    proxy.misbehave('PUT', [{ kind: 'unavailable' }, { kind: 'unavailable' }]);
    await store.put('a', Buffer.from('x'), JSON_TYPE);
    proxy.misbehave('GET', [{ kind: 'unavailable' }, { kind: 'lose_answer' }]);
    expect(Buffer.from((await store.getBytes('a')) ?? []).toString()).toBe('x');
  });

  test('ends a body that breaks off with an error, never as if that were all', async () => {
    await direct.put('a', Buffer.alloc(3_000_000), JSON_TYPE);
    proxy.misbehave('GET', [{ kind: 'cut_body', afterBytes: 1_000_000 }]);
    const got = await store.get('a');
    await expect(buffer(got?.body ?? process.stdin)).rejects.toMatchObject({ name: 'StoreError' });
  });

  test('sends a part again that got lost on the way', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'riffle-faults-'));
    try {
      const content = Buffer.alloc(20_000_000, 'abcdefg');
      await writeFile(join(folder, 'large'), content);
      proxy.misbehave('PUT', [{ kind: 'unavailable' }, { kind: 'lose_answer' }]);
      await store.putFile('large', join(folder, 'large'), JSON_TYPE);
      expect(Buffer.from((await direct.getBytes('large')) ?? []).equals(content)).toBe(true);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe.skipIf(!s3.ok)(`${nameWith('What is wrong with an S3 is said', s3)}`, () => {
  const client = (accessKeyId: string, secretAccessKey: string) =>
    new S3Client({
      endpoint: given().endpoint,
      region: given().region,
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 1,
    });

  test('wrong keys are denied, and not repeated', async () => {
    const { endpoint, bucket, accessKeyId } = given();
    const unknown = await refusalOf(
      createS3Store({ endpoint, bucket, client: client('hush-key', 'hush-secret') }),
    );
    expect(unknown).toMatchObject({ code: 'denied', hint: expect.stringMatching(/AWS_ACCESS_KEY_ID/) });
    const wrong = await refusalOf(
      createS3Store({ endpoint, bucket, client: client(accessKeyId, 'hush-secret') }),
    );
    expect(wrong).toMatchObject({ code: 'denied' });
    expect(`${String(unknown)}${String(wrong)}`).not.toMatch(/hush/);
  });

  test('a bucket that is not there is unreachable', async () => {
    const { endpoint, region } = given();
    const store = createS3Store({ endpoint, region, bucket: `nowhere-${randomUUID()}` });
    expect(await refusalOf(store)).toMatchObject({
      code: 'unreachable',
      hint: expect.stringMatching(/no such bucket/),
    });
    await expect(store.put('a', Buffer.from('x'), JSON_TYPE)).rejects.toMatchObject({ code: 'unreachable' });
    await expect(store.getBytes('a')).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('a server that is not there is unreachable', async () => {
    const [port] = await findFreePorts(1);
    const store = createS3Store({ endpoint: `http://127.0.0.1:${port}`, bucket: 'music' });
    expect(await refusalOf(store)).toMatchObject({
      code: 'unreachable',
      hint: expect.stringMatching(/Nothing answers/),
    });
  });

  test('a server that ignores create-only is refused before anything is written to it', async () => {
    const yesMan = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { etag: '"1"', 'content-type': 'application/xml' });
      response.end(request.method === 'GET' ? '<ListBucketResult></ListBucketResult>' : '');
    });
    yesMan.listen(0, '127.0.0.1');
    await once(yesMan, 'listening');
    try {
      const endpoint = `http://127.0.0.1:${(yesMan.address() as AddressInfo).port}`;
      const store = createS3Store({ endpoint, bucket: 'music' });
      await store.check('read');
      await expect(store.check('write')).rejects.toMatchObject({
        name: 'StoreError',
        hint: expect.stringMatching(/conditional writes/),
      });
    } finally {
      yesMan.closeAllConnections();
      yesMan.close();
    }
  });
});
