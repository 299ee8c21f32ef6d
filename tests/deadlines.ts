/**
 * Before each file of tests: how long what is waited for may take. Deadlines, not waits: a fact is seen as soon as it is one, and a
 * computer that stands still for some seconds breaks nothing. That of `expect.poll`, as long, is in `vitest.config.ts`.
 */
import { beforeAll } from 'vitest';

const DEADLINE_MS = 15_000;

beforeAll(async () => {
  // Only where there is a document is the library in use.
  if (!('document' in globalThis)) return;
  const { configure } = await import('@testing-library/react');
  configure({ asyncUtilTimeout: DEADLINE_MS });
});
