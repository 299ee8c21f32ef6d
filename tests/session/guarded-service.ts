/** A small catalog service that takes the tokens of one issuer, over real HTTP. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { entitlementOf, type Tier } from '../../src/core/entitlement/entitlement.ts';
import { TIER_HEADER, type Me, type SignInOffer } from '../../src/contract/account-http.ts';
import { TEST_RESOURCE, type TestIssuer } from '../fakes/test-issuer.ts';
import { SERVICE_INFO } from '../host/service-stand-in.ts';

export interface GuardedService {
  readonly url: string;
  offer: SignInOffer | null;
  /** What listeners may do, by subject; free unless said otherwise. */
  readonly tiers: Map<string, Tier>;
  /** Subjects that are not let in. */
  readonly refused: Set<string>;
  /** Tokens that are not taken any more. */
  readonly refusedTokens: Set<string>;
  /** Answers 401 to whatever token is shown. */
  refusesAll: boolean;
  /** Answers 503 to everything that wants a token. */
  isBroken: boolean;
  /** Every token that was shown, oldest first. */
  readonly shown: readonly string[];
  close(): Promise<void>;
}

const problem = (outgoing: ServerResponse, status: number, code: string): void => {
  outgoing.writeHead(status, { 'content-type': 'application/problem+json' });
  outgoing.end(JSON.stringify({ type: 'about:blank', title: code, status, code }));
};

export const startGuardedService = async (
  issuer: Pick<TestIssuer, 'url' | 'keys' | 'offer'>,
): Promise<GuardedService> => {
  const keys = createLocalJWKSet({ keys: Array.from(issuer.keys.keys) });
  const shown: string[] = [];
  const service: Omit<GuardedService, 'url' | 'close'> & { offer: SignInOffer | null } = {
    offer: issuer.offer,
    tiers: new Map(),
    refused: new Set(),
    refusedTokens: new Set(),
    refusesAll: false,
    isBroken: false,
    shown,
  };

  const subjectOf = async (token: string): Promise<string | null> => {
    try {
      const { payload } = await jwtVerify(token, keys, { issuer: issuer.url, audience: TEST_RESOURCE });
      return payload.sub ?? null;
    } catch {
      return null;
    }
  };

  const server = createServer((incoming, outgoing) => {
    const answer = async (): Promise<void> => {
      if (incoming.url === '/v1/service') {
        outgoing.writeHead(200, { 'content-type': 'application/json' });
        outgoing.end(JSON.stringify({ ...SERVICE_INFO, signIn: service.offer }));
        return;
      }
      const token = incoming.headers.authorization?.replace('Bearer ', '') ?? '';
      shown.push(token);
      if (service.isBroken) {
        problem(outgoing, 503, 'not_ready');
        return;
      }
      const subject = service.refusesAll || service.refusedTokens.has(token) ? null : await subjectOf(token);
      if (subject === null) {
        problem(outgoing, 401, 'sign_in_required');
        return;
      }
      if (service.refused.has(subject)) {
        problem(outgoing, 403, 'forbidden');
        return;
      }
      const tier = service.tiers.get(subject) ?? 'free';
      const me: Me = {
        id: subject,
        name: subject,
        tier,
        roles: [],
        entitlement: entitlementOf(tier),
        upgradeUrl: null,
      };
      outgoing.writeHead(200, { 'content-type': 'application/json', [TIER_HEADER]: tier });
      outgoing.end(JSON.stringify(me));
    };
    void answer();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return Object.assign(service, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
};
