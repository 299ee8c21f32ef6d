import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionService } from '../../src/main/session/session-contract.ts';
import { accountOf } from '../../src/main/track-cache/audio-key.ts';
import { SERVICE_INFO, startServiceStandIn, type ServiceStandIn } from '../host/service-stand-in.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { openSession } from './open-session.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
);

/** A start waits for a service for two seconds, and goes on without it then. */
const isSignedIn = async (session: SessionService): Promise<void> => {
  await expect.poll(() => session.snapshot().session.state).toBe('signed_in');
};

describe('a service without sign-in', () => {
  let service: ServiceStandIn;
  beforeEach(async () => {
    service = await startServiceStandIn();
  });
  afterEach(() => service.close());

  it('is connected to when the app was started with it, under the folder it has always had', async () => {
    const { session, used, told } = await openSession({ offeredServiceUrl: service.url });

    await session.start();
    await isSignedIn(session);

    const id = accountOf(service.url, 'listener');
    expect(used).toEqual([id]);
    expect(session.snapshot().session).toMatchObject({
      state: 'signed_in',
      account: { id, serviceName: 'Probe', isPersonal: false, me: { tier: 'premium' } },
    });
    expect(told.at(-1)?.session.state).toBe('signed_in');
    const [account] = session.snapshot().accounts;
    if (account === undefined) throw new Error('an account is needed');
    expect(await session.tokens(account).access()).toBeNull();
  });

  it('is there again after a restart, without being asked first', async () => {
    const folder = await temporaryFolder();
    const first = await openSession({ folder, offeredServiceUrl: service.url });
    await first.session.start();
    await isSignedIn(first.session);
    await first.session.close();
    await service.close();

    const second = await openSession({ folder, offeredServiceUrl: service.url });
    await second.session.start();

    expect(second.used).toEqual([accountOf(service.url, 'listener')]);
    expect(second.session.snapshot().session.state).toBe('signed_in');
  });

  it('shows itself at its address as typed, with its picture', async () => {
    const { session } = await openSession();
    service.answer('/v1/service', { json: { ...SERVICE_INFO, hasPicture: true } });
    service.answer('/v1/service/picture', { body: PNG, headers: { 'content-type': 'text/html' } });

    const preview = await session.api.inspect({ address: `${new URL(service.url).host}/v1/albums` });

    expect(preview).toEqual({
      serviceUrl: service.url,
      name: 'Probe',
      picture: `data:image/png;base64,${PNG.toString('base64')}`,
      tracks: 1,
      signIn: 'none',
      demo: false,
    });
  });

  it.each([
    ['no picture', Buffer.from('<svg onload="alert(1)">')],
    ['one that is too large', Buffer.concat([PNG, Buffer.alloc(300_000)])],
  ])('shows itself without a picture when what it sends is %s', async (_what, body) => {
    const { session } = await openSession();
    service.answer('/v1/service', { json: { ...SERVICE_INFO, hasPicture: true } });
    service.answer('/v1/service/picture', { body });

    expect(await session.api.inspect({ address: service.url })).toMatchObject({ picture: null });
  });

  it('is connected to at once by whoever chooses it', async () => {
    const { session, used } = await openSession();
    await session.start();
    expect(session.snapshot().session.state).toBe('signed_out');

    const { session: now, signIn } = await session.api.signIn({ serviceUrl: service.url, via: 'browser' });

    expect(now.state).toBe('signed_in');
    expect(signIn).toEqual({ step: 'idle' });
    expect(used).toEqual([accountOf(service.url, 'listener')]);
  });

  it('asks for a sign-in once it wants one, and keeps everything meanwhile', async () => {
    service.answer('/v1/me', {
      status: 401,
      json: { type: 'about:blank', title: 'Who?', status: 401, code: 'sign_in_required' },
    });
    const { session, erased } = await openSession({ offeredServiceUrl: service.url });

    await session.start();

    await expect.poll(() => session.snapshot().session.state).toBe('sign_in_again');
    expect(erased).toEqual([]);
  });

  it('says what is the matter with an address', async () => {
    const { session } = await openSession();

    await expect(session.api.inspect({ address: 'not an address' })).rejects.toMatchObject({
      code: 'invalid_argument',
    });
    await service.close();
    await expect(session.api.inspect({ address: service.url })).rejects.toMatchObject({
      code: 'service_unreachable',
    });
  });

  it('that does not answer at the start leaves nobody waiting, and nobody signed in', async () => {
    await service.close();
    const { session, used } = await openSession({ offeredServiceUrl: service.url });

    await session.start();

    await expect
      .poll(() => session.snapshot())
      .toMatchObject({ session: { state: 'signed_out' }, offeredServiceUrl: service.url });
    expect(used).toEqual([]);
  });
});
