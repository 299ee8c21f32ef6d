// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '../i18n/i18n.ts';
import type { KnownMark } from './mark-board.ts';
import { OfflineMark } from './offline-mark.tsx';

afterEach(() => {
  cleanup();
  speak('en');
});

interface Worn {
  readonly name: string | null;
  readonly dims: boolean;
}
const worn = (mark: KnownMark, isAway: boolean): Worn => {
  const { container, unmount } = render(<OfflineMark mark={mark} isAway={isAway} />);
  const place = container.firstElementChild;
  const seen = {
    name: place?.getAttribute('aria-label') ?? null,
    dims: place?.hasAttribute('data-cannot-sound') ?? false,
  };
  expect(place?.getAttribute('data-tooltip') ?? null).toBe(seen.name);
  unmount();
  return seen;
};

describe('an offline mark', () => {
  it.each<[string, KnownMark, string | null]>([
    ['nothing for what is not here', null, null],
    ['nothing before it is known', undefined, null],
    ['kept', { state: 'kept' }, 'Kept'],
    ['played before', { state: 'cached' }, 'Played before'],
    ['how much is here', { state: 'fetching', share: 0.42 }, 'Fetching, 42%'],
    ['its turn', { state: 'queued' }, 'Waits its turn'],
    [
      'the reason of a failure',
      { state: 'failed', failure: 'not_found' },
      'Not fetched: no longer in the catalog',
    ],
  ])('says %s while the service is there, and dims nothing', (_what, mark, name) => {
    expect(worn(mark, false)).toEqual({ name, dims: false });
  });

  it.each<[KnownMark]>([
    [null],
    [{ state: 'queued' }],
    [{ state: 'fetching', share: 0.9 }],
    [{ state: 'failed', failure: 'forbidden' }],
  ])('says that %j needs the network while the service is away', (mark) => {
    expect(worn(mark, true)).toEqual({ name: 'Needs network', dims: true });
  });

  it.each<[KnownMark]>([[{ state: 'kept' }], [{ state: 'cached' }], [undefined]])(
    'leaves %j as it is while the service is away',
    (mark) => {
      expect(worn(mark, true)).toEqual(worn(mark, false));
    },
  );

  it('says what unlocks what is locked', () => {
    expect(worn({ state: 'locked' }, true)).toEqual({
      name: 'Locked: go online once to unlock it',
      dims: true,
    });
  });

  it('speaks German', () => {
    speak('de');
    expect(worn({ state: 'fetching', share: 0.5 }, false).name).toBe('Wird geladen, 50\u00a0%');
  });
});
