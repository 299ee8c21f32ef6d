// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import {
  forgetAllSearches,
  forgetSearch,
  rememberSearch,
  useRecentSearches,
  withRecent,
} from './recent-searches.ts';

const queries = (): readonly string[] => useRecentSearches.getState().queries;

describe('recent searches', () => {
  beforeEach(() => forgetAllSearches());

  it('stand newest first, each once whatever its case', () => {
    for (const query of ['halden', 'lene wörner', ' Halden ']) rememberSearch(query);
    expect(queries()).toEqual(['Halden', 'lene wörner']);
  });

  it('are kept on disk, so that they come back', () => {
    rememberSearch('übungsraum');
    expect(localStorage.getItem('riffle.recent-searches')).toBe('["übungsraum"]');
  });

  it('can be forgotten one by one and all together', () => {
    for (const query of ['one', 'two', 'three']) rememberSearch(query);
    forgetSearch('two');
    expect(queries()).toEqual(['three', 'one']);
    forgetAllSearches();
    expect(queries()).toEqual([]);
  });

  it('are at most ten, and never an empty one', () => {
    const many = Array.from({ length: 14 }, (_, index) => `query ${index}`);
    expect(many.reduce(withRecent, [] as readonly string[])).toHaveLength(10);
    expect(withRecent(['one'], '   ')).toEqual(['one']);
  });
});
