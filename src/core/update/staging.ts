/** FNV-1a over UTF-16 units, then the finaliser of MurmurHash3: few bits in, every bit out. */
const hash32 = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/**
 * Where an installation stands in a roll-out, 0 to below 100: the same place for the same seed on every day, another for another.
 * Nobody but the installation itself can tell, for its id never leaves it.
 */
export const stagingPlace = (installationId: string, seed: string): number =>
  (hash32(`${seed}\n${installationId}`) / 2 ** 32) * 100;

/** At 0 nobody, at 100 everybody; whoever is in at some percentage is in at every higher one. */
export const isInRollout = (
  installationId: string,
  rollout: { readonly percent: number; readonly seed: string },
): boolean => stagingPlace(installationId, rollout.seed) < rollout.percent;
