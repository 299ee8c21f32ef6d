import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion, type FuseV1Config } from '@electron/fuses';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { packagingFor } from '../../scripts/package/packaging-arguments.ts';
import { fuseFaults } from '../../scripts/verify-package/fuses.ts';
import { packagedPrograms } from '../../scripts/verify-package/packaged-apps.ts';
import { freePort } from '../../scripts/verify-package/start-packaged.ts';
import { serveFeed } from '../../scripts/verify-package/serve-feed.ts';
import { createFolderStore } from '../../src/catalog/store/folder-store.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { PROGRAM_WITH_FUSES } from './packaged-app.ts';

describe('the fuses of a packaged program', () => {
  const asMust: FuseV1Config = {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  };
  let program = '';
  beforeEach(async () => {
    program = join(await temporaryFolder(), 'electron');
    await writeFile(program, PROGRAM_WITH_FUSES);
  });

  it('are read back, and those that are not as they must be are named', async () => {
    expect(await fuseFaults(program)).toEqual([
      'fuse RunAsNode is on, not off',
      'fuse EnableCookieEncryption is off, not on',
      'fuse EnableNodeOptionsEnvironmentVariable is on, not off',
      'fuse EnableNodeCliInspectArguments is on, not off',
      'fuse EnableEmbeddedAsarIntegrityValidation is off, not on',
      'fuse OnlyLoadAppFromAsar is off, not on',
      'fuse GrantFileProtocolExtraPrivileges is on, not off',
    ]);
    await flipFuses(program, asMust);
    expect(await fuseFaults(program)).toEqual([]);
    await flipFuses(program, { ...asMust, [FuseV1Options.RunAsNode]: true });
    expect(await fuseFaults(program)).toEqual(['fuse RunAsNode is on, not off']);
  });
});

describe('what was packaged', () => {
  it('is found by its folders, and what is for this machine is known', async () => {
    const release = await temporaryFolder();
    for (const folder of [
      'linux-unpacked',
      'linux-arm64-unpacked',
      'win-unpacked',
      'mac-arm64/Riffle.app',
      'mac',
      '.cache',
    ]) {
      await mkdir(join(release, folder), { recursive: true });
    }
    const found = packagedPrograms(release);
    expect(found.map(({ name }) => name).toSorted()).toEqual([
      'linux-arm64-unpacked',
      'linux-unpacked',
      'mac-arm64',
      'win-unpacked',
    ]);
    const onMac = found.find(({ name }) => name === 'mac-arm64');
    expect(onMac?.resources).toBe(join(release, 'mac-arm64', 'Riffle.app', 'Contents', 'Resources'));
    expect(found.filter(({ runsHere }) => runsHere).length).toBeLessThanOrEqual(1);
  });
});

describe('what the environment adds to a package', () => {
  const APPLE = { APPLE_API_KEY: 'k', APPLE_API_KEY_ID: 'i', APPLE_API_ISSUER: 'u' };

  it('is nothing while it says nothing: no feed, no signature, nobody asked for their keychain', () => {
    for (const platform of ['win32', 'darwin', 'linux'] as const) {
      const { args, environment, notes } = packagingFor(platform, { PATH: '/bin', CSC_LINK: '' });
      expect(args.join(' ')).not.toMatch(/publish|notarize|azure|forceCodeSigning/);
      expect(notes[0]).toContain('does not update itself');
      expect(environment).toEqual(platform === 'linux' ? {} : { CSC_IDENTITY_AUTO_DISCOVERY: 'false' });
    }
    // A hardened runtime without a signer takes none of Electron's own libraries.
    expect(packagingFor('darwin', {}).args).toEqual(['-c.mac.hardenedRuntime=false', '-c.mac.identity=null']);
  });

  it('is a feed, when it has its address and its keys', () => {
    const feed = { RIFFLE_UPDATE_URL: 'https://cdn.example/riffle/', RIFFLE_UPDATE_KEYS: 'k' };
    expect(packagingFor('linux', feed).args).toEqual([
      '-c.publish.provider=generic',
      '-c.publish.url=https://cdn.example/riffle/',
      '-c.publish.useMultipleRangeRequest=false',
    ]);
    expect(() => packagingFor('linux', { RIFFLE_UPDATE_URL: feed.RIFFLE_UPDATE_URL })).toThrow(
      'RIFFLE_UPDATE_KEYS',
    );
  });

  it('is a signature where there is something to sign with', () => {
    const signed = packagingFor('darwin', { CSC_LINK: 'c', ...APPLE, RIFFLE_MUST_SIGN: '1' });
    expect(signed.args).toEqual(['-c.mac.notarize=true', '-c.forceCodeSigning=true']);
    expect(packagingFor('darwin', { CSC_NAME: 'Riffle' }).notes).toContain('signed, not notarised');
    expect(packagingFor('win32', { WIN_CSC_LINK: 'c' }).notes).toContain('signed with a certificate');
    const azure = {
      AZURE_TENANT_ID: 't',
      AZURE_CLIENT_ID: 'c',
      AZURE_CLIENT_SECRET: 'hidden',
      RIFFLE_AZURE_ENDPOINT: 'https://weu.codesigning.azure.net/',
      RIFFLE_AZURE_ACCOUNT: 'a',
      RIFFLE_AZURE_PROFILE: 'p',
      RIFFLE_AZURE_PUBLISHER: 'Riffle',
    };
    const { args } = packagingFor('win32', azure);
    expect(args).toContain('-c.win.azureSignOptions.endpoint=https://weu.codesigning.azure.net/');
    expect(args.join(' ')).not.toContain('hidden');
  });

  it.each([
    ['darwin', { RIFFLE_MUST_SIGN: '1' }, 'nothing to sign with'],
    ['win32', { RIFFLE_MUST_SIGN: '1' }, 'nothing to sign with'],
    [
      'darwin',
      { CSC_LINK: 'c', APPLE_API_KEY: 'k' },
      'Notarising needs APPLE_API_KEY_ID and APPLE_API_ISSUER',
    ],
    ['darwin', APPLE, 'only what is signed is notarised'],
    ['win32', { RIFFLE_AZURE_ENDPOINT: 'e' }, 'AZURE_TENANT_ID'],
  ] as const)('on %s with %o is an error: %s', (platform, environment, sentence) => {
    expect(() => packagingFor(platform, environment)).toThrow(sentence);
  });
});

describe('the feed that a packaged app is tried against', () => {
  it('gives what was published, whole and by one range, and nothing else of its folder', async () => {
    const folder = await temporaryFolder();
    const store = createFolderStore({ root: folder });
    await store.put('releases/feed/latest.yml', Buffer.from('version: 0.0.2'), { contentType: 'text/yaml' });
    await store.put('releases/claims/latest.json', Buffer.from('{}'), { contentType: 'application/json' });
    const port = await freePort();
    const feed = await serveFeed(folder, port);
    onTestFinished(() => feed.close());
    const ask = (path: string, range?: string) =>
      fetch(`http://127.0.0.1:${port}/${path}`, range === undefined ? {} : { headers: { range } });
    expect(await (await ask('latest.yml?noCache=1')).text()).toBe('version: 0.0.2');
    const part = await ask('latest.yml', 'bytes=9-');
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 9-13/14',
      '0.0.2',
    ]);
    for (const path of ['none.yml', '..%2fclaims%2flatest.json', 'claims/latest.json', '']) {
      expect((await ask(path)).status).toBe(404);
    }
  });
});
