/** How a test file comes by an S3. */
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, inject } from 'vitest';
import { z } from 'zod';
import { ensureRadosgw } from './install.ts';
import { startRadosgw, type TestS3 } from './radosgw.ts';
import type { S3Answer } from './global-setup.ts';

const testS3Schema = z.object({
  endpoint: z.string(),
  region: z.string(),
  bucket: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
});
const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), s3: testS3Schema }),
  z.object({ ok: z.literal(false), reason: z.string() }),
]);

/** `RIFFLE_TEST_S3_ENDPOINT` and `_BUCKET`, with AWS's own variables for keys and region: any S3 at all. */
const s3FromEnvironment = (): TestS3 | null => {
  const { RIFFLE_TEST_S3_ENDPOINT: endpoint, RIFFLE_TEST_S3_BUCKET: bucket } = process.env;
  if (endpoint === undefined || bucket === undefined) return null;
  return testS3Schema.parse({
    endpoint,
    bucket,
    region: process.env['AWS_REGION'] ?? 'us-east-1',
    accessKeyId: process.env['AWS_ACCESS_KEY_ID'],
    secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'],
  });
};

/** Not fetch: that gives up after five minutes, and installing may take longer. */
const ask = async (url: string): Promise<S3Answer> => {
  const { promise, resolve, reject } = Promise.withResolvers<S3Answer>();
  get(url, (response) => {
    text(response).then((body) => {
      if (response.statusCode === 200) resolve(answerSchema.parse(JSON.parse(body)));
      else reject(new Error(`The S3 server for tests did not start: ${body}`));
    }, reject);
  }).on('error', reject);
  return promise;
};

const startOurOwn = async (): Promise<S3Answer> => {
  const availability = await ensureRadosgw();
  if (!availability.ok) return availability;
  const s3 = await startRadosgw();
  afterAll(() => s3.stop());
  return { ok: true, s3 };
};

/**
 * To be awaited at the top of a test file. The S3 of the environment if it names one, else the run's own (`global-setup.ts`),
 * else one for this file. Not `ok` says why there is none, for the title of what is skipped; a server that is there and does
 * not start is an error instead. Puts the keys where the SDK looks for them.
 */
export const acquireS3 = async (): Promise<S3Answer> => {
  const given = s3FromEnvironment();
  const url: string | undefined = inject('s3ServerUrl');
  const answer: S3Answer =
    given === null ? await (url === undefined ? startOurOwn() : ask(url)) : { ok: true, s3: given };
  if (answer.ok) {
    process.env['AWS_ACCESS_KEY_ID'] = answer.s3.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = answer.s3.secretAccessKey;
  }
  return answer;
};

/** What a suite over S3 is called: where it runs, or why it does not. */
export const nameWith = (name: string, answer: S3Answer): string =>
  answer.ok ? `${name} at ${answer.s3.endpoint}` : `${name} (skipped: ${answer.reason})`;
