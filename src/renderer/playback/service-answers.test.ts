import { describe, expect, it } from 'vitest';
import type { HostStatus } from '../../contract/host-api.ts';
import { awayFrom } from '../status/status-for-tests.ts';
import { watchServiceAnswers } from './service-answers.ts';

const reachable = (checkedAt: string): Pick<HostStatus, 'service'> => ({
  service: { state: 'reachable', checkedAt },
});

describe('what waits for the service', () => {
  it('is tried again with each of its answers, not with every change of the status', () => {
    let tries = 0;
    const take = watchServiceAnswers(() => {
      tries += 1;
    });
    take({ service: { state: 'unknown' } });
    expect(tries).toBe(0);
    for (let change = 0; change < 5; change += 1) take(reachable('2026-11-23T17:42:00Z'));
    expect(tries).toBe(1);
    take(reachable('2026-11-23T17:42:30Z'));
    expect(tries).toBe(2);
  });

  it('is tried again when the service comes back, although it says the same', () => {
    let tries = 0;
    const take = watchServiceAnswers(() => {
      tries += 1;
    });
    take(reachable('2026-11-23T17:42:00Z'));
    take({ service: awayFrom('offline') });
    take(reachable('2026-11-23T17:42:00Z'));
    expect(tries).toBe(2);
  });
});
