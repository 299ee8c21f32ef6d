import type { Quality } from '../../core/entitlement/entitlement.ts';

/** What to ask the service for. */
export interface QualityWish {
  readonly quality: Quality;
  /** Set by the listener: what is here in less is fetched anew. What was chosen by itself leaves what is here as it is. */
  readonly isFirm: boolean;
}

export interface QualityWishes {
  playing(): QualityWish;
  keeping(): QualityWish;
}
