// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../contract/settings.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { createQueryClient } from '../host/queries.ts';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { sound } from '../playback/sound/sound.ts';
import { soundStore } from '../playback/sound/sound-store.ts';
import { registerAction } from '../shortcuts/registry.ts';
import { closePremiumExplanation } from '../session/explain-premium.ts';
import { PremiumDialog } from '../session/premium-dialog.tsx';
import { accountWith, listening } from '../session/session-for-tests.ts';
import { sessionStore } from '../session/session-store.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { useToastStore } from '../ui/toast.ts';
import { Toasts } from '../ui/toasts.tsx';
import { SettingsPage } from './settings-page.tsx';
import { followSettings, settingsStore } from './settings-store.ts';

withoutLayout();

let kept: Settings;
let host: HostForTests;
let diskFull = false;

beforeEach(() => {
  kept = DEFAULT_SETTINGS;
  diskFull = false;
  settingsStore.setState(DEFAULT_SETTINGS, true);
  sessionStore.setState(listening(), true);
  host = standInHost({
    'settings.get': () => kept,
    'settings.change': (change: Partial<Settings>) => {
      if (diskFull) throw new HostFailure('storage_failed', 'no space');
      kept = { ...kept, ...change };
      return kept;
    },
    'app.info': () => ({
      name: 'Riffle',
      version: '1.2.3',
      shell: 'electron',
      platform: 'linux',
      locale: 'en',
      licence: 'MIT',
    }),
  });
});
afterEach(() => {
  cleanup();
  useToastStore.setState({ toasts: [] });
});

const open = (page: string): void => {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <SettingsPage page={page} />
      <Toasts />
    </QueryClientProvider>,
  );
};

