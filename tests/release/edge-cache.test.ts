/** What CloudFront is told, by the real SDK, at a server that answers like it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCloudFront } from '../../scripts/release/edge-cache.ts';

const asked: { readonly path: string; readonly body: string }[] = [];
let status = 201;
const server = createServer(async (incoming, outgoing) => {
  asked.push({ path: incoming.url ?? '', body: await text(incoming) });
  outgoing.writeHead(status, { 'content-type': 'text/xml' });
  outgoing.end(
    status === 201
      ? '<Invalidation><Id>I1</Id><Status>InProgress</Status></Invalidation>'
      : '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
  );
});
beforeEach(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  asked.length = 0;
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFRONT', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

it('asks CloudFront to forget what was written, and nothing else', async () => {
  status = 201;
  const edge = createCloudFront({ distributionId: 'E123', path: '/releases/feed/' });
  await edge.forget([]);
  await edge.forget(['latest.yml', 'stable.riffle.json']);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.path).toContain('/distribution/E123/invalidation');
  expect(asked[0]?.body).toContain(
    '<Path>/releases/feed/latest.yml</Path><Path>/releases/feed/stable.riffle.json</Path>',
  );
});

it('says that the feed is right all the same when CloudFront refuses', async () => {
  status = 403;
  const edge = createCloudFront({ distributionId: 'E123', path: '/' });
  await expect(edge.forget(['latest.yml'])).rejects.toThrow('CloudFront was not told (AccessDenied)');
});
