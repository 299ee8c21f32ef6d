/** Versioned documents and the manifest log, over any store: what is promised of all that changes (docs/adr/0002). */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { SegmentRef } from '../../src/catalog/segments/catalog-records.ts';
import { revisionKey } from '../../src/catalog/segments/keys.ts';
import { createManifestLog } from '../../src/catalog/segments/manifest-log.ts';
import { createVersionedDocument } from '../../src/catalog/segments/versioned-document.ts';
import { StoreError, type ObjectStore } from '../../src/catalog/store/object-store.ts';
import type { OpenedStore } from './object-store.contract.ts';

const LOG = 'users/anna/likes';
const schema = z.object({ entries: z.array(z.string()).readonly() });
const documentOver = (store: ObjectStore) => createVersionedDocument({ store, log: LOG, schema });
const adding =
  (entry: string) =>
  (current: z.infer<typeof schema> | null): z.infer<typeof schema> => ({
    entries: [...(current?.entries ?? []), entry],
  });
const refOf = (name: string): SegmentRef => ({
  sha256: createHash('sha256').update(name).digest('hex'),
  bytes: 1,
  records: 1,
  library: 'tests',
});

/** Carries out what it is asked, then says that it failed: an answer lost on the way. */
const losingAnswers = (store: ObjectStore, loses: () => boolean): ObjectStore => ({
  ...store,
  create: async (key, body, options) => {
    const isCreated = await store.create(key, body, options);
    if (loses()) throw new StoreError('unreachable', 'the answer was lost', 'Try again.');
    return isCreated;
  },
});

