/**
 * What a tier may do. The service enforces it, the app explains it; both ask here.
 */
export const TIERS = ['free', 'premium'] as const;
export type Tier = (typeof TIERS)[number];

/** From the smallest to the whole. `lossless` is what the label delivered, without loss. */
export const QUALITIES = ['low', 'normal', 'high', 'lossless'] as const;
export type Quality = (typeof QUALITIES)[number];

/** How often ads come. */
export interface AdPolicy {
  /** So much music is heard before a break, at least. */
  readonly afterMusicMs: number;
  /** In one break. */
  readonly mostSpots: number;
}

export interface Entitlement {
  readonly qualities: readonly Quality[];
  /** May keep music offline on purpose, and renew its lease. What was played stays cached either way. */
  readonly offline: boolean;
  /** Null: none, ever. */
  readonly ads: AdPolicy | null;
}

/** Ten minutes of music, then at most two spots. */
export const DEFAULT_AD_POLICY: AdPolicy = { afterMusicMs: 600_000, mostSpots: 2 };

export const entitlementOf = (tier: Tier, ads: AdPolicy = DEFAULT_AD_POLICY): Entitlement => {
  switch (tier) {
    case 'free':
      return { qualities: ['low', 'normal'], offline: false, ads };
    case 'premium':
      return { qualities: QUALITIES, offline: true, ads: null };
  }
};

/**
 * Which of the qualities there are to hand out: the wanted one or the best below it; when there is none below, the smallest
 * above that is allowed. Null when nothing that there is may be heard.
 */
export const qualityFor = (
  allowed: readonly Quality[],
  available: readonly Quality[],
  wanted: Quality = 'lossless',
): Quality | null => {
  const choice = QUALITIES.filter((quality) => allowed.includes(quality) && available.includes(quality));
  const atMost = QUALITIES.indexOf(wanted);
  return choice.findLast((quality) => QUALITIES.indexOf(quality) <= atMost) ?? choice[0] ?? null;
};

/**
 * Which quality a file counts as that was not encoded by us but came so. The bounds lie between what is encoded
 * (96, 160 and 256 kbit/s); a variable rate counts by its average.
 */
export const qualityOfOriginal = (format: {
  readonly lossless: boolean;
  readonly bitrateBps: number;
}): Quality => {
  if (format.lossless) return 'lossless';
  if (format.bitrateBps <= 112_000) return 'low';
  return format.bitrateBps <= 192_000 ? 'normal' : 'high';
};
