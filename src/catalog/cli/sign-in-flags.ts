/** The flags of `serve` that say who may listen. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { DEFAULT_AD_POLICY, type AdPolicy } from '../../core/entitlement/entitlement.ts';
import {
  claimMappingSchema,
  COGNITO_CLAIMS,
  OWN_CLAIMS,
  type ClaimMapping,
} from '../api/access/claim-mapping.ts';
import { isSafeIssuerAddress } from '../api/access/issuer-metadata.ts';
import type { SignInMode } from '../api/access/sign-in.ts';
import { isForThisMachineAlone, type Reach, type SignInChoices } from '../api/service-options.ts';
import { OptionError } from './command-failure.ts';

export interface SignInFlags {
  readonly signIn?: string;
  readonly demoListeners?: boolean;
  readonly accessTokenSeconds?: number;
  readonly clientId?: string;
  readonly audience?: string;
  readonly signInScope?: string;
  readonly signInResource?: string;
  readonly redirectUris?: readonly string[];
  readonly claims?: string;
  readonly clockTolerance?: number;
  readonly openToEveryone?: boolean;
  readonly adsAfterMinutes?: number;
  readonly adsMostSpots?: number;
}

type FlagName = keyof SignInFlags;

const OWN_FLAGS: readonly FlagName[] = ['demoListeners', 'accessTokenSeconds'];
const ISSUER_FLAGS: readonly FlagName[] = [
  'clientId',
  'audience',
  'signInScope',
  'signInResource',
  'redirectUris',
  'claims',
  'clockTolerance',
];

/** What the app comes back to: this computer, nobody else's. */
const REDIRECT_URI = /^http:\/\/(localhost|127\.0\.0\.1):\d{4,5}\/callback$/;

const wholeNumber =
  (least: number, most: number) =>
  (value: string): number => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };

const minutes = (value: string): number => {
  const number = Number(value);
  if (/^\d*\.?\d+$/.test(value) && number >= 0.01 && number <= 1440) return number;
  throw new InvalidArgumentError('It is a number of minutes from 0.01 to 1440.');
};

const redirectUriList = (value: string): readonly string[] => {
  const addresses = value.split(',');
  if (addresses.every((address) => REDIRECT_URI.test(address))) return addresses;
  throw new InvalidArgumentError('Each is like http://localhost:47321/callback, with a port of its own.');
};

export const addSignInFlags = (command: Command): Command =>
  command
    .option('--sign-in <issuer>', '"own": accounts in the store; or the address of an OpenID Connect issuer')
    .option('--open-to-everyone', 'without sign-in, let everybody listen who reaches the service')
    .option('--demo-listeners', 'with --sign-in own: two listeners that need no password, to try it out')
    .option('--access-token-seconds <n>', 'with --sign-in own: life of a token', wholeNumber(1, 3600))
    .option('--client-id <id>', 'of the app, with an issuer elsewhere; a public client, without a secret')
    .option('--audience <name>', "what the issuer's access tokens are for (aud); Amazon Cognito's have none")
    .option('--sign-in-scope <scope>', 'to ask the issuer for; default: openid offline_access')
    .option('--sign-in-resource <uri>', 'resource indicator to ask for (RFC 8707), where the issuer has them')
    .option('--redirect-uris <list>', 'as registered, for an issuer that compares ports', redirectUriList)
    .option('--claims <file>', 'JSON: which claims say tier, roles and name; or "cognito"')
    .option(
      '--clock-tolerance <seconds>',
      "by which the issuer's clock may differ; default: 60",
      wholeNumber(0, 600),
    )
    .option('--ads-after-minutes <n>', 'of music, free listeners hear ads; default: 10', minutes)
    .option('--ads-most-spots <n>', 'in one break; default: 2', wholeNumber(1, 10));

/** Who may listen, from flags that make sense together. Throws `OptionError`. */
export const signInChoices = async (flags: SignInFlags, reach: Reach): Promise<SignInChoices> => {
  const mode = await signInMode(flags);
  refuseOpenness(mode, flags, reach);
  return {
    mode,
    ads: adPolicy(flags),
    ...(flags.clockTolerance === undefined ? {} : { clockToleranceSeconds: flags.clockTolerance }),
  };
};

