/** The issuer over a real S3 server, with two replicas that share nothing else. */
import { expect, onTestFinished, test } from 'vitest';
import { nameWith, acquireS3 } from '../s3-server/acquire-s3.ts';
import { openTestBucket } from '../contract/open-test-stores.ts';
import { appOf, createBrowser, pageOf } from './browser.ts';
import { openApp, openIssuer, refresh, signIn } from './open-issuer.ts';

const s3 = await acquireS3();

const story = 'a code works once, a lost renewal can be asked for again, a restart forgets nothing';

test.skipIf(!s3.ok)(`${nameWith('Two replicas over S3', s3)}: ${story}`, async () => {
  const bucket = await openTestBucket(s3);
  onTestFinished(() => bucket.close());
  const issuer = await openIssuer({ store: bucket.store });
  await issuer.addReplica({ store: bucket.open() });
  await issuer.addAccount('ada', 'correct horse');
  const app = await openApp(issuer);

  const browser = createBrowser();
  const attempt = await app.begin();
  const page = pageOf(await browser.open(attempt.address));
  const arrived = appOf(
    await browser.send(page, { choice: 'sign_in', login: 'ada', password: 'correct horse' }),
  );
  const exchanges = await Promise.allSettled([attempt.exchange(arrived), attempt.exchange(arrived)]);
  expect(exchanges.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);

  const { refresh_token: first = '' } = await signIn(app, 'ada', 'correct horse');
  // The answer to this one got lost.
  await refresh(app, first);
  const second = await refresh(app, first);
  expect(second).not.toBe('invalid_grant');
  await issuer.restart({ store: bucket.open() });
  const third = await refresh(app, second);
  expect(third).not.toBe('invalid_grant');
  // Whoever still has the first one is found out, and everybody is out.
  expect(await refresh(app, first)).toBe('invalid_grant');
  expect(await refresh(app, third)).toBe('invalid_grant');
});
