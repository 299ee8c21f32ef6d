/** A real OpenID provider (oidc-provider) that signs people in without asking, and can be told to misbehave. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { exportJWK, generateKeyPair, importJWK, SignJWT, decodeJwt, type JWK, type JWTPayload } from 'jose';
import OidcProvider, { type Adapter, type AdapterPayload } from 'oidc-provider';

export const TEST_RESOURCE = 'urn:riffle:catalog';
export const TEST_CLIENT = 'riffle-test';

/** What becomes of the next request to a path; the issuer carries out `cut`, and only its answer is lost. A promise: until then. */
export type Mishap = 'cut' | 'silent' | 'hang_up' | number | Promise<void>;

export interface TestIssuer {
  readonly url: string;
  readonly keys: { readonly keys: readonly JWK[] };
  readonly offer: {
    readonly issuer: string;
    readonly clientId: string;
    readonly scope: string;
    readonly resource: string | null;
    readonly demo: boolean;
  };
  /** Who says yes in the browser; null: they decline. */
  listener: string | null;
  /** Seconds that access tokens live. */
  accessSeconds: number;
  /** A used refresh token gives tokens again, as with an issuer that forgives lost answers. */
  isForgiving: boolean;
  /** Like Amazon Cognito: the refresh token stays the same. */
  rotates: boolean;
  /** The issuer's clock beside ours, as far as id tokens tell. */
  clockOffsetSeconds: number;
  isDown: boolean;
  /** Whether it has device authorization. */
  hasDevices: boolean;
  /** Whether it promises to say who it is when it sends the browser back (RFC 9207). */
  saysIssuer: boolean;
  /** Changes what the token endpoint gives. */
  editIdToken: ((claims: JWTPayload) => JWTPayload) | null;
  signsWithStrangeKey: boolean;
  /** Changes what the token endpoint is asked. */
  editTokenRequest: ((parameters: URLSearchParams) => void) | null;
  /** What was asked for, as `POST /token`, with its parameters. */
  readonly asked: readonly { readonly what: string; readonly parameters: URLSearchParams }[];
  /** How often the token endpoint was asked with this grant. */
  grants(type: 'authorization_code' | 'refresh_token'): number;
  /** One for each of the next requests to this path. */
  mishaps(path: string, ...mishaps: readonly Mishap[]): void;
  /** Somebody types the code in elsewhere, and says yes. */
  approveDevice(userCode: string): Promise<void>;
  /** Knows this refresh token no more. */
  forget(refreshToken: string): void;
  /** Takes every sign-in back. */
  revokeAll(): void;
  close(): Promise<void>;
}

const EDITED = new Set(['/token', '/device/auth', '/.well-known/openid-configuration']);

type Stored = Map<string, AdapterPayload>;

const adapterOn =
  (objects: Stored, isForgiving: () => boolean) =>
  (model: string): Adapter => {
    const key = (id: string): string => `${model}:${id}`;
    const findBy = (field: 'uid' | 'userCode', value: string): AdapterPayload | undefined =>
      Array.from(objects).find(
        ([name, object]) => name.startsWith(`${model}:`) && object[field] === value,
      )?.[1];
    return {
      upsert: async (id, payload) => void objects.set(key(id), payload),
      find: async (id) => objects.get(key(id)),
      findByUid: async (uid) => findBy('uid', uid),
      findByUserCode: async (userCode) => findBy('userCode', userCode),
      destroy: async (id) => void objects.delete(key(id)),
      consume: async (id) => {
        if (model === 'RefreshToken' && isForgiving()) return;
        const object = objects.get(key(id));
        if (object !== undefined)
          objects.set(key(id), { ...object, consumed: Math.floor(Date.now() / 1_000) });
      },
      revokeByGrantId: async (grantId) => {
        for (const [name, object] of objects) if (object.grantId === grantId) objects.delete(name);
      },
    };
  };

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
};

/** The request once more, as if its body had not been read, with this one. */
const replayed = (request: IncomingMessage, body: string): IncomingMessage => {
  const { method, url, headers, socket } = request;
  const again = Readable.from([Buffer.from(body)], { objectMode: false });
  const length = String(Buffer.byteLength(body));
  return Object.assign(again, {
    method,
    url,
    socket,
    headers: { ...headers, 'content-length': length },
  }) as unknown as IncomingMessage;
};

/** Gathers an answer instead of sending it. */
const gather = (response: ServerResponse, whenWhole: (body: Buffer) => void): void => {
  const chunks: Buffer[] = [];
  const take = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
  };
  response.write = ((chunk: unknown) => {
    take(chunk);
    return true;
  }) as typeof response.write;
  const send = response.end.bind(response);
  response.end = ((chunk: unknown) => {
    take(chunk);
    response.end = send;
    whenWhole(Buffer.concat(chunks));
    return response;
  }) as typeof response.end;
};

