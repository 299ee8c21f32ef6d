import { describe, expect, it } from 'vitest';
import { createTurns } from './turns.ts';

describe('turns', () => {
  it('run what goes by one name one after the other, and the rest beside it', async () => {
    const inTurn = createTurns();
    const said: string[] = [];
    const hold = Promise.withResolvers<void>();
    const first = inTurn('one', async () => {
      said.push('begins');
      await hold.promise;
      said.push('ends');
    });
    const second = inTurn('one', async () => void said.push('second'));
    await inTurn('other', async () => void said.push('other'));
    hold.resolve();
    await Promise.all([first, second]);
    expect(said).toEqual(['begins', 'other', 'ends', 'second']);
  });

  it('go on after one that failed', async () => {
    const inTurn = createTurns();
    const failing = inTurn('one', () => Promise.reject(new Error('no')));
    const next = inTurn('one', () => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
