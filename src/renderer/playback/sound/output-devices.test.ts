import { beforeEach, describe, expect, it } from 'vitest';
import { createOutputs, SYSTEM_OUTPUT, type OutputNotice, type OutputsView } from './output-devices.ts';
import { FakeContext, FakeDevices } from './test-devices.ts';

let devices: FakeDevices;
let context: FakeContext;
let notices: OutputNotice[];
let failures: unknown[];
let view: OutputsView;

const open = (chosen: string | null) => {
  const outputs = createOutputs({
    devices,
    onChange: (next) => {
      view = next;
    },
    notify: (notice) => notices.push(notice),
    onFailed: (cause) => failures.push(cause),
  });
  outputs.choose(chosen);
  outputs.start();
  outputs.attach(context);
  return outputs;
};

const sounds = async (id: string): Promise<void> => {
  await expect
    .poll(() => ({ sinkId: context.sinkId, current: view.current.id }))
    .toEqual({ sinkId: id, current: id === '' ? SYSTEM_OUTPUT.id : id });
};

beforeEach(() => {
  devices = new FakeDevices();
  devices.plug('Headphones', 'Monitor');
  context = new FakeContext();
  notices = [];
  failures = [];
  view = { devices: [], current: SYSTEM_OUTPUT, isBack: false };
});

describe('the output device', () => {
  it('is the one that was chosen', async () => {
    open('Headphones');
    await sounds('Headphones');
    expect(view.devices.map(({ label }) => label)).toEqual(['Headphones', 'Monitor']);
    expect(notices).toEqual([]);
  });

  it('is the system’s own again when that is chosen', async () => {
    const outputs = open('Headphones');
    await sounds('Headphones');
    outputs.choose(null);
    await sounds('');
    expect(notices).toEqual([]);
  });

  it('is the system’s own when the chosen one is unplugged, and asks when it is back; both are said', async () => {
    const outputs = open('Headphones');
    await sounds('Headphones');
    devices.plug('Monitor');
    await sounds('');
    expect(notices).toEqual([{ kind: 'output_lost', label: 'Headphones' }]);
    devices.plug('Monitor', 'Television');
    await expect.poll(() => view.devices).toHaveLength(2);
    devices.plug('Monitor', 'Headphones');
    await expect.poll(() => view.isBack).toBe(true);
    await sounds('');
    const said: readonly OutputNotice[] = [
      { kind: 'output_lost', label: 'Headphones' },
      { kind: 'output_back', label: 'Headphones' },
    ];
    expect(notices).toEqual(said);
    outputs.takeBack();
    await sounds('Headphones');
    expect(view.isBack).toBe(false);
    expect(notices).toEqual(said);
  });

  it('is not taken back when it has gone again, and is asked about anew when it comes', async () => {
    const outputs = open('Headphones');
    await sounds('Headphones');
    devices.plug('Monitor');
    devices.plug('Headphones');
    await expect.poll(() => view.isBack).toBe(false);
    devices.plug('Monitor');
    await sounds('');
    devices.plug('Headphones');
    await expect.poll(() => view.isBack).toBe(true);
    devices.plug('Monitor');
    await expect.poll(() => view.isBack).toBe(false);
    outputs.takeBack();
    devices.plug('Headphones', 'Monitor');
    await expect.poll(() => view.isBack).toBe(true);
    await sounds('');
    outputs.choose('Monitor');
    await sounds('Monitor');
    expect(view.isBack).toBe(false);
  });

  it('is said to be missing when it is not there at the start', async () => {
    open('Turntable');
    await expect.poll(() => notices).toEqual([{ kind: 'output_lost', label: null }]);
    expect(context.sinkId).toBe('');
  });

  it('is the system’s own, without a word, where a browser tells of no devices', async () => {
    devices.hide();
    const outputs = open('Headphones');
    devices.hide();
    await expect.poll(() => view.devices).toEqual([]);
    expect(view.current).toEqual(SYSTEM_OUTPUT);
    outputs.dispose();
    expect(notices).toEqual([]);
  });

  it('is the system’s own when the chosen one does not open, and is tried again when devices change', async () => {
    context.refuses.add('Headphones');
    open('Headphones');
    await expect.poll(() => notices).toEqual([{ kind: 'output_refused', label: 'Headphones' }]);
    expect(view.current).toEqual(SYSTEM_OUTPUT);
    context.refuses.clear();
    devices.plug('Headphones');
    await sounds('Headphones');
  });

  it('is what was said last, however quickly', async () => {
    const outputs = open('Headphones');
    outputs.choose('Monitor');
    outputs.choose(null);
    outputs.choose('Monitor');
    await sounds('Monitor');
    expect(notices).toEqual([]);
  });

  it('goes by the newest list, not by the one that came last', async () => {
    devices.isSlow = true;
    open('Headphones');
    devices.plug('Monitor');
    devices.plug('Headphones', 'Monitor', 'Television');
    devices.answerLast();
    await expect.poll(() => view.devices).toHaveLength(3);
    devices.answerLast();
    devices.answerLast();
    await sounds('Headphones');
    expect(view.devices).toHaveLength(3);
    expect(notices).toEqual([]);
  });

  it('stays with the system’s own, and says why to developers, when devices cannot be read', async () => {
    devices.failure = new Error('not allowed');
    open('Headphones');
    await expect.poll(() => failures).toEqual([devices.failure]);
    expect(context.sinkId).toBe('');
    expect(notices).toEqual([]);
  });

  it('is nothing to choose where the browser cannot be told', async () => {
    const outputs = open('Headphones');
    await sounds('Headphones');
    outputs.attach(Object.assign(new EventTarget(), { state: 'running' }));
    expect(view).toEqual({ devices: [], current: SYSTEM_OUTPUT, isBack: false });
    devices.plug('Monitor');
    outputs.choose('Monitor');
    outputs.choose('Headphones');
    outputs.dispose();
    expect(view).toEqual({ devices: [], current: SYSTEM_OUTPUT, isBack: false });
    expect(notices).toEqual([]);
  });

  it('is the system’s own where there is no such thing as devices', async () => {
    const outputs = createOutputs({
      devices: null,
      onChange: (next) => {
        view = next;
      },
      notify: (notice) => notices.push(notice),
      onFailed: (cause) => failures.push(cause),
    });
    outputs.start();
    outputs.attach(context);
    outputs.choose('Headphones');
    outputs.dispose();
    expect(view).toEqual({ devices: [], current: SYSTEM_OUTPUT, isBack: false });
    expect(context.sinkId).toBe('');
    expect(notices).toEqual([]);
  });
});
