import type { HostStatus } from '../../contract/host-api.ts';
import type { Downloads } from '../../contract/offline.ts';
import type { Session } from '../../contract/session.ts';

/** What the listener should know of music on this computer and of the session; the most pressing one. */
export type Attention =
  /** The folder cannot be written. */
  | { readonly kind: 'folder' }
  /** The key store does not answer: nothing that is kept plays, and nothing is kept. */
  | { readonly kind: 'key' }
  /** The issuer took the sign-in back: what is here plays on, and nothing new comes. */
  | { readonly kind: 'signIn' }
  | { readonly kind: 'locked' }
  /** Kept music is locked in a week or less unless the service is reached. */
  | { readonly kind: 'ending'; readonly validUntil: string }
  | { readonly kind: 'failed'; readonly tracks: number };

/** Tracks that were to be kept and could not be fetched. */
export const failedTracksOf = ({ pins }: Pick<Downloads, 'pins'>): number =>
  pins.reduce((sum, pin) => sum + pin.failedCount, 0);

/** Null: nothing needs the listener. */
export function attentionOf(
  { cache, storage }: Pick<HostStatus, 'cache' | 'storage'>,
  downloads: Pick<Downloads, 'pins' | 'lease'>,
  session: Session['state'],
): Attention | null {
  if (storage.key === 'unavailable') return { kind: 'key' };
  if (cache.failure !== null) return { kind: 'folder' };
  if (session === 'sign_in_again') return { kind: 'signIn' };
  if (downloads.lease.state === 'over') return { kind: 'locked' };
  if (downloads.lease.state === 'ending') {
    return { kind: 'ending', validUntil: downloads.lease.validUntil };
  }
  const tracks = failedTracksOf(downloads);
  return tracks > 0 ? { kind: 'failed', tracks } : null;
}
