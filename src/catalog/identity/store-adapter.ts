/**
 * What oidc-provider keeps, kept in the object store: shared by all replicas, nothing in memory. The store has no transactions;
 * what only one may do (using a code, using a refresh token of a generation) is decided by a create-only object.
 */
import { errors, type Adapter, type AdapterFactory, type AdapterPayload } from 'oidc-provider';
import { z } from 'zod';
import type { SignInFolder } from './identity-keys.ts';
import { judgeRefreshToken, type ChainVerdict } from './refresh-chain.ts';
import type { SealedObjects } from './sealed-objects.ts';

/** Of the provider's models, those that are kept. Others are never made here (access tokens are signed, not kept). */
const FOLDERS = new Map<string, SignInFolder>([
  ['Session', 'session'],
  ['Interaction', 'interaction'],
  ['Grant', 'grant'],
  ['AuthorizationCode', 'authorization-code'],
  ['DeviceCode', 'device-code'],
  ['RefreshToken', 'refresh-token'],
]);
const CODES: ReadonlySet<SignInFolder> = new Set(['authorization-code', 'device-code']);

/** What the provider wrote itself comes back as it was, beside the fields that are decided by here. */
const payloadSchema = z.looseObject({
  exp: z.number(),
  uid: z.string().optional(),
  userCode: z.string().optional(),
  grantId: z.string().optional(),
  rotations: z.number().optional(),
});
type Payload = z.infer<typeof payloadSchema>;

const DAY_MS = 86_400_000;
const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** For models that are not kept: nothing is found, nothing may be written. */
const nothing: Adapter = {
  upsert: () => Promise.reject(new Error('this kind is not kept')),
  consume: () => Promise.reject(new Error('this kind is not kept')),
  find: () => Promise.resolve(),
  findByUid: () => Promise.resolve(),
  findByUserCode: () => Promise.resolve(),
  destroy: () => Promise.resolve(),
  revokeByGrantId: () => Promise.resolve(),
};

/** @param refreshTokenDays the life of a refresh token: for so long is remembered which were used. */
export const createStoreAdapter = (objects: SealedObjects, refreshTokenDays: number): AdapterFactory => {
  const read = async (folder: SignInFolder, id: string): Promise<Payload | null> => {
    const value = await objects.read(folder, id);
    return value === null ? null : payloadSchema.parse(value);
  };

  /** A grant that is gone takes all with it that was given for it: each use asks for the grant. */
  const endGrant = (grantId: string): Promise<void> => objects.delete('grant', grantId);

  const chainSlot = (grantId: string, generation: number): string => `${grantId}:${generation}`;
  const usedIn = async (grantId: string, generation: number): Promise<string | null> => {
    const used = await objects.read('refresh-chain', chainSlot(grantId, generation));
    return used === null ? null : z.string().parse(used);
  };
  const judge = async (id: string, { grantId = '', rotations = 0 }: Payload): Promise<ChainVerdict> => {
    const [usedInGeneration, next] = await Promise.all([
      usedIn(grantId, rotations),
      usedIn(grantId, rotations + 1),
    ]);
    return judgeRefreshToken({
      token: objects.nameOf('refresh-token', id),
      usedInGeneration,
      isNextUsed: next !== null,
    });
  };

  const isUsed = async (folder: SignInFolder, id: string, payload: Payload): Promise<boolean> => {
    if (CODES.has(folder)) return (await objects.read('used-code', `${folder}:${id}`)) !== null;
    return folder === 'refresh-token' && (await judge(id, payload)) === 'dead';
  };

  const find = async (folder: SignInFolder, id: string): Promise<AdapterPayload | undefined> => {
    const payload = await read(folder, id);
    if (payload === null) return undefined;
    return {
      ...payload,
      jti: id,
      ...((await isUsed(folder, id, payload)) ? { consumed: nowSeconds() } : {}),
    };
  };

  /** For the provider this is a use of what was used before: it ends what the first use gave. */
  const refuseSecondUse = async (payload: Payload, what: string): Promise<never> => {
    if (payload.grantId !== undefined) await endGrant(payload.grantId);
    throw new errors.InvalidGrant(`${what} was used before`);
  };

  const consumeCode = async (folder: SignInFolder, id: string, payload: Payload): Promise<void> => {
    const endsAtMs = payload.exp * 1000 + DAY_MS;
    if (!(await objects.create('used-code', `${folder}:${id}`, true, endsAtMs)))
      await refuseSecondUse(payload, 'code');
  };

  const consumeRefreshToken = async (id: string, payload: Payload): Promise<void> => {
    const { grantId = '', rotations = 0 } = payload;
    const slot = chainSlot(grantId, rotations);
    const endsAtMs = Date.now() + (refreshTokenDays + 1) * DAY_MS;
    if (await objects.create('refresh-chain', slot, objects.nameOf('refresh-token', id), endsAtMs)) return;
    if ((await judge(id, payload)) === 'dead') await refuseSecondUse(payload, 'refresh token');
  };

  return (model) => {
    const folder = FOLDERS.get(model);
    if (folder === undefined) return nothing;
    return {
      upsert: async (id, payload, expiresInSeconds) => {
        // Without the id: what lies in the store must not be enough to use it.
        const { jti: _id, consumed: _consumed, ...kept } = payload;
        const endsAtMs = Date.now() + (expiresInSeconds ?? 0) * 1000;
        await objects.write(folder, id, kept, endsAtMs);
        if (folder === 'session' && payload.uid !== undefined)
          await objects.write('session-uid', payload.uid, id, endsAtMs);
        if (folder === 'device-code' && payload.userCode !== undefined)
          await objects.write('user-code', payload.userCode, id, endsAtMs);
      },
      find: (id) => find(folder, id),
      findByUid: async (uid) => {
        const id = await objects.read('session-uid', uid);
        return id === null ? undefined : find(folder, z.string().parse(id));
      },
      findByUserCode: async (userCode) => {
        const id = await objects.read('user-code', userCode);
        return id === null ? undefined : find(folder, z.string().parse(id));
      },
      consume: async (id) => {
        const payload = await read(folder, id);
        if (payload === null) throw new errors.InvalidGrant(`${model} not found`);
        await (folder === 'refresh-token'
          ? consumeRefreshToken(id, payload)
          : consumeCode(folder, id, payload));
      },
      destroy: (id) => objects.delete(folder, id),
      // The provider ends the grant itself right after, see `endGrant`.
      revokeByGrantId: () => Promise.resolve(),
    };
  };
};
