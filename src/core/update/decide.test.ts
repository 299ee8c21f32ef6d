import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideUpdate, type Installation } from './decide.ts';
import type { UpdateManifest } from './manifest.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now = Date.UTC(2026, 5, 1);
const moment = (ms: number): string => new Date(ms).toISOString();

const target = { platform: 'linux', arch: 'x64', kind: 'appimage' } as const;
const manifest: UpdateManifest = {
  format: 1,
  version: '2.0.0',
  channel: 'stable',
  releasedAt: moment(now - DAY),
  signedAt: moment(now - HOUR),
  expiresAt: moment(now + 30 * DAY),
  minimumVersion: '0.0.0',
  rollout: { percent: 100, seed: 'two' },
  halted: false,
  files: [{ ...target, name: 'riffle-2.0.0.appimage', sizeBytes: 10, sha512: 'x' }],
  notes: { en: '', de: '' },
};
const installation: Installation = {
  version: '1.0.0',
  channel: 'stable',
  target,
  installationId: 'this one',
  skippedVersion: null,
  givenUp: [],
  lastSignedAt: null,
};
const decide = (changes: Partial<UpdateManifest>, here: Partial<Installation> = {}, wallMs = now) =>
  decideUpdate({ ...manifest, ...changes }, { ...installation, ...here }, wallMs);
const because = (decision: ReturnType<typeof decide>): string =>
  decision.kind === 'offer' ? 'offer' : decision.because;

describe('what to do about a manifest', () => {
  it('is to offer what is newer, with the file for this machine', () => {
    expect(decide({})).toEqual({ kind: 'offer', file: manifest.files[0], isUrgent: false });
  });

  it.each<[string, Partial<UpdateManifest>, Partial<Installation>]>([
    ['current', { version: '1.0.0' }, {}],
    ['older', { version: '0.9.9' }, {}],
    ['older', { version: '1.0.0-beta.9' }, {}],
    ['halted', { halted: true }, {}],
    ['halted', { halted: true, minimumVersion: '2.0.0' }, {}],
    ['withheld', { rollout: { percent: 0, seed: 'two' } }, {}],
    ['not_yet', { releasedAt: moment(now + 2 * DAY) }, {}],
    ['skipped', {}, { skippedVersion: '2.0.0' }],
    ['given_up', {}, { givenUp: ['1.5.0', '2.0.0'] }],
    ['given_up', { minimumVersion: '2.0.0' }, { givenUp: ['2.0.0'] }],
    ['no_file', {}, { target: { ...target, arch: 'arm64' } }],
    ['no_file', {}, { target: { ...target, kind: 'deb' } }],
    ['wrong_channel', { channel: 'beta' }, {}],
    ['wrong_channel', {}, { channel: 'beta' }],
    ['expired', { expiresAt: moment(now) }, {}],
    ['out_of_order', {}, { lastSignedAt: moment(now - HOUR + 1) }],
    ['out_of_order', { signedAt: moment(now + 2 * DAY) }, {}],
    ['bad_manifest', { version: 'newest' }, {}],
    ['bad_manifest', { minimumVersion: '' }, {}],
    ['bad_manifest', { expiresAt: 'never' }, {}],
    ['bad_manifest', { signedAt: 'today' }, {}],
    ['bad_manifest', { releasedAt: '' }, {}],
  ])('is %s', (reason, changes, here) => {
    expect(because(decide(changes, here))).toBe(reason);
  });

  it('believes the very manifest it has seen', () => {
    expect(because(decide({}, { lastSignedAt: manifest.signedAt }))).toBe('offer');
  });

  it('does not wait for its turn below the minimum version', () => {
    const held = { rollout: { percent: 0, seed: 'two' } };
    expect(decide({ ...held, minimumVersion: '1.0.1' })).toMatchObject({ kind: 'offer', isUrgent: true });
    expect(because(decide({ ...held, minimumVersion: '1.0.0' }))).toBe('withheld');
  });

  it('gives an expired manifest no new life when the clock is set back', () => {
    const expiresAt = moment(now - 40 * DAY);
    const seen = { lastSignedAt: moment(now - 41 * DAY) };
    const signedAt = moment(now - 41 * DAY);
    expect(because(decide({ expiresAt, signedAt }, seen, now))).toBe('expired');
    expect(because(decide({ expiresAt: moment(now - 42 * DAY), signedAt }, seen, now - 43 * DAY))).toBe(
      'out_of_order',
    );
    expect(because(decide({ expiresAt: moment(now - 41 * DAY), signedAt }, seen, now - 41.5 * DAY))).toBe(
      'expired',
    );
  });

  it('never offers anything that is not newer, halted, expired, given up or of another channel', () => {
    const version = fc
      .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }), fc.constantFrom('', '-beta.1'))
      .map(([major, minor, end]) => `${major}.${minor}.0${end}`);
    const days = (min: number, max = 60) => fc.integer({ min, max });
    let offers = 0;
    fc.assert(
      fc.property(
        fc.record({ offered: version, running: version, minimum: version, halted: fc.boolean() }),
        fc.record({ expires: days(-5), signed: days(-30, 3), seen: days(-30, 3), clock: days(-5, 5) }),
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom('stable' as const, 'beta' as const),
        (versions, { expires, signed, seen, clock }, percent, channel) => {
          const wallMs = now + clock * DAY;
          const decision = decide(
            {
              version: versions.offered,
              minimumVersion: versions.minimum,
              halted: versions.halted,
              signedAt: moment(now + signed * DAY),
              expiresAt: moment(now + expires * DAY),
              rollout: { percent, seed: versions.offered },
            },
            { version: versions.running, lastSignedAt: moment(now + seen * DAY), channel },
            wallMs,
          );
          if (decision.kind !== 'offer') return;
          offers += 1;
          expect([versions.halted, channel]).toEqual([false, 'stable']);
          expect(expires).toBeGreaterThan(Math.max(clock, seen));
          expect(signed).toBeGreaterThanOrEqual(seen);
          expect(versions.offered).not.toBe(versions.running);
        },
      ),
      { numRuns: 2_000 },
    );
    expect(offers).toBeGreaterThan(20);
  });
});
