/** The cloud side, as far as it can be tried without a cloud: what refers to what, who may do what, and that it fits the programs. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EVENTS_PREFIX, TOTALS_PREFIX } from '../../src/catalog/ads/ad-keys.ts';
import { serveCommand } from '../../src/catalog/cli/serve-command.ts';
import { REPORTS_PREFIX } from '../../src/catalog/updates/update-keys.ts';
import { catalogPaths } from '../../src/contract/catalog-http.ts';
import { FEED_PREFIX } from '../../scripts/release/release-keys.ts';
import { functionsIn, readTemplate, referencesIn } from './template.ts';

const root = join(import.meta.dirname, '../..');
const template = readTemplate();
const { Resources: resources } = template;
const PSEUDO = ['AWS::AccountId', 'AWS::NoValue', 'AWS::Partition', 'AWS::Region', 'AWS::StackName'];
const typed = (type: string) => Object.entries(resources).filter(([, { Type }]) => Type === type);

const statementSchema = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  Resource: z.unknown().optional(),
  Principal: z.unknown().optional(),
});
type Statement = z.infer<typeof statementSchema>;

/** Every statement of every policy, wherever it stands. */
const statementsIn = (value: unknown): readonly Statement[] => {
  if (Array.isArray(value)) return value.flatMap(statementsIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'Statement' in value ? z.array(statementSchema).parse(value.Statement) : [];
  return [...own, ...Object.values(value).flatMap(statementsIn)];
};

describe('the template of the cloud side', () => {
  it('refers to nothing that is not there, and leaves no parameter or condition unused', () => {
    const known = new Set([...Object.keys(template.Parameters), ...Object.keys(resources), ...PSEUDO]);
    const referred = new Set(referencesIn(template).map((name) => name.split('.')[0] ?? ''));
    expect([...referred].filter((name) => !known.has(name))).toEqual([]);
    expect(Object.keys(template.Parameters).filter((name) => !referred.has(name))).toEqual([]);

    const conditions = new Set([
      ...functionsIn(template).flatMap(([name, argument]) =>
        name === 'Fn::If' ? [z.array(z.unknown()).parse(argument)[0]] : [],
      ),
      ...Object.values(resources).map(({ Condition }) => Condition ?? 'HasDomain'),
    ]);
    expect([...conditions].sort()).toEqual(Object.keys(template.Conditions).sort());
    const dependencies = Object.values(resources).flatMap(({ DependsOn }) => DependsOn);
    expect(dependencies.filter((name) => !(name in resources))).toEqual([]);
  });

  it('can be set up in some order: nothing waits for itself', () => {
    const needs = new Map(
      Object.entries(resources).map(([name, { DependsOn, Properties }]) => [
        name,
        [...DependsOn, ...referencesIn(Properties).map((reference) => reference.split('.')[0] ?? '')].filter(
          (needed) => needed in resources,
        ),
      ]),
    );
    const standing = new Set<string>();
    for (let before = -1; before < standing.size;) {
      before = standing.size;
      for (const [name, needed] of needs) if (needed.every((each) => standing.has(each))) standing.add(name);
    }
    expect([...needs.keys()].filter((name) => !standing.has(name))).toEqual([]);
  });

  it('lets nobody do everything: every right names what it is for', () => {
    const statements = statementsIn(resources);
    expect(statements.length).toBeGreaterThan(10);
    for (const { Effect, Action, Resource, Principal } of statements) {
      if (Effect === 'Deny') continue;
      expect(Action.filter((action) => action.includes('*'))).toEqual([]);
      expect([Resource].flat()).not.toContain('*');
      expect(Principal).not.toBe('*');
    }
  });

  it('keeps every bucket private, encrypted, by TLS alone, and when the stack goes', () => {
    const buckets = typed('AWS::S3::Bucket');
    expect(buckets).toHaveLength(2);
    for (const [name, { Properties, DeletionPolicy }] of buckets) {
      expect(DeletionPolicy).toBe('Retain');
      expect(Properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
      });
      expect(JSON.stringify(Properties)).toContain('SSEAlgorithm');
      const policies = typed('AWS::S3::BucketPolicy').filter(([, policy]) =>
        referencesIn(policy.Properties['Bucket']).includes(name),
      );
      expect(JSON.stringify(policies)).toContain('"aws:SecureTransport":"false"');
    }
  });

  it('hands out the feed and nothing else of its bucket', () => {
    const edge = JSON.stringify(resources['Edge']);
    expect(edge).toContain(`"PathPattern":"/${FEED_PREFIX}*"`);
    const readers = statementsIn(resources['ReleasesBucketPolicy']).filter(
      ({ Effect }) => Effect === 'Allow',
    );
    expect(readers.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [['s3:GetObject'], { 'Fn::Sub': `\${ReleasesBucket.Arn}/${FEED_PREFIX}*` }],
    ]);
    expect(edge).not.toMatch(/"ViewerProtocolPolicy":"(?!https-only")/);
  });

  it('starts the service as the service can be started', () => {
    const command = functionsIn(resources['ServiceTask']).find(([name]) => name === 'Fn::Split')?.[1];
    const [separator, text] = z
      .tuple([z.string(), z.object({ 'Fn::Sub': z.array(z.unknown()) })])
      .parse(command);
    const flags = z.string().parse(template.Parameters['SignInFlags']?.Default);
    const words = z.string().parse(text['Fn::Sub'][0]).replace('${SignInFlags}', flags).split(separator);
    expect(words[0]).toBe(serveCommand.name());
    const known = serveCommand.options.map(({ long }) => long);
    for (const word of words.filter((each) => each.startsWith('--'))) expect(known).toContain(word);
    const port = words[words.indexOf('--port') + 1];
    expect(resources['ServiceTargets']?.Properties).toMatchObject({
      Port: Number(port),
      HealthCheckPath: catalogPaths.ready,
    });
    expect(JSON.stringify(resources['ServiceTask'])).toContain(
      `http://127.0.0.1:${port}${catalogPaths.live}`,
    );
  });

  it('lets the service write where it writes, and nowhere else', () => {
    const writes = statementsIn(resources['ServiceRole']).find(({ Action }) =>
      Action.includes('s3:PutObject'),
    );
    const places = z.array(z.object({ 'Fn::Sub': z.string() })).parse(writes?.Resource);
    expect(places.map((place) => place['Fn::Sub'].replace('${CatalogBucket.Arn}/', ''))).toEqual([
      'identity/*',
      'library/*',
      `${EVENTS_PREFIX}*`,
      `${TOTALS_PREFIX}*`,
      `${REPORTS_PREFIX}*`,
      'updates/totals/*',
      'reports/*',
    ]);
  });

  it('follows the load between two and as many as are allowed', () => {
    const policies = typed('AWS::ApplicationAutoScaling::ScalingPolicy').map(([, { Properties }]) =>
      JSON.stringify(Properties),
    );
    expect(policies).toHaveLength(2);
    expect(policies.join()).toContain('ALBRequestCountPerTarget');
    expect(policies.join()).toContain('ECSServiceAverageCPUUtilization');
    expect(template.Parameters['LeastServices']).toMatchObject({ Default: 2, MinValue: 2 });
  });
});

describe('the image of the service', () => {
  const lines = readFileSync(join(root, 'infra/service.Dockerfile'), 'utf8').split('\n');
  const ignored = readFileSync(join(root, 'infra/service.Dockerfile.dockerignore'), 'utf8').split('\n');

  it('runs as a user without rights, and takes nothing but what it is built of', () => {
    expect(lines.filter((line) => line.startsWith('USER '))).toEqual(['USER node']);
    expect(ignored[0]).toBe('*');
    const sources = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(' ').slice(1, -1));
    for (const source of sources) {
      expect(ignored).toContain(`!${source}`);
      expect(source.includes('*') || existsSync(join(root, source))).toBe(true);
    }
  });

  it('is of the Node that the project runs on', () => {
    const from = lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1]);
    expect(new Set(from)).toEqual(new Set(['node:24-bookworm-slim']));
  });
});
