import { createFolderStore, type FolderStoreOptions } from './folder-store.ts';
import { StoreError, type ObjectStore } from './object-store.ts';
import { createS3Store } from './s3-store.ts';

export interface StoreLocation {
  /** A folder's path, or `s3://bucket[/prefix]`. */
  readonly location: string;
  /** `https://…` of an S3 that is not AWS. */
  readonly endpoint?: string;
  readonly region?: string;
  /** For a folder: who serves its signed addresses. S3 signs its own. */
  readonly signing?: FolderStoreOptions['signing'];
}

const SCHEME = /^([a-z][a-z0-9+.-]+):\/\//i;
const S3_LOCATION = /^s3:\/\/([A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9])(?:\/(.*))?$/;
// Clients and proxies fold `.` and `..` in paths: such a prefix would end up in another place.
const isS3Prefix = (prefix: string): boolean =>
  prefix.split('/').every((segment) => /^[\w.-]+$/.test(segment) && segment !== '.' && segment !== '..');

const refused = (message: string, hint: string): StoreError => new StoreError('unreachable', message, hint);

const checkedEndpoint = (endpoint: string): string => {
  const url = URL.parse(endpoint);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw refused(
      `not an endpoint: ${endpoint}`,
      'An endpoint is an address such as https://s3.example.com.',
    );
  if (url.username !== '' || url.password !== '')
    throw refused(
      `the endpoint ${url.host} holds a user or password`,
      'Give keys by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, never in an address.',
    );
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    throw refused(
      `more than a host: ${endpoint}`,
      'An endpoint is scheme, host and port; the bucket goes into s3://.',
    );
  return url.origin;
};

/** Opens nothing yet: `check` says whether the store is there. Throws a `StoreError` for what names no store. */
export const openStore = ({ location, endpoint, region, signing }: StoreLocation): ObjectStore => {
  const scheme = SCHEME.exec(location)?.[1];
  if (scheme === undefined) {
    if (location.trim() === '') throw refused('no store is named', 'Name a folder, or s3://bucket.');
    if (endpoint !== undefined || region !== undefined)
      throw refused(
        `${location} is a folder, which has no endpoint or region`,
        'Leave those out, or name the bucket as s3://bucket.',
      );
    return createFolderStore({ root: location, ...(signing === undefined ? {} : { signing }) });
  }
  if (scheme !== 's3')
    throw refused(
      `${scheme}:// is not a store`,
      'A store is a folder, or s3://bucket with --endpoint for its server.',
    );
  const [, bucket, rest = ''] = S3_LOCATION.exec(location) ?? [];
  const prefix = rest.replace(/\/+$/, '');
  if (bucket === undefined || (prefix !== '' && !isS3Prefix(prefix)))
    throw refused(
      `not a bucket and prefix: ${location}`,
      'Write s3://bucket or s3://bucket/prefix, in letters, digits, ".", "_" and "-".',
    );
  return createS3Store({
    bucket,
    prefix,
    ...(endpoint === undefined ? {} : { endpoint: checkedEndpoint(endpoint) }),
    ...(region === undefined ? {} : { region }),
  });
};
