import { S3Client } from '@aws-sdk/client-s3';

export interface S3ClientOptions {
  /** Anything that speaks S3; AWS itself when absent. */
  readonly endpoint?: string;
  readonly region?: string;
  /** Bucket in the path instead of the host name; the default with an endpoint, as few others do host names. */
  readonly forcePathStyle?: boolean;
}

/**
 * A client with the SDK's own chain of credentials (environment, profile, single sign-on, instance role). Idle time, not
 * total time, is limited: a large part on a slow line is no fault, silence is.
 */
export const createS3Client = (options: S3ClientOptions): S3Client => {
  const agent = { keepAlive: true, maxSockets: 128 };
  const isElsewhere = options.endpoint !== undefined;
  // Other servers take any region, but the signature has to name one; AWS's comes from the environment or the profile.
  const region = options.region ?? (isElsewhere ? (process.env['AWS_REGION'] ?? 'us-east-1') : undefined);
  return new S3Client({
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(region === undefined ? {} : { region }),
    forcePathStyle: options.forcePathStyle ?? isElsewhere,
    followRegionRedirects: !isElsewhere,
    // Others refuse or corrupt the checksum trailers that the SDK sends to AWS by default.
    requestChecksumCalculation: isElsewhere ? 'WHEN_REQUIRED' : 'WHEN_SUPPORTED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 4,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: 5000,
      socketTimeout: 30_000,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
};
