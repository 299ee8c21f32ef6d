/** The import table of ARCHITECTURE.md, tried: what it forbids is refused, types included, and what it allows is not. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

const FORBIDDEN: readonly (readonly [file: string, imported: string])[] = [
  ['src/core/queue/probe.ts', '../../contract/catalog-http.ts'],
  ['src/core/queue/probe.ts', 'node:fs'],
  ['src/core/queue/probe.ts', 'react'],
  ['src/contract/probe.ts', '../main/host.ts'],
  ['src/contract/probe.ts', 'fastify'],
  ['src/main/session/probe.ts', 'electron'],
  ['src/main/session/probe.ts', '../../catalog/store/object-store.ts'],
  ['src/main/session/probe.ts', '../../renderer/app.tsx'],
  ['src/main/session/probe.ts', '@aws-sdk/client-s3'],
  ['src/main/session/probe.ts', '../shells/electron/window.ts'],
  ['src/main/shells/electron/probe.ts', '@aws-sdk/client-s3'],
  ['src/main/shells/electron/probe.ts', '../web/server.ts'],
  ['src/main/shells/web/probe.ts', 'electron'],
  ['src/preload/probe.ts', 'electron'],
  ['src/preload/probe.ts', 'react'],
  ['src/preload/probe.ts', '../core/queue/queue.ts'],
  ['src/renderer/browse/probe.ts', 'node:path'],
  ['src/renderer/browse/probe.ts', 'electron'],
  ['src/renderer/browse/probe.ts', '../../main/host.ts'],
  ['src/renderer/browse/probe.ts', '../../catalog/store/object-store.ts'],
  ['src/catalog/api/probe.ts', '@aws-sdk/client-s3'],
  ['src/catalog/api/probe.ts', '../../contract/host-api.ts'],
  ['src/catalog/api/probe.ts', '../../main/host.ts'],
  ['src/catalog/store/probe.ts', '../../renderer/app.tsx'],
];

const ALLOWED: typeof FORBIDDEN = [
  ['src/core/queue/probe.ts', '../search-text/tokens.ts'],
  ['src/contract/probe.ts', 'zod'],
  ['src/contract/probe.ts', '../core/search-text/tokens.ts'],
  ['src/main/session/probe.ts', '../../contract/host-api.ts'],
  ['src/main/shells/electron/probe.ts', 'electron'],
  ['src/preload/probe.ts', 'electron/renderer'],
  ['src/renderer/browse/probe.ts', 'react'],
  ['src/catalog/api/probe.ts', '../../contract/catalog-http.ts'],
  ['src/catalog/store/probe.ts', '@aws-sdk/client-s3'],
];

describe('the import table', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'riffle-layers-'));
    copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const complaints = (file: string, source: string): string => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, source);
    try {
      const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
      return execFileSync(process.execPath, [oxlint, '--deny-warnings', file], {
        cwd: folder,
        encoding: 'utf8',
      });
    } catch (error) {
      return String((error as { stdout?: unknown }).stdout);
    } finally {
      rmSync(path);
    }
  };

  it.each(FORBIDDEN)('refuses that %s imports %s', (file, imported) => {
    expect(complaints(file, `import { probe } from '${imported}';\nexport const used = probe;\n`)).toContain(
      'no-restricted-imports',
    );
  });

  it.each(FORBIDDEN)('refuses that %s imports types of %s', (file, imported) => {
    expect(
      complaints(file, `import type { Probe } from '${imported}';\nexport type Used = Probe;\n`),
    ).toContain('no-restricted-imports');
  });

  it.each(ALLOWED)('lets %s import %s', (file, imported) => {
    expect(
      complaints(file, `import { probe } from '${imported}';\nexport const used = probe;\n`),
    ).not.toContain('no-restricted-imports');
  });
});