const signInMode = async (flags: SignInFlags): Promise<SignInMode> => {
  const { signIn, accessTokenSeconds } = flags;
  if (signIn === undefined) {
    refuse(
      flags,
      [...OWN_FLAGS, ...ISSUER_FLAGS],
      'nobody signs in',
      'Say --sign-in own, or --sign-in <issuer>.',
    );
    return { kind: 'none' };
  }
  if (flags.openToEveryone === true && flags.demoListeners !== true)
    throw new OptionError(
      '--open-to-everyone and --sign-in do not go together.',
      'Leave out one of them: who signs in is known by that.',
    );
  if (signIn === 'own') {
    refuse(flags, ISSUER_FLAGS, 'the issuer is our own', 'It is for --sign-in with an issuer elsewhere.');
    const demo = flags.demoListeners === true;
    return { kind: 'own', demo, ...(accessTokenSeconds === undefined ? {} : { accessTokenSeconds }) };
  }
  refuse(flags, OWN_FLAGS, 'the issuer is elsewhere', 'It is for --sign-in own.');
  return issuerElsewhere(signIn, flags);
};

const issuerElsewhere = async (issuer: string, flags: SignInFlags): Promise<SignInMode> => {
  const { clientId, audience, redirectUris, claims } = flags;
  if (!isSafeIssuerAddress(issuer))
    throw new OptionError(
      `--sign-in is neither "own" nor the https address of an issuer: ${issuer}`,
      'Write it as the issuer\'s metadata has it in "issuer", to the letter.',
    );
  if (clientId === undefined)
    throw new OptionError(
      'An issuer elsewhere needs --client-id.',
      'Register the app there as a public client with the redirect address http://127.0.0.1/callback.',
    );
  const isCognito = claims === 'cognito';
  if (audience === undefined && !isCognito)
    throw new OptionError(
      'It is not said what access tokens of that issuer are for.',
      'Say --audience with what stands in their "aud"; or --claims cognito, whose tokens have none.',
    );
  return {
    kind: 'issuer',
    issuer,
    clientId,
    audience: audience ?? null,
    // Amazon Cognito gives refresh tokens unasked, and refuses scopes that it does not know.
    scope: flags.signInScope ?? (isCognito ? 'openid' : 'openid offline_access'),
    resource: flags.signInResource ?? null,
    ...(redirectUris === undefined ? {} : { redirectUris }),
    claims: await claimMapping(claims),
  };
};

const claimMapping = async (claims: string | undefined): Promise<ClaimMapping> => {
  if (claims === undefined) return OWN_CLAIMS;
  if (claims === 'cognito') return COGNITO_CLAIMS;
  try {
    return claimMappingSchema.parse(JSON.parse(await readFile(claims, 'utf8')));
  } catch (error) {
    const what =
      error instanceof z.ZodError ? z.prettifyError(error).replaceAll(/\s*\n\s*/g, ' ') : String(error);
    throw new OptionError(
      `--claims cannot be read: ${what}`,
      'It looks like {"tier": {"claim": "groups", "premium": ["premium"]}}; see docs/operating-sign-in.md.',
      { cause: error },
    );
  }
};

const adPolicy = ({ adsAfterMinutes, adsMostSpots }: SignInFlags): AdPolicy => ({
  afterMusicMs:
    adsAfterMinutes === undefined ? DEFAULT_AD_POLICY.afterMusicMs : Math.round(adsAfterMinutes * 60_000),
  mostSpots: adsMostSpots ?? DEFAULT_AD_POLICY.mostSpots,
});

/** Music that everybody may hear who finds the address is something one has to say. */
const refuseOpenness = (mode: SignInMode, { openToEveryone }: SignInFlags, reach: Reach): void => {
  if (openToEveryone === true || isForThisMachineAlone(reach)) return;
  if (mode.kind === 'none')
    throw new OptionError(
      'Everybody who reaches this service could listen to all of it.',
      'Say --sign-in own (or an issuer), or --open-to-everyone if that is meant.',
    );
  if (mode.kind === 'own' && mode.demo)
    throw new OptionError(
      'Everybody who reaches this service could sign in as a demo listener.',
      'Leave out --demo-listeners, or say --open-to-everyone if that is meant.',
    );
};

const spelled = (name: FlagName): string =>
  `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const refuse = (flags: SignInFlags, names: readonly FlagName[], because: string, hint: string): void => {
  const given = names.find((name) => flags[name] !== undefined);
  if (given !== undefined) throw new OptionError(`${spelled(given)} means nothing where ${because}.`, hint);
};
