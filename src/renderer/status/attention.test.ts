import { describe, expect, it } from 'vitest';
import { attentionOf } from './attention.ts';
import { downloadsWith, pinOfAlbum, statusWith } from './status-for-tests.ts';

const fine = statusWith();
const ending = { state: 'ending', validUntil: '2026-11-27T10:00:00Z' } as const;
const failed = pinOfAlbum('T.N.T.', { failedCount: 2 });

describe('what needs the listener', () => {
  it('is nothing while all is well, whatever is being fetched', () => {
    const lease = { state: 'valid', validUntil: '2026-12-21T10:00:00Z' } as const;
    expect(attentionOf(fine, downloadsWith({ lease, waitingTracks: 5 }), 'signed_in')).toBeNull();
  });

  it('is not that a system has no key store at all: that is so for good, and said where music is kept', () => {
    const storage = { ...fine.storage, key: 'memory' } as const;
    expect(attentionOf(statusWith({ storage }), downloadsWith(), 'signed_in')).toBeNull();
  });

  it('is the most pressing of several things', () => {
    const noKey = statusWith({ storage: { ...fine.storage, key: 'unavailable' } });
    const noFolder = statusWith({ cache: { ...fine.cache, failure: 'EROFS' } });
    const over = { state: 'over', validUntil: ending.validUntil } as const;
    const pins = [failed, pinOfAlbum('Another', { failedCount: 1 })];
    expect(attentionOf(noKey, downloadsWith({ pins }), 'signed_in')).toEqual({ kind: 'key' });
    expect(attentionOf(noFolder, downloadsWith({ pins, lease: over }), 'signed_in')).toEqual({
      kind: 'folder',
    });
    expect(attentionOf(fine, downloadsWith({ pins, lease: over }), 'signed_in')).toEqual({ kind: 'locked' });
    expect(attentionOf(fine, downloadsWith({ pins, lease: ending }), 'signed_in')).toEqual({
      kind: 'ending',
      validUntil: ending.validUntil,
    });
    expect(attentionOf(fine, downloadsWith({ pins }), 'signed_in')).toEqual({ kind: 'failed', tracks: 3 });
  });

  it('is to sign in again before anything that a sign-in would mend', () => {
    const over = { state: 'over', validUntil: ending.validUntil } as const;
    const pins = [failed];
    expect(attentionOf(fine, downloadsWith({ pins, lease: over }), 'sign_in_again')).toEqual({
      kind: 'signIn',
    });
    expect(attentionOf(fine, downloadsWith(), 'unrenewed')).toBeNull();
  });
});
