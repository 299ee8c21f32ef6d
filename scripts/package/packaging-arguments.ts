/**
 * What the environment adds to `electron-builder.yml`, as arguments of electron-builder. Nothing is signed, notarised or given a feed
 * unless the environment says so, whole; half of what something needs is an error, not a package without it.
 */
type Environment = Readonly<Record<string, string | undefined>>;

export class PackagingProblem extends Error {
  override readonly name = 'PackagingProblem';
}

export interface Packaging {
  readonly args: readonly string[];
  /** Added to the environment of electron-builder. */
  readonly environment: Readonly<Record<string, string>>;
  /** For people: what this package has and has not. */
  readonly notes: readonly string[];
}

const NOTHING: Packaging = { args: [], environment: {}, notes: [] };

const isSet = (environment: Environment, name: string): boolean => (environment[name] ?? '') !== '';

/** Whether all of them are set; throws when only some are. */
const allOrNone = (environment: Environment, names: readonly string[], what: string): boolean => {
  const missing = names.filter((name) => !isSet(environment, name));
  if (missing.length > 0 && missing.length < names.length) {
    throw new PackagingProblem(`${what} needs ${missing.join(' and ')} too.`);
  }
  return missing.length === 0;
};

const feed = (environment: Environment): Packaging => {
  if (!allOrNone(environment, ['RIFFLE_UPDATE_URL', 'RIFFLE_UPDATE_KEYS'], 'A feed of updates')) {
    return { ...NOTHING, notes: ['no feed of updates: this app does not update itself'] };
  }
  const url = environment['RIFFLE_UPDATE_URL'] ?? '';
  return {
    ...NOTHING,
    args: [
      '-c.publish.provider=generic',
      `-c.publish.url=${url}`,
      // An edge answers several ranges at once with the whole file.
      '-c.publish.useMultipleRangeRequest=false',
    ],
    notes: [`updates from ${url}`],
  };
};

const homepage = (environment: Environment): Packaging =>
  isSet(environment, 'RIFFLE_HOMEPAGE')
    ? { ...NOTHING, args: [`-c.extraMetadata.homepage=${environment['RIFFLE_HOMEPAGE']}`] }
    : NOTHING;

const AZURE = [
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'RIFFLE_AZURE_ENDPOINT',
  'RIFFLE_AZURE_ACCOUNT',
  'RIFFLE_AZURE_PROFILE',
  'RIFFLE_AZURE_PUBLISHER',
];

const windowsSigning = (environment: Environment): Packaging | null => {
  if (isSet(environment, 'RIFFLE_AZURE_ENDPOINT') && allOrNone(environment, AZURE, 'Signing with Azure')) {
    return {
      ...NOTHING,
      args: [
        `-c.win.azureSignOptions.endpoint=${environment['RIFFLE_AZURE_ENDPOINT']}`,
        `-c.win.azureSignOptions.codeSigningAccountName=${environment['RIFFLE_AZURE_ACCOUNT']}`,
        `-c.win.azureSignOptions.certificateProfileName=${environment['RIFFLE_AZURE_PROFILE']}`,
        `-c.win.azureSignOptions.publisherName=${environment['RIFFLE_AZURE_PUBLISHER']}`,
      ],
      notes: ['signed with Azure'],
    };
  }
  const hasCertificate = isSet(environment, 'WIN_CSC_LINK') || isSet(environment, 'CSC_LINK');
  return hasCertificate ? { ...NOTHING, notes: ['signed with a certificate'] } : null;
};

const APPLE = ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'];

const macSigning = (environment: Environment): Packaging | null => {
  const notarises = allOrNone(environment, APPLE, 'Notarising');
  if (!isSet(environment, 'CSC_LINK') && !isSet(environment, 'CSC_NAME')) {
    if (notarises)
      throw new PackagingProblem('Notarising needs CSC_LINK or CSC_NAME: only what is signed is notarised.');
    return null;
  }
  return {
    ...NOTHING,
    args: [`-c.mac.notarize=${notarises}`],
    notes: [notarises ? 'signed and notarised' : 'signed, not notarised'],
  };
};

const signing = (platform: NodeJS.Platform, environment: Environment): Packaging | null => {
  if (platform === 'win32') return windowsSigning(environment);
  if (platform === 'darwin') return macSigning(environment);
  return { ...NOTHING, notes: ['packages for Linux are not signed: the manifest of the updates is'] };
};

const unsigned = (platform: NodeJS.Platform, environment: Environment): Packaging => {
  if (isSet(environment, 'RIFFLE_MUST_SIGN')) {
    throw new PackagingProblem('RIFFLE_MUST_SIGN is set, and nothing to sign with is.');
  }
  return {
    // The hardened runtime takes only libraries of the same signer, and nobody signs.
    args: platform === 'darwin' ? ['-c.mac.hardenedRuntime=false', '-c.mac.identity=null'] : [],
    // Nobody is asked for their keychain.
    environment: { CSC_IDENTITY_AUTO_DISCOVERY: 'false' },
    notes: ['not signed'],
  };
};

/** Throws a `PackagingProblem` with a sentence for whoever packages. */
export const packagingFor = (platform: NodeJS.Platform, environment: Environment): Packaging => {
  const signed = signing(platform, environment);
  const parts = [feed(environment), homepage(environment), signed ?? unsigned(platform, environment)];
  const must = signed !== null && platform !== 'linux' && isSet(environment, 'RIFFLE_MUST_SIGN');
  return {
    args: [...parts.flatMap(({ args }) => args), ...(must ? ['-c.forceCodeSigning=true'] : [])],
    environment: Object.assign({}, ...parts.map(({ environment: added }) => added)) as Record<string, string>,
    notes: parts.flatMap(({ notes }) => notes),
  };
};
