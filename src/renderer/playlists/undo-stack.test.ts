import { describe, expect, it } from 'vitest';
import { createUndoStack } from './undo-stack.ts';

/** A host with one list of letters, whose tokens are used once. */
const letters = () => {
  let text = '';
  let next = 0;
  const backs = new Map<string, () => void>();
  const tokenFor = (back: () => void): string => {
    next += 1;
    backs.set(String(next), back);
    return String(next);
  };
  const set = (value: string): string => {
    const before = text;
    text = value;
    return tokenFor(() => void set(before));
  };
  const takeBack = async (token: string): Promise<string> => {
    const back = backs.get(token);
    if (back === undefined) throw new Error('this token was used');
    backs.delete(token);
    const now = text;
    back();
    return tokenFor(() => void set(now));
  };
  return { set, takeBack, text: () => text };
};

describe('what can be taken back', () => {
  it('is taken back last first, and done again in turn', async () => {
    const host = letters();
    const stack = createUndoStack(host.takeBack);
    for (const value of ['a', 'ab', 'abc']) stack.did({ text: value, tokens: [host.set(value)] });
    expect(await stack.undo()).toBe('abc');
    expect(await stack.undo()).toBe('ab');
    expect(host.text()).toBe('a');
    expect(await stack.redo()).toBe('ab');
    expect(host.text()).toBe('ab');
    expect(await stack.undo()).toBe('ab');
    expect(await stack.undo()).toBe('a');
    expect(host.text()).toBe('');
    expect(await stack.undo()).toBeNull();
  });

  it('waits its turn when it is asked for faster than the host answers', async () => {
    const host = letters();
    const stack = createUndoStack(host.takeBack);
    for (const value of ['a', 'ab', 'abc']) stack.did({ text: value, tokens: [host.set(value)] });
    expect(await Promise.all([stack.undo(), stack.undo(), stack.redo(), stack.undo()])).toEqual([
      'abc',
      'ab',
      'ab',
      'ab',
    ]);
    expect(host.text()).toBe('a');
  });

  it('waits for a change that the host has not answered, and takes that one back first', async () => {
    const host = letters();
    const stack = createUndoStack(host.takeBack);
    stack.did({ text: 'a', tokens: [host.set('a')] });
    const answer = Promise.withResolvers<null>();
    const change = stack.during(async () => {
      await answer.promise;
      stack.did({ text: 'ab', tokens: [host.set('ab')] });
      return 'done';
    });
    const refused = stack.during(() => Promise.reject(new Error('the host refused')));
    const both = Promise.all([stack.undo(), stack.undo(), stack.redo()]);
    answer.resolve(null);
    expect(await both).toEqual(['ab', 'a', 'a']);
    expect(host.text()).toBe('a');
    expect(await change).toBe('done');
    await expect(refused).rejects.toThrow('the host refused');
  });

  it('is one change where several were made at once', async () => {
    const host = letters();
    const stack = createUndoStack(host.takeBack);
    stack.did({ text: 'both', tokens: [host.set('a'), host.set('ab')] });
    await stack.undo();
    expect(host.text()).toBe('');
    await stack.redo();
    expect(host.text()).toBe('ab');
  });

  it('is not done again once something else was done, and nothing is taken back twice', async () => {
    const host = letters();
    const stack = createUndoStack(host.takeBack);
    const first = { text: 'a', tokens: [host.set('a')] };
    stack.did(first);
    await stack.undo(first);
    expect(await stack.undo(first)).toBeNull();
    stack.did({ text: 'b', tokens: [host.set('b')] });
    expect(await stack.redo()).toBeNull();
    stack.did({ text: 'nothing', tokens: [] });
    expect(await stack.undo()).toBe('b');
  });

  it('goes on with the change before one that the host refuses', async () => {
    const host = letters();
    const stack = createUndoStack(host.takeBack);
    stack.did({ text: 'a', tokens: [host.set('a')] });
    stack.did({ text: 'lost', tokens: ['never given'] });
    await expect(stack.undo()).rejects.toThrow('this token was used');
    expect(await stack.undo()).toBe('a');
    expect(host.text()).toBe('');
  });
});
