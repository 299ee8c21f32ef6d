import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  changesRequestSchema,
  documentChangeSchema,
  documentReplySchema,
} from '../../src/contract/library-http.ts';
import { playlistOperationSchema } from '../../src/contract/library-operations-http.ts';
import { librarySnapshotSchema } from '../../src/contract/library-snapshots-http.ts';
import { smartRulesSchema } from '../../src/contract/smart-rules-http.ts';
import { kindOf, playlistDocument, playlistIdOf } from '../../src/core/library/documents.ts';
import { runHistory } from './histories.ts';
import { trackId } from './pen.ts';

const PLAYLIST = playlistDocument(trackId('p'));

it('lets in everything that devices write, and every snapshot, unchanged', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (seed) => {
      const { written, service } = runHistory(seed, { devices: 2, steps: 100 });
      for (const document of ['saved', 'shelf', PLAYLIST] as const) {
        const kind = kindOf(document);
        const operations = written[kind];
        const snapshot = service[kind].snapshot();
        if (operations.length === 0) continue;
        const travelled: unknown = JSON.parse(JSON.stringify({ document, operations }));
        expect(documentChangeSchema.parse(travelled)).toEqual({ document, operations });
        expect(librarySnapshotSchema.parse(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
        const reply = { document, snapshot, operations, revision: 3, more: false };
        expect(documentReplySchema.parse(JSON.parse(JSON.stringify(reply)))).toEqual(reply);
      }
    }),
    { numRuns: 15 },
  );
});

const STAMP = '0mjup3llg0000device0000';
it.each([
  ['a stamp that is none', { type: 'delete', stamp: 'yesterday' }],
  ['an unknown type', { type: 'burn', stamp: STAMP }],
  ['nothing to add', { type: 'add', stamp: STAMP, by: 'me', atMs: 0, items: [] }],
  [
    'a place that ends in 0',
    { type: 'move', stamp: STAMP, items: [{ itemId: 'i00000000001', life: STAMP, position: 'V0' }] },
  ],
  [
    'a place without end',
    {
      type: 'move',
      stamp: STAMP,
      items: [{ itemId: 'i00000000001', life: STAMP, position: 'V'.repeat(65) }],
    },
  ],
  ['an empty name', { type: 'edit', stamp: STAMP, changes: { name: '  ' } }],
  ['a member without an id', { type: 'member', stamp: STAMP, userId: '', role: 'editor' }],
  ['a role that nobody gives', { type: 'member', stamp: STAMP, userId: 'me', role: 'owner' }],
])('refuses %s', (_, operation) => {
  expect(playlistOperationSchema.safeParse(operation).success).toBe(false);
});

it('takes the operations of a document for that kind of document only', () => {
  const operations = [{ type: 'delete', stamp: STAMP }];
  expect(documentChangeSchema.safeParse({ document: PLAYLIST, operations }).success).toBe(true);
  for (const document of ['saved', 'shelf', 'playlist:short', 'other'])
    expect(documentChangeSchema.safeParse({ document, operations }).success).toBe(false);
  expect(
    changesRequestSchema.safeParse({ device: 'Device0001', changes: [{ document: PLAYLIST, operations }] })
      .success,
  ).toBe(false);
});

it('knows a playlist by its document', () => {
  expect(playlistIdOf(PLAYLIST)).toBe(trackId('p'));
  expect(playlistIdOf('saved')).toBeNull();
});

it('refuses smart rules that mean nothing', () => {
  const rules = { match: 'all', rules: [], sort: { by: 'added', descending: true }, limit: null };
  expect(smartRulesSchema.safeParse(rules).success).toBe(true);
  expect(
    smartRulesSchema.safeParse({
      ...rules,
      rules: [{ kind: 'number', field: 'year', test: 'is', value: 0 }],
    }).success,
  ).toBe(false);
});
