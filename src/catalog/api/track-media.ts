/** Which of a track's objects a listener gets. */
import { qualityFor, type Entitlement, type Quality } from '../../core/entitlement/entitlement.ts';
import { notFound, ProblemError } from './problems.ts';

/**
 * The object to hand out, of those that the index lists: what plays best first, and of two of one quality the first counts.
 * Throws a `ProblemError`: `premium_required` for a quality that the tier may not have, and when nothing that there is may be
 * heard; `not_found` when there is nothing to play.
 */
export const mediaFor = <Media extends { readonly quality: Quality }>(
  entitlement: Entitlement,
  media: readonly Media[],
  wanted: Quality | undefined,
): Media => {
  if (wanted !== undefined && !entitlement.qualities.includes(wanted))
    throw new ProblemError('premium_required', `The quality ${wanted} is for premium listeners.`);
  const available = media.map((one) => one.quality);
  const quality = qualityFor(entitlement.qualities, available, wanted);
  const chosen = media.find((one) => one.quality === quality);
  if (chosen !== undefined) return chosen;
  if (available.length === 0) throw notFound('The track has nothing to play.');
  throw new ProblemError('premium_required', 'What there is of the track is for premium listeners.');
};
