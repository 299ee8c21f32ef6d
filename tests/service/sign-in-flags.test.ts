/** What an operator says with `serve` about who may listen, and what makes no sense. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { COGNITO_CLAIMS, OWN_CLAIMS } from '../../src/catalog/api/access/claim-mapping.ts';
import type { Reach } from '../../src/catalog/api/service-options.ts';
import { OptionError } from '../../src/catalog/cli/command-failure.ts';
import { readPicture } from '../../src/catalog/cli/picture-file.ts';
import { addSignInFlags, signInChoices, type SignInFlags } from '../../src/catalog/cli/sign-in-flags.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';

const HERE: Reach = { host: '127.0.0.1' };
const EVERYWHERE: Reach = { host: '0.0.0.0', publicUrl: 'https://music.example' };
const ISSUER = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Riffle';
const REDIRECTS = 'http://localhost:47321/callback,http://localhost:47322/callback';
const ELSEWHERE = ['--sign-in', ISSUER, '--client-id', 'riffle'];

const choicesOf = (flags: readonly string[], reach = HERE) => {
  const command = addSignInFlags(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  command.parse(flags, { from: 'user' });
  return signInChoices(command.opts<SignInFlags>(), reach);
};

describe('who may listen', () => {
  it('is everybody on this machine, when nothing is said', async () => {
    expect(await choicesOf([])).toEqual({
      mode: { kind: 'none' },
      ads: { afterMusicMs: 600_000, mostSpots: 2 },
    });
  });

  it('is who has an account here', async () => {
    const flags = ['--sign-in', 'own', '--access-token-seconds', '5', '--ads-after-minutes', '.5'];
    expect(await choicesOf([...flags, '--ads-most-spots', '1'], EVERYWHERE)).toEqual({
      mode: { kind: 'own', demo: false, accessTokenSeconds: 5 },
      ads: { afterMusicMs: 30_000, mostSpots: 1 },
    });
  });

  it('is who has one with Amazon Cognito', async () => {
    const flags = [...ELSEWHERE, '--claims', 'cognito', '--redirect-uris', REDIRECTS];
    expect((await choicesOf(flags, EVERYWHERE)).mode).toEqual({
      kind: 'issuer',
      issuer: ISSUER,
      clientId: 'riffle',
      audience: null,
      scope: 'openid',
      resource: null,
      redirectUris: REDIRECTS.split(','),
      claims: COGNITO_CLAIMS,
    });
  });

  it('is who has one anywhere, by the claims that a file names', async () => {
    const file = join(await temporaryFolder(), 'claims.json');
    await writeFile(file, '{"tier": {"claim": "plan", "premium": ["gold"]}}');
    const flags = [...ELSEWHERE, '--audience', 'urn:music', '--sign-in-scope', 'openid music'];
    const named = await choicesOf([...flags, '--claims', file, '--clock-tolerance', '300'], EVERYWHERE);
    expect(named).toMatchObject({
      clockToleranceSeconds: 300,
      mode: {
        audience: 'urn:music',
        scope: 'openid music',
        claims: { tier: { claim: 'plan', premium: ['gold'] }, roles: null, name: null },
      },
    });
    expect((await choicesOf(flags)).mode).toMatchObject({ claims: OWN_CLAIMS });
  });

  it.each<readonly [readonly string[], Reach, RegExp]>([
    [[], EVERYWHERE, /Everybody who reaches/],
    [[], { host: '127.0.0.1', publicUrl: 'https://music.example' }, /Everybody who reaches/],
    [[], { host: '192.168.0.2' }, /Everybody who reaches/],
    [['--sign-in', 'own', '--demo-listeners'], EVERYWHERE, /demo listener/],
    [['--sign-in', 'own', '--open-to-everyone'], HERE, /do not go together/],
    [['--demo-listeners'], HERE, /--demo-listeners means nothing/],
    [['--client-id', 'x'], HERE, /--client-id means nothing/],
    [['--sign-in', 'own', '--audience', 'x'], HERE, /--audience means nothing/],
    [[...ELSEWHERE, '--audience', 'x', '--access-token-seconds', '9'], HERE, /--access-token-seconds means/],
    [['--sign-in', 'http://issuer.example', '--client-id', 'x', '--audience', 'x'], HERE, /https address/],
    [['--sign-in', 'issuer.example', '--client-id', 'x', '--audience', 'x'], HERE, /https address/],
    [['--sign-in', ISSUER, '--audience', 'x'], HERE, /needs --client-id/],
    [ELSEWHERE, HERE, /what access tokens of that issuer are for/],
    [[...ELSEWHERE, '--audience', 'x', '--claims', '/no/such/file'], HERE, /--claims cannot be read/],
  ])('is not to be told from %j', async (flags, reach, message) => {
    const failed = await choicesOf(flags, reach).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(OptionError);
    expect((failed as OptionError).message).toMatch(message);
  });

  it('is everybody everywhere, where that is said', async () => {
    expect((await choicesOf(['--open-to-everyone'], EVERYWHERE)).mode).toEqual({ kind: 'none' });
    const demo = ['--sign-in', 'own', '--demo-listeners', '--open-to-everyone'];
    expect((await choicesOf(demo, EVERYWHERE)).mode).toMatchObject({ kind: 'own', demo: true });
  });

  it.each([
    ['--ads-after-minutes', '0'],
    ['--ads-after-minutes', 'soon'],
    ['--ads-most-spots', '0.5'],
    ['--redirect-uris', 'https://music.example/callback'],
    ['--redirect-uris', 'http://localhost/callback'],
    ['--clock-tolerance', '-1'],
    ['--access-token-seconds', '0'],
  ])('%s %s is no such number', async (flag, value) => {
    await expect(async () => choicesOf([flag, value])).rejects.toThrow('is invalid');
  });
});

describe('a claim mapping that is wrong', () => {
  it.each([
    '{',
    '{}',
    '{"tier": {"claim": "plan"}}',
    '{"tier": {"claim": "plan", "premium": "gold"}}',
    '{"tier": {"claim": "plan", "premium": ["gold"]}, "role": {}}',
  ])('%s is refused with what is wrong', async (json) => {
    const file = join(await temporaryFolder(), 'claims.json');
    await writeFile(file, json);
    const failed = await choicesOf([...ELSEWHERE, '--audience', 'x', '--claims', file]).catch(String);
    expect(failed).toMatch(/--claims cannot be read: .{10}/);
    expect(failed).not.toContain('\n');
  });
});

describe('a picture', () => {
  it.each([
    ['image/png', '89504e470d0a1a0a00'],
    ['image/jpeg', 'ffd8ffe000'],
    ['image/webp', '524946460000000057454250'],
  ])('is taken as %s by what is in it, whatever its name', async (contentType, hex) => {
    const file = join(await temporaryFolder(), 'picture.txt');
    await writeFile(file, Buffer.from(hex, 'hex'));
    expect(await readPicture(file)).toEqual({ contentType, bytes: Buffer.from(hex, 'hex') });
  });

  it('is not what is something else, too large, or not there', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'page.png'), '<svg onload="">');
    await writeFile(join(folder, 'large.png'), Buffer.alloc(256 * 1024 + 1));
    for (const name of ['page.png', 'large.png', 'nothing.png'])
      await expect(readPicture(join(folder, name))).rejects.toBeInstanceOf(OptionError);
  });
});
