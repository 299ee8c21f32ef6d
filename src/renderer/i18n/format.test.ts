// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDate,
  formatDuration,
  formatLongDuration,
  formatPercent,
  formatSigned,
  formatSpeed,
} from './format.ts';
import { languageFor, speak } from './i18n.ts';

const SPACE = '\u00A0';

afterEach(() => speak('en'));

describe('durations', () => {
  it.each([
    [0, '0:00'],
    [999, '0:00'],
    [222_900, '3:42'],
    [3_599_999, '59:59'],
    [4_101_000, '1:08:21'],
    [-5, '0:00'],
  ])('show %i ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it.each([
    [20_000, `1${SPACE}min`],
    [2_832_000, `47${SPACE}min`],
    [33_840_000, `9${SPACE}h 24${SPACE}min`],
    [7_200_000, `2${SPACE}h`],
  ])('show %i ms in words as %s', (ms, text) => {
    expect(formatLongDuration(ms)).toBe(text);
  });
});

describe('figures', () => {
  it('follow the language', () => {
    expect([formatCount(1204), formatPercent(0.72), formatBytes(5_900_000_000)]).toEqual([
      '1,204',
      '72%',
      `5.9${SPACE}GB`,
    ]);
    speak('de');
    expect([formatCount(1204), formatPercent(0.72), formatBytes(5_900_000_000)]).toEqual([
      '1.204',
      `72${SPACE}%`,
      `5,9${SPACE}GB`,
    ]);
  });

  it('say which way a gain goes, and how many times as fast', () => {
    expect([formatSigned(3.5), formatSigned(0), formatSigned(-2.04)]).toEqual(['+3.5', '0', '\u22122']);
    expect(formatSpeed(1.25)).toBe(`1.25${SPACE}×`);
    speak('de');
    expect([formatSigned(-2.5), formatSpeed(0.5)]).toEqual(['\u22122,5', `0,5${SPACE}×`]);
  });

  it.each([
    [0, `0${SPACE}B`],
    [999, `999${SPACE}B`],
    [412_000_000, `412${SPACE}MB`],
    [10_000_000_000, `10${SPACE}GB`],
  ])('show %i bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('dates', () => {
  it('are never shown more exactly than they are known', () => {
    expect(formatDate('1999')).toBe('1999');
    expect(formatDate('1999', 'day')).toBe('1999');
    expect(formatDate('1999-04', 'day')).toBe('Apr 1999');
    expect(formatDate('1999-04-30', 'year')).toBe('1999');
  });

  it('follow the language', () => {
    expect(formatDate('2026-11-21', 'dayOfYear')).toBe('21 Nov');
    speak('de');
    expect(formatDate('2026-11-21', 'dayOfYear')).toBe('21. Nov.');
    expect(formatDate('2026-11-21')).toBe('21. November 2026');
  });

  it('leave alone what is no date', () => {
    expect(formatDate('soon')).toBe('soon');
  });
});

describe('the language', () => {
  it('is the one that is set, else the first of the system’s that Riffle speaks, else English', () => {
    expect(languageFor('de', ['en-GB'])).toBe('de');
    expect(languageFor('system', ['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(languageFor('system', ['en-US', 'de'])).toBe('en');
    expect(languageFor('system', ['pl'])).toBe('en');
  });

  it('is written on the document', () => {
    speak('de');
    expect(document.documentElement.lang).toBe('de');
  });
});
