import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { folderError } from './folder-errors.ts';
import { s3Error } from './s3-errors.ts';

describe('What a file system says', () => {
  test.each([
    ['ENOSPC', 'full'],
    ['EDQUOT', 'full'],
    ['EACCES', 'denied'],
    ['EPERM', 'denied'],
    ['EROFS', 'denied'],
    ['ENOENT', 'unreachable'],
    ['EIO', 'unreachable'],
    ['EISDIR', 'invalid_key'],
  ])('%s is %s, with a hint', (code, expected) => {
    const error = folderError('folder /srv: writing a', Object.assign(new Error('as it is'), { code }));
    expect(error).toMatchObject({ code: expected, hint: expect.stringMatching(/[.?]$/) });
    expect(error.message).toBe('folder /srv: writing a: as it is');
  });
});

describe('What an S3 says', () => {
  const said = (name: string, httpStatusCode?: number, properties = {}) =>
    s3Error(
      's3://music: writing a',
      Object.assign(new Error('as it is'), { name, $metadata: { httpStatusCode } }, properties),
    );

  test.each([
    ['InvalidAccessKeyId', 403, 'denied', /AWS_ACCESS_KEY_ID/],
    ['SignatureDoesNotMatch', 403, 'denied', /keys/],
    ['AccessDenied', 403, 'denied', /rights|may not/],
    ['ExpiredToken', 400, 'denied', /expired/],
    ['RequestTimeTooSkewed', 403, 'denied', /clock/],
    ['CredentialsProviderError', undefined, 'denied', /No credentials/],
    ['NoSuchBucket', 404, 'unreachable', /no such bucket/],
    ['PermanentRedirect', 301, 'unreachable', /region/],
    ['QuotaExceeded', 403, 'full', /quota/],
    ['XAmzContentSHA256Mismatch', 400, 'corrupt', /try again/],
    ['SlowDown', 503, 'unreachable', /later/],
    ['Unheard', 403, 'denied', /keys/],
    ['Unheard', 507, 'full', /quota/],
    ['TimeoutError', undefined, 'unreachable', /too long/],
  ])('%s (%s) is %s', (name, status, code, hint) => {
    expect(said(name, status)).toMatchObject({ code, hint: expect.stringMatching(hint) });
  });

  test.each(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'ECONNRESET'])('%s is unreachable', (code) => {
    expect(said('Error', undefined, { code })).toMatchObject({ code: 'unreachable' });
  });

  test('keeps nothing of the request in the error', () => {
    const error = said('SignatureDoesNotMatch', 403, {
      AWSAccessKeyId: 'AKIAHUSH',
      StringToSign: 'hush',
      $response: { headers: { authorization: 'hush' } },
    });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/hush/i);
  });
});
