import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrderOfUse, planKeys, type FreshKeys, type KeyRing } from './key-plan.ts';

const DAY_MS = 86_400_000;
let made = 0;
const freshKeys = (): FreshKeys => ({
  sealingSecret: Buffer.alloc(32).toString('base64'),
  signing: {
    kid: `key ${(made += 1)}`,
    privateJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'd' },
  },
  cookie: `cookie ${made}`,
});
const step = (ring: KeyRing | null, nowMs: number): KeyRing => {
  const planned = planKeys(ring, freshKeys(), nowMs);
  if (planned !== 'unchanged') return planned;
  if (ring === null) throw new Error('nothing came of nothing');
  return ring;
};
const kids = (ring: KeyRing): readonly string[] => ring.signing.map(({ kid }) => kid);

test('whenever replicas look after the keys, what signs was known a day before, and what was signed can be verified', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 * 24 }), { minLength: 1, maxLength: 60 }), (hours) => {
      let nowMs = 0;
      let ring = step(null, nowMs);
      let signer = inOrderOfUse(ring, nowMs).signing[0]?.kid;
      const knownSinceMs = new Map(kids(ring).map((kid) => [kid, -DAY_MS]));
      for (const pause of hours) {
        nowMs += pause * 3_600_000;
        // Replicas sign with what they know between two looks, too.
        const before = inOrderOfUse(ring, nowMs).signing[0]?.kid ?? '';
        expect(kids(ring)).toContain(before);
        expect(nowMs - (knownSinceMs.get(before) ?? Infinity)).toBeGreaterThanOrEqual(DAY_MS);
        ring = step(ring, nowMs);
        for (const kid of kids(ring)) if (!knownSinceMs.has(kid)) knownSinceMs.set(kid, nowMs);
        const now = inOrderOfUse(ring, nowMs).signing[0]?.kid ?? '';
        expect(now).toBe(before);
        expect(kids(ring)).toContain(now);
        expect(ring.signing.length).toBeLessThanOrEqual(3);
        expect(step(ring, nowMs)).toBe(ring);
        signer = now;
      }
      expect(signer).toBeDefined();
    }),
  );
});

test('a key works for 90 days, is followed by one that was published before, and leaves a day later', () => {
  const first = step(null, 0);
  const [old = ''] = kids(first);
  expect(step(first, 88 * DAY_MS)).toBe(first);
  const both = step(first, 89.5 * DAY_MS);
  expect(kids(both)).toHaveLength(2);
  expect(inOrderOfUse(both, 89.6 * DAY_MS).signing[0]?.kid).toBe(old);
  expect(inOrderOfUse(both, 90.6 * DAY_MS).signing[0]?.kid).toBe(kids(both)[1]);
  expect(kids(step(both, 91 * DAY_MS))).toContain(old);
  expect(kids(step(both, 92 * DAY_MS))).not.toContain(old);
  // Browsers stay signed in for as long as their sessions live.
  expect(inOrderOfUse(step(both, 92 * DAY_MS), 92 * DAY_MS).cookies).toHaveLength(2);
});
