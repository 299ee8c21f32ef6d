import { describe, expect, it } from 'vitest';
import { HostFailure } from '../../contract/host-error.ts';
import { handClock } from '../../../tests/host/hand-clock.ts';
import type { ServiceOutcome } from '../catalog-client/service-requests.ts';
import { createServiceStatus, retryDelayMs, type ServiceStatus } from './service-status.ts';

const START = '2026-01-01T00:00:00.000Z';
const offline = new HostFailure('offline', 'no network');
const silent = new HostFailure('service_unreachable', 'no answer');

/** A service that answers or not, as it is told, and a status that asks it. */
const watch = () => {
  const clock = handClock();
  const closing = new AbortController();
  let failure: HostFailure | null = null;
  let asked = 0;
  let changes = 0;
  const status: ServiceStatus = createServiceStatus({
    clock,
    closing: closing.signal,
    random: () => 0.5,
    onChange: () => {
      changes += 1;
    },
    async ask() {
      asked += 1;
      const outcome: ServiceOutcome = failure === null ? { reached: true } : { reached: false, failure };
      status.report(outcome);
      if (failure !== null) throw failure;
    },
  });
  return {
    clock,
    closing,
    status,
    asked: () => asked,
    changes: () => changes,
    answerWith: (next: HostFailure | null) => {
      failure = next;
    },
  };
};

describe('the service status', () => {
  it('is unknown until something was asked', () => {
    expect(watch().status.get()).toEqual({ state: 'unknown' });
  });

  it('tells of being reachable once, not with every answer', () => {
    const { status, changes } = watch();

    status.report({ reached: true });
    status.report({ reached: true });

    expect(status.get()).toEqual({ state: 'reachable', checkedAt: START });
    expect(changes()).toBe(1);
  });

  it('says since when, why, and when it asks again', () => {
    const { status } = watch();

    status.report({ reached: false, failure: offline });

    expect(status.get()).toEqual({
      state: 'unreachable',
      cause: 'offline',
      since: START,
      retryAt: '2026-01-01T00:00:01.000Z',
    });
  });

  it('takes requests that fail together for one failure', () => {
    const { status, changes, clock } = watch();

    for (let count = 0; count < 5; count += 1) status.report({ reached: false, failure: silent });

    expect(changes()).toBe(1);
    expect(clock.waiting()).toBe(1);
  });

  it('asks again by itself, ever more seldom, until there is an answer', async () => {
    const { status, clock, asked, answerWith } = watch();
    answerWith(silent);
    await status.check();

    await clock.advance(1_000);
    expect(asked()).toBe(2);
    await clock.advance(1_000);
    expect(asked()).toBe(2);
    await clock.advance(1_000);
    expect(asked()).toBe(3);
    expect(status.get()).toMatchObject({ state: 'unreachable', since: START });

    answerWith(null);
    await clock.advance(4_000);
    expect(status.get()).toMatchObject({ state: 'reachable' });
    expect(clock.waiting()).toBe(0);
  });

  it('is mended by any other request that gets an answer', () => {
    const { status, clock } = watch();
    status.report({ reached: false, failure: silent });

    status.report({ reached: true });

    expect(status.get()).toMatchObject({ state: 'reachable' });
    expect(clock.waiting()).toBe(0);
  });

  it('lets several who ask at once share one question', async () => {
    const { status, asked } = watch();

    const answers = await Promise.all([status.check(), status.check(), status.check()]);

    expect(asked()).toBe(1);
    expect(answers.every(({ state }) => state === 'reachable')).toBe(true);
  });

  it('waits for nothing any more once the host closes', async () => {
    const { status, clock, closing } = watch();
    status.report({ reached: false, failure: silent });

    closing.abort();
    await clock.advance(0);

    expect(clock.waiting()).toBe(0);
  });

  it('never waits longer than a minute and a fifth', () => {
    expect(retryDelayMs(1, 0)).toBe(800);
    expect(retryDelayMs(1, 1)).toBe(1_200);
    expect(retryDelayMs(50, 1)).toBe(72_000);
  });
});
