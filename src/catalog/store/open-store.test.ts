import { describe, expect, test } from 'vitest';
import { openStore } from './open-store.ts';

describe('Opening a store', () => {
  test('by a path opens a folder, by s3:// a bucket', () => {
    expect(openStore({ location: '/srv/music' }).description).toBe('folder /srv/music');
    expect(openStore({ location: 's3://music', region: 'eu-central-1' }).description).toBe('s3://music');
    expect(
      openStore({ location: 's3://music/my/Catalog/', endpoint: 'https://s3.example.com/' }).description,
    ).toBe('s3://music/my/Catalog at https://s3.example.com');
  });

  test.each([
    [{ location: '' }, /no store/],
    [{ location: '  ' }, /no store/],
    [{ location: 'https://music.example' }, /https:\/\/ is not a store/],
    [{ location: 'S3://music' }, /not a store/],
    [{ location: 's3://' }, /not a bucket/],
    [{ location: 's3://m' }, /not a bucket/],
    [{ location: 's3://music/../other' }, /not a bucket|\.\./],
    [{ location: 's3://music//a' }, /not a bucket/],
    [{ location: 's3://user@music' }, /not a bucket/],
    [{ location: '/srv/music', endpoint: 'https://s3.example.com' }, /no endpoint or region/],
    [{ location: '/srv/music', region: 'eu-central-1' }, /no endpoint or region/],
    [{ location: 's3://music', endpoint: 's3.example.com' }, /not an endpoint/],
    [{ location: 's3://music', endpoint: 'ftp://s3.example.com' }, /not an endpoint/],
    [{ location: 's3://music', endpoint: 'https://s3.example.com/bucket' }, /more than a host/],
  ])('by %j is refused with a hint', (location, message) => {
    expect(() => openStore(location)).toThrow(
      expect.objectContaining({
        name: 'StoreError',
        message: expect.stringMatching(message),
        hint: expect.stringMatching(/\.$/),
      }),
    );
  });

  test('by an endpoint with keys in it is refused without repeating them', () => {
    const open = () => openStore({ location: 's3://music', endpoint: 'https://key:hush@s3.example.com' });
    expect(open).toThrow(/user or password/);
    expect(open).not.toThrow(/hush/);
  });
});
