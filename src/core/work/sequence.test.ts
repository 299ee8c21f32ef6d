import { describe, expect, it } from 'vitest';
import { createSequence } from './sequence.ts';

describe('a sequence', () => {
  it('begins a piece of work when the one before is over', async () => {
    const { inTurn } = createSequence();
    const said: string[] = [];
    const hold = Promise.withResolvers<void>();
    const first = inTurn(async () => {
      said.push('begins');
      await hold.promise;
      said.push('ends');
    });
    const second = inTurn(async () => void said.push('second'));
    hold.resolve();
    await Promise.all([first, second]);
    expect(said).toEqual(['begins', 'ends', 'second']);
  });

  it('gives each caller what became of their own work, and goes on after a failure', async () => {
    const { inTurn } = createSequence();
    const rejecting = inTurn(() => Promise.reject(new Error('no')));
    const throwing = inTurn(() => {
      throw new Error('at once');
    });
    const next = inTurn(() => Promise.resolve('yes'));
    await expect(rejecting).rejects.toThrow('no');
    await expect(throwing).rejects.toThrow('at once');
    expect(await next).toBe('yes');
  });

  it('is settled when what was asked for by then is over, also when that failed', async () => {
    const { inTurn, settled } = createSequence();
    const said: string[] = [];
    const later = Promise.withResolvers<void>();
    const failing = inTurn(async () => {
      said.push('begins');
      await Promise.resolve();
      said.push('ends');
      throw new Error('no');
    });
    const isSettled = settled();
    const waiting = inTurn(() => later.promise);
    await expect(failing).rejects.toThrow('no');
    await isSettled;
    expect(said).toEqual(['begins', 'ends']);
    later.resolve();
    await waiting;
  });
});
