/** What may be met on the way to an update, tried against a real electron-updater: what is expected, and what came of it. */
import type { ServerResponse } from 'node:http';
import { manifestOf, signed, ymlOf } from './world/feed.ts';
import type { Bend, EdgeRequest } from './world/edge.ts';
import { carryOut, UPDATED, type Attempt } from './world/attempt.ts';
import { BETA, NEW, OLD, type World } from './world/world.ts';

export interface Scenario {
  readonly what: string;
  readonly expected: string;
  /** Of the payload, as a share; left out: it does not matter. */
  readonly mayMove?: { readonly from: number; readonly to: number };
  readonly attempt: (world: World) => Attempt;
}

export interface Outcome {
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  readonly movedShare: number | null;
  readonly holds: boolean;
}

const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

const STAYS = `starts ${OLD}`;
const WHOLE = { from: 0.99, to: 1.05 };
const NOTHING = { from: 0, to: 0 };

const isPayload = ({ name }: EdgeRequest): boolean => /\.(appimage|exe)$/.test(name);
const isManifest = ({ name }: EdgeRequest): boolean => name.endsWith('.riffle.json');
const on =
  (
    holds: (request: EdgeRequest) => boolean,
    act: (response: ServerResponse, request: EdgeRequest) => void,
  ): Bend =>
  (request, response) => {
    if (!holds(request)) return 'left';
    act(response, request);
    return 'taken';
  };

const redirectToItself = (response: ServerResponse, { name }: EdgeRequest): void => {
  response.writeHead(302, { location: `./${name}` }).end();
};
/** As fast as the other end takes it, until that hangs up. */
const endless = (response: ServerResponse): void => {
  const chunk = Buffer.alloc(256 * 1024, 0x20);
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', more);
  };
  response.on('error', () => undefined);
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  more();
};
const rangeOf = ({ range }: EdgeRequest): readonly [number, number] => {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  return [Number(first), Number(last)];
};
const notThere = on(
  ({ name }) => name.endsWith('.blockmap'),
  (response) => response.writeHead(404).end(),
);

/** The right number of other bytes, as somebody who can write to the bucket would leave them. */
const swapped = (world: World): Bend =>
  on(isPayload, (response, request) => {
    const { sizeBytes } = world.appImage.new;
    const [first, last] = request.range === null ? [0, sizeBytes - 1] : rangeOf(request);
    response
      .writeHead(request.range === null ? 200 : 206, {
        'content-length': last + 1 - first,
        'content-range': `bytes ${first}-${last}/${sizeBytes}`,
      })
      .end(Buffer.alloc(last + 1 - first, 0x2a));
  });

/** Every other answer breaks off in the middle. */
const breaksOff = (): Bend => {
  let requests = 0;
  return (request) => {
    if (!isPayload(request)) return 'left';
    requests += 1;
    return requests % 2 === 1 ? 'cut' : 'left';
  };
};

