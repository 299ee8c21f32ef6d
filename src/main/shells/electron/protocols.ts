import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { protocol } from 'electron';
import { z } from 'zod';
import { ARTWORK_SCHEME, TRACK_SCHEME } from '../../../contract/track-url.ts';
import { createAssets } from '../../assets/serve-assets.ts';
import type { Host } from '../../host.ts';
import type { Log } from '../../ports.ts';
import { APP_HOST, APP_SCHEME } from './app-origin.ts';

/** Must run before the app is ready, once. */
export const registerSchemes = (): void => {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
    {
      scheme: TRACK_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, stream: true },
    },
    {
      scheme: ARTWORK_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true },
    },
  ]);
};

type Handler = (request: Request) => Promise<Response>;

/** A handler that throws would leave the page waiting without a word. */
const answering =
  (handler: Handler, log: Log): Handler =>
  async (request) => {
    try {
      return await handler(request);
    } catch (error) {
      log.error('request failed', { method: request.method, error });
      return new Response(null, { status: 500 });
    }
  };

/**
 * `app` serves the window from the list written when it was built; `track` and `artwork` are the host's own handlers, the
 * same that the web shell uses.
 */
export const handleSchemes = async (options: {
  readonly appFolder: string;
  readonly host: Host;
  readonly log: Log;
}): Promise<void> => {
  const { appFolder, host, log } = options;
  const list: unknown = JSON.parse(await readFile(join(appFolder, 'renderer-files.json'), 'utf8'));
  const files = z.array(z.string()).parse(list);
  const assets = createAssets({ folder: join(appFolder, 'renderer'), files, shell: 'electron' });
  const ownAssets: Handler = async (request) =>
    new URL(request.url).host === APP_HOST ? assets(request) : new Response(null, { status: 404 });

  protocol.handle(APP_SCHEME, answering(ownAssets, log));
  protocol.handle(TRACK_SCHEME, answering(host.serveTrack, log));
  protocol.handle(ARTWORK_SCHEME, answering(host.serveArtwork, log));
};