export const startTestIssuer = async (): Promise<TestIssuer> => {
  const [own, strange] = await Promise.all([
    generateKeyPair('ES256', { extractable: true }),
    generateKeyPair('ES256', { extractable: true }),
  ]);
  const kid = 'test';
  const privateKey = { ...(await exportJWK(own.privateKey)), kid, alg: 'ES256', use: 'sig' };
  const publicKey = { ...(await exportJWK(own.publicKey)), kid, alg: 'ES256', use: 'sig' };

  const objects: Stored = new Map();
  const asked: { what: string; parameters: URLSearchParams }[] = [];
  const mishaps = new Map<string, Mishap[]>();
  let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;

  const server = createServer((request, response) => {
    void handle(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const issuer: TestIssuer = {
    url,
    keys: { keys: [publicKey] },
    offer: {
      issuer: url,
      clientId: TEST_CLIENT,
      scope: 'openid offline_access',
      resource: TEST_RESOURCE,
      demo: false,
    },
    listener: 'ada',
    accessSeconds: 600,
    isForgiving: false,
    rotates: true,
    clockOffsetSeconds: 0,
    isDown: false,
    hasDevices: true,
    saysIssuer: true,
    editIdToken: null,
    signsWithStrangeKey: false,
    editTokenRequest: null,
    asked,
    grants: (type) => asked.filter(({ parameters }) => parameters.get('grant_type') === type).length,
    mishaps: (path, ...next) => void mishaps.set(path, [...next]),
    approveDevice: async (userCode) => {
      const device = await provider.DeviceCode.findByUserCode(userCode.replace('-', ''));
      if (device === undefined || issuer.listener === null) throw new Error('nobody waits with this code');
      const grant = new provider.Grant({ accountId: issuer.listener, clientId: TEST_CLIENT });
      grant.addOIDCScope(issuer.offer.scope);
      Object.assign(device, {
        accountId: issuer.listener,
        grantId: await grant.save(),
        scope: issuer.offer.scope,
        resource: TEST_RESOURCE,
        authTime: Math.floor(Date.now() / 1_000),
      });
      await device.save();
    },
    forget: (refreshToken) => void objects.delete(`RefreshToken:${refreshToken}`),
    revokeAll: () => objects.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  const provider = new OidcProvider(url, {
    adapter: adapterOn(objects, () => issuer.isForgiving),
    clients: [
      {
        client_id: TEST_CLIENT,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['http://127.0.0.1/callback', 'http://localhost/callback'],
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    jwks: { keys: [privateKey] },
    cookies: { keys: ['a key for tests'] },
    rotateRefreshToken: () => issuer.rotates,
    issueRefreshToken: () => true,
    expiresWithSession: () => false,
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    renderError: (ctx, { error, error_description: description }) => {
      ctx.body = `${error}: ${description}`;
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      deviceFlow: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => TEST_RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience: TEST_RESOURCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: issuer.accessSeconds,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 3_600,
      IdToken: 300,
      Interaction: 600,
      Session: 600,
      RefreshToken: 3_600,
      DeviceCode: 600,
    },
  });
  provider.silent = true;
  answer = provider.callback();

  /** The person in the browser, who does not think twice. */
  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { params } = await provider.interactionDetails(request, response);
    if (issuer.listener === null) {
      await provider.interactionFinished(request, response, { error: 'access_denied' });
      return;
    }
    const grant = new provider.Grant({ accountId: issuer.listener, clientId: TEST_CLIENT });
    grant.addOIDCScope(String(params['scope']));
    await provider.interactionFinished(request, response, {
      login: { accountId: issuer.listener },
      consent: { grantId: await grant.save() },
    });
  };

  const signed = async (claims: JWTPayload): Promise<string> => {
    const key = issuer.signsWithStrangeKey ? strange.privateKey : await importJWK(privateKey, 'ES256');
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid }).sign(key);
  };

  const edited = async (body: Buffer): Promise<Buffer> => {
    const { clockOffsetSeconds: offset, editIdToken, signsWithStrangeKey, hasDevices, saysIssuer } = issuer;
    const json = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    if (!hasDevices) delete json['device_authorization_endpoint'];
    if (!saysIssuer) delete json['authorization_response_iss_parameter_supported'];
    if (typeof json['token_endpoint'] === 'string') return Buffer.from(JSON.stringify(json));
    if (typeof json['device_code'] === 'string')
      return Buffer.from(JSON.stringify({ ...json, interval: 0.03 }));
    const idToken = json['id_token'];
    if (typeof idToken !== 'string') return body;
    if (offset === 0 && editIdToken === null && !signsWithStrangeKey) return body;
    const claims = decodeJwt(idToken);
    const moved = { ...claims, iat: (claims.iat ?? 0) + offset, exp: (claims.exp ?? 0) + offset };
    return Buffer.from(JSON.stringify({ ...json, id_token: await signed(editIdToken?.(moved) ?? moved) }));
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', url);
    let asking = request;
    let parameters = new URL(request.url ?? '/', url).searchParams;
    if (request.method === 'POST') {
      parameters = new URLSearchParams(await bodyOf(request));
      if (pathname === '/token') issuer.editTokenRequest?.(parameters);
      asking = replayed(request, parameters.toString());
    }
    asked.push({ what: `${request.method} ${pathname}`, parameters });
    const mishap = issuer.isDown ? 'hang_up' : mishaps.get(pathname)?.shift();
    if (mishap === 'silent') return;
    if (mishap === 'hang_up') {
      response.destroy();
      return;
    }
    if (mishap instanceof Promise) await mishap;
    if (typeof mishap === 'number') {
      response.writeHead(mishap).end();
      return;
    }
    if (pathname.startsWith('/interaction/')) {
      await interact(request, response);
      return;
    }
    if (EDITED.has(pathname)) {
      gather(response, (body) => {
        if (mishap === 'cut') {
          response.destroy();
          return;
        }
        void edited(body).then((changed) => {
          response.setHeader('content-length', changed.byteLength);
          response.end(changed);
        });
      });
    }
    answer(asking, response);
  };

  return issuer;
};
