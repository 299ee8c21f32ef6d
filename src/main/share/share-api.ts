/** What the window asks about public pages: where they are, and what of the listener's own stands on them. */
import { libraryPaths, shareSchema } from '../../contract/library-http.ts';
import type { HostApi } from '../../contract/host-api.ts';
import type { CatalogClient } from '../catalog-client/catalog-client.ts';
import type { ServiceRequests } from '../catalog-client/service-requests.ts';

export const createShareApi = (
  { service }: Pick<CatalogClient, 'service'>,
  { post, remove }: Pick<ServiceRequests, 'post' | 'remove'>,
): HostApi['share'] => ({
  info: async () => (await service()).sharing ?? null,
  playlist: ({ id }) => post(libraryPaths.shares, { kind: 'playlist', id }, shareSchema),
  revoke: ({ shareId }) => remove(libraryPaths.share.replace(':id', shareId)),
});
