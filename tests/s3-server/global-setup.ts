/**
 * For vitest's `globalSetup`: one S3 server for all test files of a run, started when the first of them asks, so that runs
 * without such tests do not wait for it. Test files ask by `acquireS3` (`acquire-s3.ts`).
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { ensureRadosgw } from './install.ts';
import { startRadosgw, type RunningS3, type TestS3 } from './radosgw.ts';

export type S3Answer =
  { readonly ok: true; readonly s3: TestS3 } | { readonly ok: false; readonly reason: string };

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers a GET with an `S3Answer`, once the server is ready. */
    readonly s3ServerUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let running: RunningS3 | null = null;
  const startServer = async (): Promise<S3Answer> => {
    const availability = await ensureRadosgw();
    if (!availability.ok) return availability;
    running = await startRadosgw();
    const { endpoint, region, bucket, accessKeyId, secretAccessKey } = running;
    return { ok: true, s3: { endpoint, region, bucket, accessKeyId, secretAccessKey } };
  };
  let started: Promise<S3Answer> | null = null;

  const reception = createServer((_request, response) => {
    started ??= startServer();
    started.then(
      (answer) => response.setHeader('content-type', 'application/json').end(JSON.stringify(answer)),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(error instanceof Error ? error.message : String(error));
      },
    );
  });
  // Installing the packages takes minutes on a slow line.
  reception.requestTimeout = 0;
  reception.listen(0, '127.0.0.1');
  await once(reception, 'listening');
  project.provide('s3ServerUrl', `http://127.0.0.1:${(reception.address() as AddressInfo).port}/`);

  return async () => {
    reception.closeAllConnections();
    reception.close();
    await started?.catch(() => {});
    await running?.stop();
  };
}
