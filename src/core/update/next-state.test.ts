import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextUpdateState } from './next-state.ts';
import type { OfferedVersion, UpdateEvent, UpdateState } from './update-state.ts';

const at = '2026-01-01T00:00:00.000Z';
const offer: OfferedVersion = { version: '2.0.0', notes: { en: 'New.', de: 'Neu.' }, sizeBytes: 100 };

const STATES: { readonly [Name in UpdateState['state']]: Extract<UpdateState, { state: Name }> } = {
  unsupported: { state: 'unsupported', because: 'shell' },
  off: { state: 'off' },
  idle: { state: 'idle', checkedAt: null },
  checking: { state: 'checking' },
  available: { state: 'available', ...offer, waits: null },
  downloading: { state: 'downloading', version: '2.0.0', doneBytes: 10, totalBytes: 100 },
  ready: { state: 'ready', version: '2.0.0', notes: offer.notes },
  installing: { state: 'installing', version: '2.0.0' },
  rolled_back: { state: 'rolled_back', from: '2.0.0', to: '1.0.0', at },
  failed: { state: 'failed', reason: 'offline', retryAt: at },
};
const EVENTS: { readonly [Kind in UpdateEvent['kind']]: Extract<UpdateEvent, { kind: Kind }> } = {
  switched_off: { kind: 'switched_off' },
  switched_on: { kind: 'switched_on' },
  check_started: { kind: 'check_started' },
  nothing_newer: { kind: 'nothing_newer', at },
  check_failed: { kind: 'check_failed', reason: 'expired', retryAt: at },
  offered: { kind: 'offered', offer: { ...offer, version: '3.0.0' }, waits: 'ask' },
  download_started: { kind: 'download_started' },
  moved: { kind: 'moved', doneBytes: 20, totalBytes: 50 },
  download_stopped: { kind: 'download_stopped', offer, waits: 'metered' },
  download_failed: { kind: 'download_failed', reason: 'bad_payload', retryAt: at },
  downloaded: { kind: 'downloaded', offer },
  skipped: { kind: 'skipped', at },
  install_started: { kind: 'install_started' },
  install_failed: { kind: 'install_failed', reason: 'install_failed', retryAt: at },
  put_back: { kind: 'put_back', from: '2.0.0', to: '1.0.0', at },
  acknowledged: { kind: 'acknowledged', isOff: false },
};
const names = Object.keys(STATES) as readonly UpdateState['state'][];
const kinds = Object.keys(EVENTS) as readonly UpdateEvent['kind'][];

/** Every arrow of the diagram; a pair that is not here leaves the state as it is. */
const ARROWS: {
  readonly [Kind in UpdateEvent['kind']]: { readonly [Name in UpdateState['state']]?: UpdateState['state'] };
} = {
  switched_off: {
    idle: 'off',
    checking: 'off',
    available: 'off',
    downloading: 'off',
    ready: 'off',
    failed: 'off',
  },
  switched_on: { off: 'idle' },
  check_started: { idle: 'checking', failed: 'checking' },
  nothing_newer: { checking: 'idle', available: 'idle', ready: 'idle' },
  check_failed: { checking: 'failed' },
  offered: { checking: 'available', available: 'available', ready: 'available', rolled_back: 'available' },
  download_started: { available: 'downloading' },
  moved: { downloading: 'downloading' },
  download_stopped: { downloading: 'available' },
  download_failed: { downloading: 'failed' },
  downloaded: { downloading: 'ready' },
  skipped: { available: 'idle', ready: 'idle' },
  install_started: { ready: 'installing' },
  install_failed: { installing: 'failed' },
  put_back: { idle: 'rolled_back', off: 'rolled_back' },
  acknowledged: { rolled_back: 'idle' },
};

describe('the state of updates', () => {
  it.each(kinds.flatMap((kind) => names.map((name) => [kind, name] as const)))(
    'goes where the diagram says: %s in %s',
    (kind, name) => {
      const arrow = ARROWS[kind][name];
      const next = nextUpdateState(STATES[name], EVENTS[kind]);
      expect(next.state).toBe(arrow ?? name);
      expect(next === STATES[name]).toBe(arrow === undefined);
    },
  );

  it('keeps a version that is ready when the same is offered again, and not when another is', () => {
    const { ready } = STATES;
    expect(nextUpdateState(ready, { kind: 'offered', offer, waits: null })).toBe(ready);
    expect(nextUpdateState(ready, EVENTS.offered)).toMatchObject({ state: 'available', version: '3.0.0' });
  });

  it('takes no download of another version for the one that is under way', () => {
    const late: UpdateEvent = { kind: 'downloaded', offer: { ...offer, version: '1.9.0' } };
    expect(nextUpdateState(STATES.downloading, late)).toBe(STATES.downloading);
  });

  it('goes back to off, not to idle, when updates were switched off meanwhile', () => {
    expect(nextUpdateState(STATES.rolled_back, { kind: 'acknowledged', isOff: true })).toEqual({
      state: 'off',
    });
  });

  it('installs only what was downloaded, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...kinds), { maxLength: 60 }), (happened) => {
        let now: UpdateState = { state: 'idle', checkedAt: null };
        const passed: UpdateState['state'][] = [];
        for (const kind of happened) {
          now = nextUpdateState(now, EVENTS[kind]);
          if (passed.at(-1) !== now.state) passed.push(now.state);
        }
        for (const [place, name] of passed.entries()) {
          const before = passed[place - 1];
          expect(name !== 'ready' || before === 'downloading').toBe(true);
          expect(name !== 'installing' || before === 'ready').toBe(true);
        }
      }),
    );
  });
});
