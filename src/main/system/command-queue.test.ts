import { describe, expect, it } from 'vitest';
import type { WaitingCommand } from '../../contract/app-commands.ts';
import { createCommandQueue } from './command-queue.ts';

const openQueue = () => {
  const told: (readonly WaitingCommand[])[] = [];
  return { queue: createCommandQueue((waiting) => told.push(waiting)), told };
};

describe('what the system asks of the window', () => {
  it('waits, in order, until a window takes it', () => {
    const { queue, told } = openQueue();
    queue.add({ kind: 'open', link: { kind: 'page', page: 'albums' } });
    queue.add({ kind: 'next' });
    expect(queue.waiting().map(({ id, command }) => [id, command.kind])).toEqual([
      [1, 'open'],
      [2, 'next'],
    ]);
    expect(queue.take([1])).toEqual([1]);
    expect(told.map((waiting) => waiting.map(({ id }) => id))).toEqual([[1], [1, 2], [2]]);
  });

  it('is given to one of two windows that ask for it', () => {
    const { queue } = openQueue();
    queue.add({ kind: 'next' });
    expect([queue.take([1]), queue.take([1])]).toEqual([[1], []]);
  });

  it('keeps its number to itself: what comes later never has it again', () => {
    const { queue } = openQueue();
    queue.add({ kind: 'next' });
    queue.take([1]);
    queue.add({ kind: 'next' });
    expect(queue.take([1, 2, 3])).toEqual([2]);
  });

  it('does not pile up while there is no window', () => {
    const { queue } = openQueue();
    for (let press = 0; press < 80; press += 1) queue.add({ kind: 'next' });
    expect(queue.waiting().map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, place) => place + 31));
  });
});
