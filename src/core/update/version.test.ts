import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, isVersion } from './version.ts';

const number = fc.integer({ min: 0, max: 30 });
const identifier = fc.oneof(
  number.map(String),
  fc.stringMatching(/^[a-c-][0-9a-c-]{0,2}$/),
  fc.stringMatching(/^0[a-c]$/),
);
const version = fc
  .tuple(number, number, number, fc.array(identifier, { maxLength: 3 }))
  .map(([major, minor, patch, parts]) =>
    [`${major}.${minor}.${patch}`, ...(parts.length === 0 ? [] : [parts.join('.')])].join('-'),
  );

describe('the order of versions', () => {
  it('is that of section 11 of Semantic Versioning', () => {
    const ordered = [
      '0.9.10',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.1-0',
      '1.0.1',
      '1.2.0',
      '1.10.0',
      '2.0.0',
    ];
    for (const [place, one] of ordered.entries())
      for (const [otherPlace, other] of ordered.entries())
        expect([one, other, compareVersions(one, other)]).toEqual([
          one,
          other,
          Math.sign(place - otherPlace),
        ]);
  });

  it('is total', () => {
    fc.assert(
      fc.property(version, version, version, (one, other, third) => {
        expect(compareVersions(one, one)).toBe(0);
        expect((compareVersions(one, other) ?? NaN) + (compareVersions(other, one) ?? NaN)).toBe(0);
        expect(compareVersions(one, other) === 0).toBe(one === other);
        const sorted = [one, other, third].sort((left, right) => compareVersions(left, right) ?? NaN);
        expect(compareVersions(sorted[0] ?? '', sorted[2] ?? '')).toBeLessThanOrEqual(0);
      }),
    );
  });

  it.each([
    '',
    '1',
    '1.0',
    'v1.0.0',
    '1.0.0.0',
    '01.0.0',
    '1.0.0-',
    '1.0.0-01',
    '1.0.0-a..b',
    '1.0.0+build',
    ' 1.0.0',
    '1.0.0\n',
    '1.0.-1',
    '9999999999.0.0',
    `1.0.0-${'a'.repeat(60)}`,
  ])('knows nothing of %j', (text) => {
    expect(isVersion(text)).toBe(false);
    expect(compareVersions(text, '1.0.0')).toBeNull();
    expect(compareVersions('1.0.0', text)).toBeNull();
  });

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isVersion(text)).toBe(compareVersions(text, '1.0.0') !== null);
      }),
    );
  });
});
