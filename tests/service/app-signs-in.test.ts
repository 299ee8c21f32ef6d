/** The app and a service with either kind of issuer, all of them the real ones but Amazon's: in, renewed, out. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COGNITO_CLAIMS } from '../../src/catalog/api/access/claim-mapping.ts';
import { meSchema } from '../../src/contract/account-http.ts';
import {
  bearing,
  openServiceHome,
  type RunningService,
  type ServiceHome,
} from '../builders/catalog-service.ts';
import { startCognitoLikeIssuer, type CognitoLikeIssuer } from '../fakes/cognito-like-issuer.ts';
import { appOf, createBrowser, pageOf } from '../identity/browser.ts';
import { findFreePorts } from '../s3-server/free-ports.ts';
import { openSession } from '../session/open-session.ts';
import { addressOf, signInAs } from '../session/sign-in-as.ts';

let home: ServiceHome;
let issuer: CognitoLikeIssuer;
/** Another may take one of them meanwhile. */
let redirectUris: readonly string[] = [];
beforeAll(async () => {
  home = await openServiceHome();
  redirectUris = (await findFreePorts(3)).map((port) => `http://localhost:${port}/callback`);
  issuer = await startCognitoLikeIssuer(redirectUris);
});
afterAll(async () => {
  await home.close();
  await issuer.close();
});

const nameOf = async (service: RunningService, token: string | null) =>
  meSchema.parse(await (await service.fetch('/v1/me', bearing(token ?? ''))).json()).name;

it('signs in with the accounts of a small installation, renews, and signs out', async () => {
  const service = await home.start({ signIn: { mode: { kind: 'own', demo: true } } });
  const { session } = await openSession({ offeredServiceUrl: service.url });
  await session.start();
  await expect.poll(() => session.snapshot().session.state).toBe('signed_out');

  const { signIn } = await session.api.signIn({ serviceUrl: service.url, via: 'browser' });
  const address = new URL(addressOf(signIn));
  const browser = createBrowser('en', address.searchParams.get('redirect_uri') ?? '');
  const page = pageOf(await browser.open(address));
  await fetch(appOf(await browser.send(page, { choice: 'demo_premium' })));
  const now = session.snapshot().session;
  if (now.state !== 'signed_in') throw new Error(`not signed in: ${now.state}`);
  expect(now.account).toMatchObject({
    serviceName: 'Test Records',
    isPersonal: true,
    me: { tier: 'premium' },
  });

  const tokens = session.tokens(now.account);
  const first = await tokens.access();
  const second = await tokens.renewAfter(first ?? '');
  expect(second).not.toBe(first);
  expect(await nameOf(service, second)).toBe('Premium listener');
  await session.api.signOut({ accountId: now.account.id });
  expect(session.snapshot().session.state).toBe('signed_out');
  await service.close();
});

it('signs in with an issuer like Amazon Cognito, at an address that was registered with it', async () => {
  issuer.user = { sub: 'sub-lene', username: 'lene', groups: ['premium'] };
  const service = await home.start({
    indexFolder: `${home.indexFolder}-elsewhere`,
    signIn: {
      mode: {
        kind: 'issuer',
        issuer: issuer.issuer,
        clientId: issuer.clientId,
        audience: null,
        scope: 'openid',
        resource: null,
        redirectUris,
        claims: COGNITO_CLAIMS,
      },
    },
  });
  const { session } = await openSession();
  await session.start();
  const account = await signInAs(session, service.url);
  expect(account.me).toMatchObject({ id: 'sub-lene', name: 'lene', tier: 'premium' });
  const tokens = session.tokens(account);
  const first = await tokens.access();
  const renewed = await tokens.renewAfter(first ?? '');
  expect(renewed).not.toBe(first);
  expect(await nameOf(service, renewed)).toBe('lene');
  await service.close();
});
