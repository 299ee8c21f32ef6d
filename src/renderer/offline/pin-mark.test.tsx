// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Pin, PinState } from '../../contract/offline.ts';
import { downloadsStore } from './downloads-store.ts';
import { PinMark } from './pin-mark.tsx';

const SOURCE = { kind: 'album', id: 'a'.repeat(20) } as const;
const nothingKept = downloadsStore.getState();

const keep = (state: PinState): void => {
  const pin: Pin = {
    source: SOURCE,
    title: 'Löss',
    artists: 'Lene Wörner Trio',
    artwork: null,
    addedAt: '2026-11-21T10:00:00Z',
    state,
    trackCount: 10,
    keptCount: 3,
    failedCount: 1,
    bytes: 1,
    remainingBytes: 2,
  };
  act(() => downloadsStore.setState({ pins: [pin] }));
};
afterEach(() => {
  cleanup();
  downloadsStore.setState(nothingKept, true);
});

describe('the mark of a record among others', () => {
  it('is nothing until the record is kept, then says how far it is', () => {
    render(<PinMark source={SOURCE} />);
    expect(screen.queryByRole('img')).toBeNull();
    keep({ kind: 'fetching' });
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe('Keeping offline, 3 of 10');
    keep({ kind: 'failed', failure: 'not_found' });
    expect(screen.getByRole('img').getAttribute('data-tooltip')).toBe('1 failed. Try again');
    keep({ kind: 'kept' });
    expect(screen.getByRole('img', { name: 'Kept offline' })).toBeTruthy();
  });

  it('is that of its own record only', () => {
    render(<PinMark source={{ kind: 'artist', id: SOURCE.id }} />);
    keep({ kind: 'kept' });
    expect(screen.queryByRole('img')).toBeNull();
  });
});
