import { HostFailure } from '../../contract/host-error.ts';

/** Lower case alone, because some disks do not tell cases apart; no dot, so that no name is a path or a temporary file's. */
const NAME = /^[a-z][a-z0-9-]{0,63}$/;

/** Throws `invalid_argument` for what may not be a secret's name, and with it a file's. */
export const checkSecretName = (name: string): void => {
  if (!NAME.test(name)) throw new HostFailure('invalid_argument', 'this is no name of a secret');
};
