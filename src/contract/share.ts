/** What the window asks the host about links to public pages. */
import type { Share } from './library-http.ts';
import type { Sharing } from './share-http.ts';

export interface ShareApi {
  /** Where the service's public pages are; null: there are none that others reach. Asks the service, and rejects as it fails. */
  info(): Promise<Sharing | null>;
  /**
   * Puts a playlist behind a link that nobody can guess; the same link again while it is shared. Rejects with `forbidden` for whose
   * it is not, `not_found` when the service does not have it (yet), or has no public pages.
   */
  playlist(request: { readonly id: string }): Promise<Share>;
  /** The link leads nowhere from now on. */
  revoke(request: { readonly shareId: string }): Promise<void>;
}