describe('settings', () => {
  it('show at once what was changed, and keep it', async () => {
    open('playback');
    const fade = screen.getByRole('switch', { name: 'Fade on pause', checked: true });
    fireEvent.click(fade);
    expect(fade.getAttribute('aria-checked')).toBe('false');
    await expect.poll(() => kept.fadeOnPause).toBe(false);
  });

  it('fade tracks into each other for so long', async () => {
    open('playback');
    const slider = screen.getByRole('slider', { name: 'Crossfade' });
    expect(slider.getAttribute('aria-valuetext')).toBe('Off');
    fireEvent.keyDown(slider, { key: 'ArrowRight' });
    await expect.poll(() => kept.crossfadeSeconds).toBe(1);
    expect(slider.getAttribute('aria-valuetext')).toBe('1 s');
    fireEvent.keyDown(slider, { key: 'End' });
    await expect.poll(() => kept.crossfadeSeconds).toBe(12);
  });

  it('ask how loud only where the loudness is made even', async () => {
    open('playback');
    fireEvent.click(screen.getByRole('radio', { name: 'Quiet' }));
    await expect.poll(() => kept.loudnessLevel).toBe('quiet');
    fireEvent.change(screen.getByRole('combobox', { name: 'Even loudness' }), { target: { value: 'off' } });
    await expect.poll(() => kept.loudness).toBe('off');
    expect(screen.queryByRole('radio', { name: 'Quiet' })).toBeNull();
  });

  it('choose the quality of streaming and of what is kept apart, and say what each costs', async () => {
    open('quality');
    const streaming = within(screen.getByRole('radiogroup', { name: 'Streaming' }));
    const keeping = within(screen.getByRole('radiogroup', { name: 'Kept offline' }));
    expect(streaming.getByRole('radio', { name: 'Automatic', checked: true })).toBeTruthy();
    expect(keeping.queryByRole('radio', { name: 'Automatic' })).toBeNull();
    expect(streaming.getByText('about 43 MB an hour')).toBeTruthy();
    fireEvent.click(streaming.getByRole('radio', { name: 'High' }));
    await expect.poll(() => kept.streamingQuality).toBe('high');
    expect(kept.downloadQuality).toBe('lossless');
    fireEvent.click(keeping.getByRole('radio', { name: 'Low' }));
    await expect.poll(() => kept.downloadQuality).toBe('low');
  });

  it('explain to a free listener what premium sounds like, when asked', () => {
    sessionStore.setState(listening(accountWith({ tier: 'free' })), true);
    settingsStore.setState({ streamingQuality: 'lossless' });
    render(<PremiumDialog />);
    open('quality');
    const streaming = within(screen.getByRole('radiogroup', { name: 'Streaming' }));
    expect(streaming.getByRole('radio', { name: 'High' })).toHaveProperty('disabled', true);
    expect(streaming.getByRole('radio', { name: 'Normal' })).toHaveProperty('disabled', false);
    expect(screen.getByText('You hear Normal, the best there is without premium.')).toBeTruthy();
    fireEvent.click(streaming.getByRole('button', { name: 'What premium adds: Lossless' }));
    expect(screen.getByRole('dialog', { name: 'Hear it as it was made' })).toBeTruthy();
    act(() => closePremiumExplanation());
  });

  it('shape the sound with ten sliders and with presets, by keys as well', async () => {
    open('sound');
    expect(screen.getByRole('combobox', { name: 'Output device' })).toHaveProperty('disabled', true);
    const lowest = screen.getByRole('slider', { name: '31 Hz' });
    fireEvent.keyDown(lowest, { key: 'ArrowUp' });
    fireEvent.keyDown(lowest, { key: 'ArrowUp' });
    expect(lowest.getAttribute('aria-valuetext')).toBe('+1 dB');
    expect(screen.getByRole('switch', { name: 'Equaliser', checked: true })).toBeTruthy();
    expect(screen.getByRole('combobox', { name: 'Preset' })).toHaveProperty('value', 'own');
    sound.flush();
    await expect.poll(() => kept.equaliser.default?.bandsDb[0]).toBe(1);
    fireEvent.change(screen.getByRole('combobox', { name: 'Preset' }), { target: { value: 'bassMore' } });
    expect(lowest.getAttribute('aria-valuetext')).toBe('+6 dB');
    expect(screen.getByText(/^Lowered by \d/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Reset' }));
    expect(lowest.getAttribute('aria-valuetext')).toBe('0 dB');
    sound.flush();
    await expect.poll(() => kept.equaliser.default?.preset).toBe('flat');
    fireEvent.click(screen.getByRole('switch', { name: 'Mono' }));
    await expect.poll(() => kept.mono).toBe(true);
  });

  it('say so when the chosen output device is not there', () => {
    settingsStore.setState({ outputDeviceId: 'headphones' });
    soundStore.setState({ devices: [{ id: 'loudspeaker', label: 'Loudspeaker' }] });
    open('sound');
    const device = screen.getByRole('combobox', { name: 'Output device' });
    expect(device).toHaveProperty('value', 'headphones');
    expect(screen.getByText(/^It is not connected\./)).toBeTruthy();
    fireEvent.change(device, { target: { value: 'loudspeaker' } });
    expect(settingsStore.getState().outputDeviceId).toBe('loudspeaker');
    expect(screen.queryByText(/^It is not connected\./)).toBeNull();
    soundStore.setState(soundStore.getInitialState(), true);
  });

  it('go back to what stands, and say so, when a change cannot be kept', async () => {
    diskFull = true;
    open('appearance');
    fireEvent.click(screen.getByRole('radio', { name: 'Roomy' }));
    expect((await screen.findAllByText('The setting could not be kept')).length).toBeGreaterThan(0);
    expect(screen.getByRole('radio', { name: 'Standard', checked: true })).toBeTruthy();
  });

  it('follow what another window changed', async () => {
    const stop = await followSettings(() => {});
    open('appearance');
    host.push('settings', { ...kept, density: 'compact' });
    expect(await screen.findByRole('radio', { name: 'Compact', checked: true })).toBeTruthy();
    stop();
  });

  it('start from the defaults when the host has none to give', async () => {
    standInHost({});
    const failures: unknown[] = [];
    await followSettings((failure) => failures.push(failure));
    expect(settingsStore.getState()).toEqual(DEFAULT_SETTINGS);
    expect(failures).toMatchObject([{ code: 'internal' }]);
  });

  it('mark the page one is on', () => {
    open('language');
    const pages = screen.getByRole('navigation', { name: 'Settings' });
    expect(within(pages).getByRole('link', { current: 'page' }).textContent).toBe('Language');
    expect(screen.getByRole('heading', { level: 1, name: 'Language' })).toBeTruthy();
  });

  it('have no page of another name', () => {
    open('toString');
    expect(screen.getByRole('heading', { name: 'There is no such page' })).toBeTruthy();
  });

  it('say what Riffle is', async () => {
    open('about');
    expect(await screen.findByText('Riffle 1.2.3')).toBeTruthy();
    expect(screen.getByText('Steinbruch Records')).toBeTruthy();
  });
});

describe('the keys', () => {
  let stops: (() => void)[] = [];
  beforeEach(() => {
    stops = [registerAction('playback.mute', () => {}), registerAction('playback.queue', () => {})];
  });
  afterEach(() => {
    for (const stop of stops) stop();
  });

  const edit = (action: string): HTMLElement => {
    fireEvent.click(screen.getByRole('button', { name: new RegExp(`^Change the keys for ${action}:`) }));
    return screen.getByRole('button', { name: `${action}: Press the new keys` });
  };

  it('of actions that nobody has registered are not shown', () => {
    open('shortcuts');
    expect(screen.queryByText('Shuffle')).toBeNull();
    expect(screen.getByText('Mute')).toBeTruthy();
  });

  it('change with the next press, and go back to the default', async () => {
    open('shortcuts');
    fireEvent.keyDown(edit('Mute'), { key: 'x' });
    await expect.poll(() => kept.shortcuts).toEqual({ 'playback.mute': 'X' });
    fireEvent.click(screen.getByRole('button', { name: 'Reset the keys for Mute' }));
    await expect.poll(() => kept.shortcuts).toEqual({});
  });

  it('that mean something else already are taken only on a second word', async () => {
    open('shortcuts');
    fireEvent.keyDown(edit('Mute'), { key: 'q' });
    expect(screen.getByRole('status').textContent).toBe('Q already means “Queue”.');
    expect(kept.shortcuts).toEqual({});
    fireEvent.click(screen.getByRole('button', { name: 'Use it here' }));
    await expect.poll(() => kept.shortcuts).toEqual({ 'playback.mute': 'Q', 'playback.queue': null });
    expect(screen.getByText('No keys')).toBeTruthy();
  });

  it('stay as they are on Escape, and are taken away by Backspace', async () => {
    open('shortcuts');
    fireEvent.keyDown(edit('Mute'), { key: 'Escape' });
    expect(kept.shortcuts).toEqual({});
    fireEvent.keyDown(edit('Mute'), { key: 'Backspace' });
    await expect.poll(() => kept.shortcuts).toEqual({ 'playback.mute': null });
  });
});
