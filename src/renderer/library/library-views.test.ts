import { describe, expect, it } from 'vitest';
import { readViews } from './library-views.ts';

describe('how the library is looked at', () => {
  it('is what was chosen last; what cannot be read counts as not chosen', () => {
    const defaults = readViews(null);
    expect(defaults.tracks).toEqual({ sort: 'saved', descending: true, as: 'list' });
    expect(readViews('{')).toEqual(defaults);
    expect(readViews('[]')).toEqual(defaults);
    const kept = { ...defaults, albums: { sort: 'artist', descending: false, as: 'list' } };
    expect(readViews(JSON.stringify(kept))).toEqual(kept);
  });

  it('keeps the good parts of a record that is broken in one', () => {
    const broken = { ...readViews(null), tracks: { sort: 'mood' }, closedFolders: ['f1'] };
    expect(readViews(JSON.stringify(broken))).toEqual({ ...readViews(null), closedFolders: ['f1'] });
  });
});
