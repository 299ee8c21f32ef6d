import { describe, expect, it } from 'vitest';
import type { LibrarySync } from '../../contract/library.ts';
import { i18n } from '../i18n/i18n.ts';
import { syncWords } from './library-fact.tsx';

const t = i18n.getFixedT('en', 'library');

describe('what the status place says of the library', () => {
  it.each<readonly [LibrarySync, string]>([
    [{ state: 'local' }, 'On this computer only'],
    [{ state: 'synced', at: '2026-11-26T08:00:00Z' }, 'The same everywhere'],
    [{ state: 'sending', changes: 1 }, 'Sending 1 change'],
    [{ state: 'waiting', changes: 3, cause: 'offline' }, '3 changes wait to be sent'],
    [
      { state: 'waiting', changes: 0, cause: 'service_unreachable' },
      'News from other devices cannot be had now',
    ],
    [{ state: 'blocked', changes: 2, cause: 'sign_in_required' }, '2 changes wait until you sign in again'],
    [{ state: 'blocked', changes: 2, cause: 'storage_failed' }, 'The disk is full or cannot be written'],
  ])('%j', (sync, words) => expect(syncWords(t, sync)).toBe(words));
});
