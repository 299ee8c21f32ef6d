/**
 * An issuer with the ways of Amazon Cognito: access tokens without `aud`, but with `client_id`, `token_use` and
 * `cognito:groups`; RS256 keys at `<issuer>/.well-known/jwks.json`; redirect addresses compared to the letter, port and all; no
 * `iss` in the answer; refresh tokens that stay the same. Who is set in `user` says yes to every sign-in.
 */
import { createHash, hash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';

export interface CognitoUser {
  readonly sub: string;
  readonly username: string;
  readonly groups: readonly string[];
}

export interface CognitoKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export interface CognitoLikeIssuer {
  readonly issuer: string;
  readonly clientId: string;
  /** Who signs in. */
  user: CognitoUser;
  /** Connections are cut. */
  isAway: boolean;
  /** The issuer's clock beside this machine's. */
  clockOffsetSeconds: number;
  /** What was asked, as `GET /eu-central-1_Riffle/.well-known/jwks.json`. */
  readonly asked: string[];
  /** What its access token for the user would say now. */
  accessClaims(user?: CognitoUser): JWTPayload;
  idClaims(nonce?: string, user?: CognitoUser): JWTPayload;
  /** Signed with the current key. */
  sign(claims: JWTPayload, header?: Readonly<Record<string, unknown>>): Promise<string>;
  /** The key that signs; the one before stays published. */
  readonly key: CognitoKey;
  rotateKey(): Promise<void>;
  close(): Promise<void>;
}

const POOL = '/eu-central-1_Riffle';
const TOKEN_SECONDS = 3600;

const createKey = async (): Promise<CognitoKey> => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomUUID();
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
};

export const startCognitoLikeIssuer = async (
  redirectUris: readonly string[] = ['http://localhost:47321/callback'],
): Promise<CognitoLikeIssuer> => {
  const clientId = '4t1qriffledesktop';
  const keys: CognitoKey[] = [await createKey()];
  const asked: string[] = [];
  const codes = new Map<string, { readonly user: CognitoUser; readonly query: URLSearchParams }>();
  const refreshTokens = new Map<string, CognitoUser>();

  const current = (): CognitoKey => {
    const [key] = keys;
    if (key === undefined) throw new Error('an issuer without a key');
    return key;
  };
  const nowSeconds = (): number => Math.floor(Date.now() / 1000) + fake.clockOffsetSeconds;
  const common = ({ sub, username, groups }: CognitoUser) => ({
    sub,
    iss: fake.issuer,
    'cognito:groups': groups,
    auth_time: nowSeconds(),
    iat: nowSeconds(),
    exp: nowSeconds() + TOKEN_SECONDS,
    jti: randomUUID(),
    origin_jti: randomUUID(),
    username,
  });

  const metadata = (origin: string) => ({
    issuer: fake.issuer,
    jwks_uri: `${fake.issuer}/.well-known/jwks.json`,
    authorization_endpoint: `${origin}/oauth2/authorize`,
    token_endpoint: `${origin}/oauth2/token`,
    revocation_endpoint: `${origin}/oauth2/revoke`,
    response_types_supported: ['code', 'token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  });

  /** Where the browser goes next; null for a request that gets a page of its own. */
  const authorize = (query: URLSearchParams): string | null => {
    const redirect = query.get('redirect_uri') ?? '';
    if (query.get('client_id') !== clientId || !redirectUris.includes(redirect)) return null;
    const back = new URL(redirect);
    const state = query.get('state');
    if (state !== null) back.searchParams.set('state', state);
    const unknownScope = (query.get('scope') ?? '')
      .split(' ')
      .some((one) => !/^(openid|email|phone|profile)$/.test(one));
    if (query.get('response_type') !== 'code' || unknownScope) {
      back.searchParams.set('error', unknownScope ? 'invalid_scope' : 'invalid_request');
      return back.href;
    }
    const code = randomUUID();
    codes.set(code, { user: fake.user, query });
    back.searchParams.set('code', code);
    return back.href;
  };

  const tokensFor = async (user: CognitoUser, nonce: string | null) => ({
    access_token: await fake.sign(fake.accessClaims(user)),
    id_token: await fake.sign(fake.idClaims(nonce ?? undefined, user)),
    expires_in: TOKEN_SECONDS,
    token_type: 'Bearer',
  });

  const exchange = async (form: URLSearchParams): Promise<object | null> => {
    if (form.get('client_id') !== clientId) return null;
    if (form.get('grant_type') === 'refresh_token') {
      const user = refreshTokens.get(form.get('refresh_token') ?? '');
      return user === undefined ? null : tokensFor(user, null);
    }
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (code === undefined || code.query.get('redirect_uri') !== form.get('redirect_uri')) return null;
    if (code.query.get('code_challenge') !== challenge) return null;
    const refreshToken = randomUUID();
    refreshTokens.set(refreshToken, code.user);
    return { ...(await tokensFor(code.user, code.query.get('nonce'))), refresh_token: refreshToken };
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (fake.isAway) return void request.socket.destroy();
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
    asked.push(`${request.method ?? ''} ${url.pathname}`);
    const json = (body: unknown, status = 200): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    switch (`${request.method ?? ''} ${url.pathname}`) {
      case `GET ${POOL}/.well-known/openid-configuration`:
        return json(metadata(url.origin));
      case `GET ${POOL}/.well-known/jwks.json`:
        return json({ keys: keys.map(({ publicJwk }) => publicJwk) });
      case 'GET /oauth2/authorize': {
        const location = authorize(url.searchParams);
        return void (location === null
          ? response.writeHead(400).end('redirect_mismatch')
          : response.writeHead(302, { location }).end());
      }
      case 'POST /oauth2/token': {
        const tokens = await exchange(new URLSearchParams(await text(request)));
        return tokens === null ? json({ error: 'invalid_grant' }, 400) : json(tokens);
      }
      case 'POST /oauth2/revoke':
        refreshTokens.delete(new URLSearchParams(await text(request)).get('token') ?? '');
        return void response.writeHead(200).end();
      default:
        return void response.writeHead(404).end();
    }
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const fake: CognitoLikeIssuer = {
    issuer: `http://127.0.0.1:${port}${POOL}`,
    clientId,
    user: { sub: randomUUID(), username: 'lene', groups: [] },
    isAway: false,
    clockOffsetSeconds: 0,
    asked,
    accessClaims: (user = fake.user) => ({
      ...common(user),
      client_id: clientId,
      token_use: 'access',
      scope: 'openid',
      version: 2,
    }),
    idClaims: (nonce, user = fake.user) => {
      const { username, ...claims } = common(user);
      const atHash = hash('sha256', 'an access token', 'base64url').slice(0, 22);
      const asked = nonce === undefined ? {} : { nonce };
      return {
        ...claims,
        ...asked,
        aud: clientId,
        token_use: 'id',
        at_hash: atHash,
        'cognito:username': username,
      };
    },
    sign: (claims, header = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: current().kid, ...header })
        .sign(current().privateKey),
    get key() {
      return current();
    },
    rotateKey: async () => {
      keys.unshift(await createKey());
      keys.splice(2);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
};
