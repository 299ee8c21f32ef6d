// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CrashReportSummary } from '../../contract/reports.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../contract/settings.ts';
import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { createQueryClient } from '../host/queries.ts';
import { listening } from '../session/session-for-tests.ts';
import { sessionStore } from '../session/session-store.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { useToastStore } from '../ui/toast.ts';
import { CrashReports } from './crash-reports.tsx';
import { DiagnosticsSetting } from './diagnostics.tsx';
import { tellOfCrash } from './tell-of-crash.ts';

withoutLayout();

const reportOf = (id: string, changes: Partial<CrashReportSummary> = {}): CrashReportSummary => ({
  id,
  at: '2026-11-20T10:00:00.000Z',
  kind: 'window_gone',
  version: '1.2.3',
  message: '',
  bytes: 4_200,
  sentAt: null,
  ...changes,
});

let here: readonly CrashReportSummary[];
let refusal: HostErrorCode | null;
let host: HostForTests;

beforeEach(() => {
  here = [reportOf('one'), reportOf('two', { kind: 'main_exception', message: 'x is not a function' })];
  refusal = null;
  sessionStore.setState(listening(), true);
  host = standInHost({
    'reports.list': () => here,
    'reports.read': ({ id }: { id: string }) => ({ text: `all of ${id}` }),
    'reports.send': ({ id }: { id: string }) => {
      if (refusal !== null) throw new HostFailure(refusal, 'no');
      here = here.map((report) =>
        report.id === id ? { ...report, sentAt: '2026-11-21T10:00:00Z' } : report,
      );
      return here;
    },
    'reports.remove': ({ id }: { id: string }) => {
      here = here.filter((report) => report.id !== id);
      return here;
    },
    'reports.diagnostics': () => ({ text: 'Riffle 1.2.3\nsession: signed_in' }),
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  useToastStore.setState({ toasts: [] });
});

const show = (element: React.ReactElement): void => {
  render(<QueryClientProvider client={createQueryClient()}>{element}</QueryClientProvider>);
};
const sent = (): readonly unknown[] => host.calls.filter(({ method }) => method === 'reports.send');

describe('crash reports', () => {
  it('say that nothing has crashed', async () => {
    here = [];
    show(<CrashReports />);
    expect(await screen.findByText('Nothing has crashed.')).toBeTruthy();
  });

  it('are sent only from where all of them was shown', async () => {
    show(<CrashReports />);
    fireEvent.click(await screen.findByRole('button', { name: /^Read: The window crashed/ }));
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByRole('button', { name: /^Send to/ })).toHaveProperty('disabled', true);
    expect(await dialog.findByText('all of one')).toBeTruthy();
    expect(sent()).toEqual([]);
    fireEvent.click(dialog.getByRole('button', { name: /^Send to Steinbruch Records/ }));
    expect(await screen.findByText(/Sent on 21 Nov/)).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(sent()).toEqual([{ method: 'reports.send', argument: { id: 'one' } }]);
  });

  it.each([
    ['offline', 'It was not sent: there is no network.'],
    ['sign_in_required', 'It was not sent: sign in first.'],
    ['too_many_requests', 'It was not sent: too many came. Try again in a while.'],
    ['internal', 'It was not sent.'],
  ] as const)('stay to be sent again after %s', async (code, sentence) => {
    refusal = code;
    show(<CrashReports />);
    fireEvent.click(await screen.findByRole('button', { name: /^Read: Riffle ended/ }));
    await screen.findByText('all of two');
    fireEvent.click(screen.getByRole('button', { name: /^Send to/ }));
    expect((await screen.findByRole('alert')).textContent).toBe(sentence);
    expect(screen.getByRole('button', { name: /^Send to/ })).toHaveProperty('disabled', false);
  });

  it('are deleted one by one, and the keyboard goes on from there', async () => {
    show(<CrashReports />);
    fireEvent.click(await screen.findByRole('button', { name: /^Delete: Riffle ended/ }));
    await expect.poll(() => screen.getAllByRole('listitem').length).toBe(1);
    expect(document.activeElement).not.toBe(document.body);
    expect(here.map(({ id }) => id)).toEqual(['one']);
  });
});

describe('diagnostics', () => {
  const copying = (writeText: (text: string) => Promise<void>): void => {
    vi.stubGlobal('navigator', { ...navigator, languages: ['en'], clipboard: { writeText } });
  };

  it('are shown before they are copied', async () => {
    const copied: string[] = [];
    copying(async (text) => void copied.push(text));
    show(<DiagnosticsSetting />);
    fireEvent.click(screen.getByRole('button', { name: 'Diagnostics' }));
    expect((await screen.findByRole('region', { name: 'Diagnostics' })).textContent).toMatch(
      /session: signed_in/,
    );
    expect(copied).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
    expect(copied).toEqual(['Riffle 1.2.3\nsession: signed_in']);
  });

  it('say so where the clipboard cannot be reached', async () => {
    copying(async () => {
      throw new DOMException('no', 'NotAllowedError');
    });
    show(<DiagnosticsSetting />);
    fireEvent.click(screen.getByRole('button', { name: 'Diagnostics' }));
    await screen.findByRole('region', { name: 'Diagnostics' });
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await screen.findByText(/^The clipboard could not be reached/)).toBeTruthy();
  });
});

describe('after a crash', () => {
  let kept: Settings;
  const told: string[] = [];
  const tell = (): Promise<void> =>
    tellOfCrash({
      list: async () => here,
      settings: () => kept,
      change: async (change) => {
        kept = { ...kept, ...change };
      },
      say: (lost) => void told.push(lost),
    });
  beforeEach(() => {
    kept = DEFAULT_SETTINGS;
    told.length = 0;
  });

  it('the listener is told once, by the newest, and again only of another', async () => {
    await tell();
    await tell();
    expect(told).toEqual(['window']);
    here = [reportOf('three', { at: '2026-11-20T10:00:01.000Z', kind: 'main_exception' }), ...here];
    await tell();
    await tell();
    expect(told).toEqual(['window', 'app']);
    // The newest was deleted: what is left was told already.
    here = here.slice(1);
    await tell();
    expect(told).toEqual(['window', 'app']);
  });

  it('nothing is said where Riffle went on', async () => {
    here = [reportOf('one', { kind: 'helper_gone' }), reportOf('two', { kind: 'main_rejection' })];
    await tell();
    expect(told).toEqual([]);
    expect(kept.crashesToldUntil).toBeNull();
  });
});
