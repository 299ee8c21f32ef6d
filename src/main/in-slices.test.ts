import { describe, expect, it } from 'vitest';
import { inSlices } from './in-slices.ts';

function* saying(said: string[], words: readonly string[]): Generator<void, number, void> {
  for (const word of words) {
    said.push(word);
    yield;
  }
  return words.length;
}
/** A clock on which every look takes so long. */
const clockOf = (stepMs: number) => {
  let nowMs = 0;
  return () => (nowMs += stepMs);
};

describe('work in slices', () => {
  it('lets others have their turn when a slice has lasted long enough', async () => {
    const said: string[] = [];
    let isOver = false;
    const others = (): void => {
      said.push('another');
      if (!isOver) setImmediate(others);
    };
    setImmediate(others);
    expect(await inSlices(saying(said, ['a', 'b', 'c']), clockOf(1_000))).toBe(3);
    isOver = true;
    expect(said).toEqual(['a', 'another', 'b', 'another', 'c', 'another']);
  });

  it('goes through short work at once', async () => {
    const said: string[] = [];
    const work = inSlices(saying(said, ['a', 'b', 'c']), clockOf(0));
    expect(said).toEqual(['a', 'b', 'c']);
    expect(await work).toBe(3);
  });

  it('rejects with what the work throws, also after a pause', async () => {
    function* failing(): Generator<void, void, void> {
      yield;
      throw new Error('no');
    }
    await expect(inSlices(failing(), clockOf(1_000))).rejects.toThrow('no');
  });
});
