/** A version as Semantic Versioning 2.0.0 has it, without build metadata: that has no order, so there is none here. */
export interface Version {
  readonly numbers: readonly [number, number, number];
  /** Empty for a version that is finished. */
  readonly preRelease: readonly (string | number)[];
}

const NUMBER = '(0|[1-9]\\d{0,8})';
const IDENTIFIER = '(?:0|[1-9]\\d{0,8}|\\d*[A-Za-z-][0-9A-Za-z-]*)';
const VERSION = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${IDENTIFIER}(?:\\.${IDENTIFIER})*))?$`);
const LONGEST_VERSION = 64;

/** Null for what is no version: a leading `v`, zeros in front, build metadata and white space among them. */
export const parseVersion = (text: string): Version | null => {
  const [matched, major, minor, patch, preRelease] =
    text.length > LONGEST_VERSION ? [] : (VERSION.exec(text) ?? []);
  if (matched === undefined) return null;
  return {
    numbers: [Number(major), Number(minor), Number(patch)],
    preRelease: (preRelease?.split('.') ?? []).map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
  };
};

export const isVersion = (text: string): boolean => parseVersion(text) !== null;

const compareParts = (one: string | number, other: string | number): number => {
  if (one === other) return 0;
  if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1;
  return one < other ? -1 : 1;
};

const comparePreReleases = (one: Version['preRelease'], other: Version['preRelease']): number => {
  if (one.length === 0 || other.length === 0) return Math.sign(other.length - one.length);
  for (const [place, part] of one.entries()) {
    const otherPart = other[place];
    if (otherPart === undefined) return 1;
    const order = compareParts(part, otherPart);
    if (order !== 0) return order;
  }
  return Math.sign(one.length - other.length);
};

/**
 * Below 0 when `one` comes before `other`, by section 11 of Semantic Versioning 2.0.0. Null when either is no version: whoever asks
 * then knows nothing, and must not go on as if they were equal.
 */
export const compareVersions = (one: string, other: string): number | null => {
  const first = parseVersion(one);
  const second = parseVersion(other);
  if (first === null || second === null) return null;
  for (const place of [0, 1, 2] as const) {
    const order = first.numbers[place] - second.numbers[place];
    if (order !== 0) return Math.sign(order);
  }
  return comparePreReleases(first.preRelease, second.preRelease);
};
