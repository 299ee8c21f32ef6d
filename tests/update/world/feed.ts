/** A feed in an object store: payloads once, and a folder of small documents for each scenario. */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ObjectStore } from '../../../src/catalog/store/object-store.ts';
import { manifestName, type UpdateManifest } from '../../../src/core/update/manifest.ts';
import { parsePinnedKeys, type PinnedKey } from '../../../src/main/update/pinned-keys.ts';
import type { Installer } from './stand-in-app.ts';

export interface FeedKey {
  readonly pinned: PinnedKey;
  /** As a build is given it. */
  readonly text: string;
  readonly privateKey: KeyObject;
}

export const makeKey = (): FeedKey => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const text = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const [pinned] = parsePinnedKeys(text);
  if (pinned === undefined) throw new Error('no key');
  return { pinned, text, privateKey };
};

const DAY_MS = 86_400_000;
const moment = (ms: number): string => new Date(ms).toISOString();
const ARCH = process.arch === 'arm64' ? 'arm64' : 'x64';
const IMMUTABLE = 'public, max-age=31536000, immutable';
const UNCACHED = 'no-cache, max-age=0';

export const manifestOf = (
  installers: readonly Installer[],
  changes: Partial<UpdateManifest> = {},
): UpdateManifest => {
  const version = installers[0]?.version ?? '0.0.0';
  return {
    format: 1,
    version,
    channel: 'stable',
    releasedAt: moment(Date.now() - DAY_MS),
    signedAt: moment(Date.now() - 60_000),
    expiresAt: moment(Date.now() + 30 * DAY_MS),
    minimumVersion: '0.0.0',
    rollout: { percent: 100, seed: version },
    halted: false,
    files: installers.map(({ kind, name, sizeBytes, sha512 }) => ({
      platform: kind === 'nsis' ? 'win32' : 'linux',
      arch: ARCH,
      kind,
      name,
      sizeBytes,
      sha512,
    })),
    notes: { en: `What is new in ${version}.`, de: `Was neu ist in ${version}.` },
    ...changes,
  };
};

export const signed = (
  manifest: UpdateManifest,
  key: FeedKey,
  payloadAfterwards?: UpdateManifest,
): string => {
  const payload = Buffer.from(JSON.stringify(manifest));
  return JSON.stringify({
    payload: (payloadAfterwards === undefined
      ? payload
      : Buffer.from(JSON.stringify(payloadAfterwards))
    ).toString('base64'),
    signatures: [
      { keyId: key.pinned.keyId, signature: sign(null, payload, key.privateKey).toString('base64') },
    ],
  });
};

/** As electron-builder writes it, in JSON, which is YAML as well. */
export const ymlOf = (installers: readonly Installer[]): string =>
  JSON.stringify({
    version: installers[0]?.version,
    files: installers.map(({ name, sha512, sizeBytes, blockMapSize }) => ({
      url: name,
      sha512,
      size: sizeBytes,
      blockMapSize,
    })),
    path: installers[0]?.name,
    sha512: installers[0]?.sha512,
    releaseDate: moment(Date.now()),
  });

/** What electron-updater asks for on this machine, whatever kind of installer it is for. */
export const ymlName = (channel: 'latest' | 'beta'): string =>
  `${channel}-linux${ARCH === 'x64' ? '' : '-arm64'}.yml`;

export const PAYLOADS = 'updates/payloads/';

/** Payloads and block maps, which never change. */
export const putPayloads = async (store: ObjectStore, installers: readonly Installer[]): Promise<void> => {
  const options = { contentType: 'application/octet-stream', cacheControl: IMMUTABLE };
  for (const { name, path, kind } of installers) {
    await store.putFile(`${PAYLOADS}${name}`, path, options);
    if (kind === 'nsis')
      await store.put(`${PAYLOADS}${name}.blockmap`, await readFile(`${path}.blockmap`), options);
  }
};

/** What one scenario's feed says: payloads are there already, so the documents come last, the signed one after all. */
export const putDocuments = async (
  store: ObjectStore,
  folder: string,
  documents: { readonly yml: string; readonly manifest: string | null },
  channel: 'stable' | 'beta' = 'stable',
): Promise<void> => {
  const put = (name: string, text: string, contentType: string) =>
    store.put(`updates/${folder}/${name}`, Buffer.from(text), { contentType, cacheControl: UNCACHED });
  await put(ymlName(channel === 'stable' ? 'latest' : 'beta'), documents.yml, 'text/yaml');
  if (documents.manifest !== null) await put(manifestName(channel), documents.manifest, 'application/json');
};
