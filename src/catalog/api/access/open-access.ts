import { entitlementOf } from '../../../core/entitlement/entitlement.ts';
import type { AccessControl, Listener } from './access-control.ts';

const EVERYBODY: Listener = {
  id: 'listener',
  name: null,
  tier: 'premium',
  roles: [],
  entitlement: entitlementOf('premium'),
};

/** Without sign-in everybody who reaches the service is the same premium listener. Tokens are not looked at; nobody is an operator. */
export const createOpenAccess = (): AccessControl => ({
  isPersonal: false,
  offer: () => null,
  listenerOf: async () => EVERYBODY,
  knows: () => true,
  unready: () => null,
});