export const describeSegmentLog = (
  { name, isSkipped = false }: { readonly name: string; readonly isSkipped?: boolean },
  open: () => Promise<OpenedStore>,
): void => {
  describe.skipIf(isSkipped)(`${name}`, () => {
    let opened: OpenedStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    describe('a versioned document', () => {
      test('is nothing before the first update, then what was written last', async () => {
        const document = documentOver(opened.store);
        expect(await document.latest()).toBeNull();
        expect(await document.latest(3)).toBeNull();
        expect(await document.update(() => 'unchanged')).toBeNull();
        expect(await document.update(adding('a'))).toEqual({ revision: 1, value: { entries: ['a'] } });
        await document.update(adding('b'));
        const reader = documentOver(opened.open());
        expect(await reader.latest()).toEqual({ revision: 2, value: { entries: ['a', 'b'] } });
        expect(await reader.latest(1)).toEqual({ revision: 2, value: { entries: ['a', 'b'] } });
        expect(await reader.latest(2)).toBeNull();
        expect(await documentOver(opened.open()).latest(2)).toBeNull();
        expect(await reader.update(() => 'unchanged')).toEqual({
          revision: 2,
          value: { entries: ['a', 'b'] },
        });
      });

      test('loses nothing of eight that write twenty times each at once', { timeout: 120_000 }, async () => {
        const written = await Promise.all(
          Array.from({ length: 8 }, async (_, writer) => {
            const document = documentOver(opened.open());
            const entries: string[] = [];
            for (let round = 0; round < 20; round++) {
              entries.push(`${writer}/${round}`);
              await document.update(adding(`${writer}/${round}`));
            }
            return entries;
          }),
        );
        const latest = await documentOver(opened.open()).latest();
        expect(latest?.revision).toBe(160);
        expect(latest?.value.entries.toSorted()).toEqual(written.flat().toSorted());
        for (const entries of written)
          expect(latest?.value.entries.filter((entry) => entries.includes(entry))).toEqual(entries);
      });

      test('updates of one process wait for each other, and one that fails stops none', async () => {
        const document = documentOver(opened.store);
        const results = await Promise.allSettled([
          document.update(adding('a')),
          document.update(() => {
            throw new Error('a change of mind');
          }),
          document.update(adding('b')),
        ]);
        expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        expect((await document.latest())?.value.entries).toEqual(['a', 'b']);
      });

      test('counts a write once although its answer was lost, whoever else wrote the same', async () => {
        let calls = 0;
        const flaky = documentOver(losingAnswers(opened.open(), () => calls++ % 2 === 0));
        const steady = documentOver(opened.open());
        for (let round = 0; round < 5; round++)
          await Promise.all([flaky.update(adding('same')), steady.update(adding('same'))]);
        const latest = await steady.latest();
        expect(latest).toMatchObject({ revision: 10 });
        expect(latest?.value.entries).toHaveLength(10);
      });

      test('passes on what will not go away, and takes up again afterwards', async () => {
        const state = { isFull: true };
        const document = documentOver({
          ...opened.store,
          create: async (...request) => {
            if (state.isFull) throw new StoreError('full', 'no room', 'Make room.');
            return opened.store.create(...request);
          },
        });
        await expect(document.update(adding('a'))).rejects.toMatchObject({ code: 'full' });
        state.isFull = false;
        expect(await document.update(adding('b'))).toEqual({ revision: 1, value: { entries: ['b'] } });
      });

      test('refuses what readers could not read', async () => {
        const document = documentOver(opened.store);
        // @ts-expect-error: what is tried is a value of another shape.
        await expect(document.update(() => ({ entries: [1] }))).rejects.toThrow(/string/);
        expect(await document.latest()).toBeNull();
      });

      test('says which revision is damaged', async () => {
        await opened.store.put(revisionKey(LOG, 1), Buffer.from('{"half'), {
          contentType: 'application/json',
        });
        await expect(documentOver(opened.store).latest()).rejects.toMatchObject({
          code: 'corrupt',
          message: expect.stringContaining('likes/0000000001.json'),
        });
      });

      test('does not read across a gap', async () => {
        const document = documentOver(opened.store);
        for (const entry of 'abcd') await document.update(adding(entry));
        await opened.store.delete([revisionKey(LOG, 3)]);
        const gap = expect.objectContaining({
          code: 'corrupt',
          message: expect.stringContaining('revision 3'),
        });
        await expect(documentOver(opened.open()).latest()).rejects.toEqual(gap);
        await expect(documentOver(opened.open()).update(adding('e'))).rejects.toEqual(gap);
      });

      test('goes on after its oldest revisions were pruned', async () => {
        const document = documentOver(opened.store);
        for (const entry of 'abcd') await document.update(adding(entry));
        await opened.store.delete([revisionKey(LOG, 1), revisionKey(LOG, 2)]);
        expect(await documentOver(opened.open()).latest(1)).toMatchObject({ revision: 4 });
        expect(await documentOver(opened.open()).update(adding('e'))).toMatchObject({ revision: 5 });
      });

      test('begun anew is noticed, at a lower and at the same revision', async () => {
        const follower = documentOver(opened.open());
        const before = documentOver(opened.open());
        await before.update(adding('a'));
        await before.update(adding('b'));
        expect(await follower.latest()).toMatchObject({ revision: 2 });
        await opened.store.delete([revisionKey(LOG, 1), revisionKey(LOG, 2)]);
        expect(await follower.latest(2)).toBeNull();
        await documentOver(opened.open()).update(adding('x'));
        expect(await follower.latest(2)).toEqual({ revision: 1, value: { entries: ['x'] } });
        await opened.store.delete([revisionKey(LOG, 1)]);
        await documentOver(opened.open()).update(adding('y'));
        expect(await follower.latest(1)).toEqual({ revision: 1, value: { entries: ['y'] } });
        expect(await follower.update(adding('z'))).toEqual({ revision: 2, value: { entries: ['y', 'z'] } });
      });

      test('is not confused by other objects in its folder, nor by its neighbours', async () => {
        await documentOver(opened.store).update(adding('a'));
        for (const key of [`${LOG}/notes.txt`, `${LOG}/0000000002.json.bak`, `${LOG}-old/0000000007.json`])
          await opened.store.put(key, Buffer.from('x'), { contentType: 'text/plain' });
        expect(await documentOver(opened.open()).latest()).toMatchObject({ revision: 1 });
      });
    });

    describe('the manifest log', () => {
      test('keeps the segments of all publishers that append at once', async () => {
        const logs = Array.from({ length: 4 }, () => createManifestLog(opened.open()));
        await Promise.all(
          logs.map(async (log, publisher) => {
            for (let round = 0; round < 5; round++)
              await log.append([refOf(`${publisher}/${round}/a`), refOf(`${publisher}/${round}/b`)]);
          }),
        );
        const manifest = await createManifestLog(opened.open()).latest();
        expect(manifest?.revision).toBe(20);
        expect(manifest?.segments).toHaveLength(40);
        for (let first = 0; first < 40; first += 2) {
          const [one, other] = manifest?.segments.slice(first, first + 2) ?? [];
          const names = Array.from({ length: 20 }, (_, index) => `${Math.floor(index / 5)}/${index % 5}`);
          const name = names.find((name) => refOf(`${name}/a`).sha256 === one?.sha256);
          expect(other?.sha256).toBe(refOf(`${name}/b`).sha256);
        }
      });

      test('does not grow by what stands at its end already, but does when music is changed back', async () => {
        const log = createManifestLog(opened.store);
        const [a, b] = [refOf('a'), refOf('b')];
        expect(await log.append([])).toMatchObject({ revision: 1, segments: [] });
        expect(await log.append([])).toMatchObject({ revision: 1 });
        expect(await log.append([a])).toMatchObject({ revision: 2, segments: [a] });
        expect(await log.append([a])).toMatchObject({ revision: 2, segments: [a] });
        await log.append([b]);
        expect(await log.append([a])).toMatchObject({ revision: 4, segments: [a, b, a] });
      });

      test('is followed from the newest on, without missing the last', async () => {
        const publisher = createManifestLog(opened.open());
        await publisher.append([refOf('0')]);
        const stop = new AbortController();
        const seen: number[] = [];
        const following = createManifestLog(opened.open()).follow(
          { intervalMs: 5, signal: stop.signal },
          async ({ revision }) => {
            seen.push(revision);
            if (revision < 6) await publisher.append([refOf(String(revision))]);
            else stop.abort();
          },
        );
        await following;
        expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
      });

      test('is followed through an outage, which is reported and retried less and less often', async () => {
        const state = { failures: 0 };
        const flaky: ObjectStore = {
          ...opened.store,
          list: (...request) => {
            if (state.failures-- > 0) throw new StoreError('unreachable', 'no network', 'Wait.');
            return opened.store.list(...request);
          },
        };
        const publisher = createManifestLog(opened.open());
        await publisher.append([refOf('a')]);
        const stop = new AbortController();
        const states: unknown[] = [];
        const seen: number[] = [];
        await createManifestLog(flaky).follow(
          {
            intervalMs: 2,
            signal: stop.signal,
            onState: (report) => states.push(report.state === 'failing' ? report.retryInMs : report.state),
          },
          async ({ revision }) => {
            seen.push(revision);
            if (revision === 2) return stop.abort();
            state.failures = 4;
            await publisher.append([refOf('b')]);
          },
        );
        expect(seen).toEqual([1, 2]);
        expect(states).toEqual([2, 4, 8, 16, 'following']);
      });

      test('gives a manifest again that its follower could not take for want of the store', async () => {
        const log = createManifestLog(opened.store);
        await log.append([refOf('a')]);
        const stop = new AbortController();
        let attempts = 0;
        await log.follow({ intervalMs: 2, signal: stop.signal }, () => {
          if (++attempts < 3) throw new StoreError('unreachable', 'a segment did not come', 'Wait.');
          stop.abort();
        });
        expect(attempts).toBe(3);
        await expect(
          log.follow({ intervalMs: 2, signal: new AbortController().signal }, () => {
            throw new TypeError('a defect');
          }),
        ).rejects.toThrow('a defect');
      });

      test('ends at once when it is told before it began', async () => {
        await createManifestLog(opened.store).follow({ intervalMs: 1, signal: AbortSignal.abort() }, () => {
          throw new Error('called after the end');
        });
        expect(await createManifestLog(opened.store).latest()).toBeNull();
      });
    });
  });
};