export const SCENARIOS: readonly Scenario[] = [
  {
    what: 'whole, nothing to copy from',
    expected: UPDATED,
    mayMove: WHOLE,
    attempt: () => ({ withoutOldFile: true }),
  },
  {
    what: 'only what changed (block map in the file)',
    expected: UPDATED,
    mayMove: { from: 0.05, to: 0.3 },
    attempt: () => ({}),
  },
  {
    what: 'only what changed (block map beside it)',
    expected: UPDATED,
    mayMove: { from: 0.05, to: 0.3 },
    attempt: () => ({ kind: 'nsis' }),
  },
  {
    what: 'block maps answer 404',
    expected: UPDATED,
    mayMove: WHOLE,
    attempt: () => ({ kind: 'nsis', bend: notThere }),
  },
  {
    what: 'the old block map answers 404',
    expected: UPDATED,
    mayMove: WHOLE,
    attempt: ({ nsis }) => ({
      kind: 'nsis',
      bend: on(
        ({ name }) => name === `${nsis.old.name}.blockmap`,
        (response) => response.writeHead(404).end(),
      ),
    }),
  },
  {
    what: 'an edge that knows no ranges',
    expected: UPDATED,
    // What it sends in answer to the first range is hung up on.
    mayMove: { from: 0.99, to: 2.1 },
    attempt: () => ({ bend: (request) => (isPayload(request) ? 'without_ranges' : 'left') }),
  },
  {
    what: 'every other answer breaks off',
    expected: UPDATED,
    // What was on its way when it broke is asked for again.
    mayMove: { from: 0.99, to: 1.6 },
    attempt: () => ({ withoutOldFile: true, bend: breaksOff() }),
  },
  {
    what: 'staged, 0 %',
    expected: `idle, ${STAYS}`,
    mayMove: NOTHING,
    attempt: () => ({ manifest: { rollout: { percent: 0, seed: 's' } } }),
  },
  {
    what: 'staged, 100 %',
    expected: UPDATED,
    attempt: () => ({ manifest: { rollout: { percent: 100, seed: 's' } } }),
  },
  {
    what: 'staged 0 %, below the minimum version',
    expected: UPDATED,
    attempt: () => ({ manifest: { minimumVersion: NEW, rollout: { percent: 0, seed: 's' } } }),
  },
  {
    what: 'halted',
    expected: `idle, ${STAYS}`,
    mayMove: NOTHING,
    attempt: () => ({ manifest: { halted: true, minimumVersion: NEW } }),
  },
  {
    what: 'skipped by the listener',
    expected: `idle, ${STAYS}`,
    mayMove: NOTHING,
    attempt: () => ({ settings: { skippedVersion: NEW } }),
  },
  {
    what: 'beta channel',
    expected: `ready ${BETA}, starts ${BETA}`,
    attempt: ({ appImage }) => ({ channel: 'beta', offered: appImage.beta }),
  },
  {
    what: 'a beta manifest in the stable channel',
    expected: `wrong_channel, ${STAYS}`,
    mayMove: NOTHING,
    attempt: () => ({ manifest: { channel: 'beta' } }),
  },
  {
    what: 'the running version',
    expected: `idle, ${STAYS}`,
    mayMove: NOTHING,
    attempt: ({ appImage }) => ({ offered: appImage.old }),
  },
  {
    what: 'downgrade',
    expected: `idle, ${STAYS}`,
    mayMove: NOTHING,
    attempt: ({ appImage }) => ({ version: '1.0.1', offered: appImage.old }),
  },
  {
    what: 'expired',
    expected: `expired, ${STAYS}`,
    mayMove: NOTHING,
    attempt: () => ({ manifest: { expiresAt: inDays(-1) } }),
  },
  {
    what: 'signed in the future',
    expected: `out_of_order, ${STAYS}`,
    mayMove: NOTHING,
    attempt: () => ({ manifest: { signedAt: inDays(3) } }),
  },
  {
    what: 'no signed manifest, only the yml',
    expected: `feed_unreachable, ${STAYS}`,
    mayMove: NOTHING,
    attempt: () => ({ document: null }),
  },
  {
    what: 'unsigned',
    expected: `bad_manifest, ${STAYS}`,
    mayMove: NOTHING,
    attempt: ({ appImage }) => ({ document: JSON.stringify(manifestOf([appImage.new])) }),
  },
  {
    what: 'signed with another key',
    expected: `bad_signature, ${STAYS}`,
    mayMove: NOTHING,
    attempt: ({ appImage, strangersKey }) => ({ document: signed(manifestOf([appImage.new]), strangersKey) }),
  },
  {
    what: 'changed after it was signed',
    expected: `bad_signature, ${STAYS}`,
    mayMove: NOTHING,
    attempt: ({ appImage, key }) => {
      const manifest = manifestOf([appImage.new], { halted: true });
      return { document: signed(manifest, key, { ...manifest, halted: false }) };
    },
  },
  {
    what: 'the yml leads to another file',
    expected: `feed_differs, ${STAYS}`,
    mayMove: NOTHING,
    attempt: ({ appImage }) => ({
      yml: ymlOf([{ ...appImage.beta, version: NEW, sha512: appImage.new.sha512 }]),
    }),
  },
  {
    what: 'the yml has another hash',
    expected: `feed_differs, ${STAYS}`,
    mayMove: NOTHING,
    attempt: ({ appImage }) => ({ yml: ymlOf([{ ...appImage.new, sha512: appImage.old.sha512 }]) }),
  },
  {
    what: 'the yml leads out of the feed',
    expected: `feed_differs, ${STAYS}`,
    mayMove: NOTHING,
    attempt: ({ appImage }) => ({
      yml: ymlOf([{ ...appImage.new, name: `http://127.0.0.1:9/${appImage.new.name}` }]),
    }),
  },
  {
    what: 'swapped payload',
    expected: `bad_payload, ${STAYS}`,
    attempt: (world) => ({ bend: swapped(world) }),
  },
  {
    what: 'truncated payload',
    expected: `feed_differs, ${STAYS}`,
    attempt: ({ appImage }) => ({
      bend: on(isPayload, (response, request) => {
        const half = Math.floor(appImage.new.sizeBytes / 2);
        const [first, last] = request.range === null ? [0, half - 1] : rangeOf(request);
        const end = Math.min(last, half - 1);
        if (first >= half) response.writeHead(416, { 'content-range': `bytes */${half}` }).end();
        else
          response
            .writeHead(206, { 'content-range': `bytes ${first}-${end}/${half}` })
            .end(Buffer.alloc(end + 1 - first));
      }),
    }),
  },
  {
    what: 'redirect loop at the manifest',
    expected: `feed_unreachable, ${STAYS}`,
    mayMove: NOTHING,
    attempt: () => ({ bend: on(isManifest, redirectToItself) }),
  },
  {
    what: 'redirect loop at the payload',
    expected: `feed_unreachable, ${STAYS}`,
    mayMove: NOTHING,
    attempt: () => ({ bend: on(isPayload, redirectToItself) }),
  },
  {
    what: 'endless manifest',
    expected: `bad_manifest, ${STAYS}`,
    mayMove: NOTHING,
    attempt: () => ({ bend: on(isManifest, endless) }),
  },
  {
    what: 'endless payload',
    expected: `bad_payload, ${STAYS}`,
    attempt: () => ({ bend: on(isPayload, endless) }),
  },
  {
    what: 'an edge that fails',
    expected: `feed_unreachable, ${STAYS}`,
    mayMove: NOTHING,
    attempt: () => ({ bend: on(isPayload, (response) => response.writeHead(503).end()) }),
  },
  {
    what: 'payload answers 404',
    expected: `feed_unreachable, ${STAYS}`,
    mayMove: NOTHING,
    attempt: () => ({ bend: on(isPayload, (response) => response.writeHead(404).end()) }),
  },
  {
    what: 'asked for first',
    expected: `available ${NEW}, ${STAYS}`,
    mayMove: NOTHING,
    attempt: () => ({ settings: { updates: 'ask' } }),
  },
  {
    what: 'a network that is paid by use',
    expected: `available ${NEW}, ${STAYS}`,
    mayMove: NOTHING,
    attempt: () => ({ isMetered: async () => true }),
  },
  {
    what: 'off',
    expected: `off, ${STAYS}`,
    mayMove: NOTHING,
    attempt: () => ({ settings: { updates: 'off' } }),
  },
];

export const runScenario = async (
  world: World,
  { what, expected, mayMove, attempt }: Scenario,
): Promise<Outcome> => {
  const { got, movedShare } = await carryOut(world, attempt(world));
  const share = movedShare ?? 0;
  const movesRight = mayMove === undefined || (share >= mayMove.from && share <= mayMove.to);
  const askedNobody = what !== 'off' || world.edge.requests.length === 0;
  const severalRanges = world.edge.requests.filter(({ range }) => range?.includes(',') === true).length;
  return {
    what,
    expected,
    got: severalRanges === 0 ? got : `${got}, ${severalRanges} requests of several ranges`,
    movedShare,
    holds: got === expected && movesRight && askedNobody && severalRanges === 0,
  };
};
