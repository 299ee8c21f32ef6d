/** CloudFront in front of the feed: told to ask again for what changed. The one file that imports its SDK. */
import { randomUUID } from 'node:crypto';
import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { EdgeUntold } from './release-error.ts';

export interface EdgeCache {
  /** Names in the feed. Resolves when the edge has taken the order, which it carries out within a minute or so. */
  forget(names: readonly string[]): Promise<void>;
}

export interface CloudFrontOptions {
  readonly distributionId: string;
  /** Of the feed at the edge, with slashes at both ends. */
  readonly path: string;
}

export const createCloudFront = ({ distributionId, path }: CloudFrontOptions): EdgeCache => {
  // CloudFront is one for the whole world; its requests are signed for this region.
  const client = new CloudFrontClient({ region: 'us-east-1' });
  return {
    async forget(names) {
      if (names.length === 0) return;
      try {
        await client.send(
          new CreateInvalidationCommand({
            DistributionId: distributionId,
            InvalidationBatch: {
              CallerReference: randomUUID(),
              Paths: { Quantity: names.length, Items: names.map((name) => `${path}${name}`) },
            },
          }),
        );
      } catch (error) {
        const said = error instanceof Error ? error.name : 'Error';
        throw new EdgeUntold(
          `The feed is as it should be, but CloudFront was not told (${said}).`,
          'It asks the store by itself, as manifests are not to be kept. See the id and the rights (cloudfront:CreateInvalidation).',
        );
      }
    },
  };
};
