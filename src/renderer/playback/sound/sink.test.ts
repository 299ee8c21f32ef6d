import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sinkOf } from './sink.ts';
import { FakeContext } from './test-devices.ts';

let context: FakeContext;
let heard: string[];

const openSink = () => {
  const sink = sinkOf(context);
  context.addEventListener('statechange', () => heard.push(context.state));
  if (sink === null) throw new Error('This context can be told.');
  return sink;
};

beforeEach(() => {
  context = new FakeContext();
  heard = [];
});

describe('a context that changes its device', () => {
  it('keeps the moment in between to itself', async () => {
    await openSink().open('Headphones');
    expect(context).toMatchObject({ sinkId: 'Headphones', state: 'running' });
    expect(heard).toEqual([]);
  });

  it('is heard of again afterwards', async () => {
    await openSink().open('Headphones');
    context.state = 'interrupted';
    context.dispatchEvent(new Event('statechange'));
    expect(heard).toEqual(['interrupted']);
  });

  it('is heard of when it does not run again', async () => {
    vi.useFakeTimers();
    try {
      context.isStuck = true;
      const opened = openSink().open('Headphones');
      await vi.advanceTimersByTimeAsync(1000);
      await opened;
      expect(heard).toEqual(['suspended']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('stays where it was, running, when the device does not open', async () => {
    context.refuses.add('Headphones');
    await expect(openSink().open('Headphones')).rejects.toThrow('cannot be opened');
    expect(context).toMatchObject({ sinkId: '', state: 'running' });
    expect(heard).toEqual([]);
  });

  it('changes while it rests, and goes on resting', async () => {
    context.state = 'suspended';
    await openSink().open('Headphones');
    expect(context).toMatchObject({ sinkId: 'Headphones', state: 'suspended' });
  });

  it('is nothing to be told where the browser cannot', () => {
    expect(sinkOf(Object.assign(new EventTarget(), { state: 'running' }))).toBeNull();
  });
});
