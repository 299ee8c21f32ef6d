import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { entriesOf } from '../../core/playback/queue-order.ts';
import { FakeHost, trackOf } from './test-support.ts';
import { openWindow, origin, tracks, type PlayerWindow } from './test-window.ts';

const LENGTH = 900;
const long = Array.from({ length: LENGTH }, (_, index) => trackOf(`t${index}`));

let host: FakeHost;
let app: PlayerWindow;

beforeEach(() => {
  vi.useFakeTimers();
  host = new FakeHost();
  app = openWindow(host);
});
afterEach(() => {
  vi.useRealTimers();
});

/** Longer than changes are gathered. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(2000);
const queue = () => app.playback.getState().queue;
const restart = async (): Promise<void> => {
  app = openWindow(host);
  await app.player.restore();
};

describe('a long queue that is kept', () => {
  beforeEach(async () => {
    app.player.play(long, 0, origin);
    await settle();
  });

  it('goes over in pieces, and stands there again after a restart', async () => {
    expect(host.piecesSaved).toBe(5);
    const before = queue();
    await restart();
    expect(queue()).toEqual(before);
  });

  it('sends its order alone when only that has changed, before and after a restart', async () => {
    app.player.setShuffle(true);
    await settle();
    expect(host.piecesSaved).toBe(5);
    await restart();
    app.player.setShuffle(false);
    app.player.addToQueue(tracks('X'));
    await settle();
    expect(host.piecesSaved).toBe(6);
    const before = queue();
    await restart();
    expect(queue()).toEqual(before);
  });

  it('is sent anew when the host has forgotten it, as when another window kept its own', async () => {
    host.queue = null;
    app.player.setShuffle(true);
    await settle();
    expect(host.queue).not.toBeNull();
    const before = queue();
    await restart();
    expect(queue()).toEqual(before);
  });

  it('that could not be kept is kept with the next change', async () => {
    const { saveOrder } = host.session;
    host.session.saveOrder = () => Promise.reject(new Error('disk full'));
    app.player.setShuffle(true);
    await settle();
    expect(app.notices.map(({ kind }) => kind)).toEqual(['not_saved']);
    host.session.saveOrder = saveOrder;
    app.player.setShuffle(false);
    await settle();
    const before = queue();
    await restart();
    expect(queue()).toEqual(before);
  });
});

it('a window that goes while a long queue is going over has it kept whole', async () => {
  host.session.saveEntries = () => new Promise(() => undefined);
  app.player.play(long, 3, origin);
  await settle();
  expect(host.queue).toBeNull();
  app.player.flush();
  await settle();
  expect(host.queue === null ? 0 : entriesOf(host.queue)).toHaveLength(LENGTH);
});

it('what is changed while a long queue is going over is kept behind it', async () => {
  const { saveEntries } = host.session;
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((release) => {
    goOn = release;
  });
  host.session.saveEntries = async (piece) => {
    await held;
    await saveEntries(piece);
  };
  app.player.play(long, 0, origin);
  await settle();
  app.player.play(tracks('AB'), 0, origin);
  await settle();
  expect(host.queue).toBeNull();
  goOn();
  await settle();
  expect(host.queue === null ? [] : entriesOf(host.queue)).toHaveLength(2);
});
