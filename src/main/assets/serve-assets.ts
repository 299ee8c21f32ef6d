import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShellKind } from '../../contract/track-url.ts';
import { pageHeaders } from '../security/content-security-policy.ts';
import { contentTypeOf } from './content-types.ts';

const INDEX = 'index.html';
/** Vite puts a hash of the content into every name in here. */
const HASHED = 'assets/';

/**
 * The built window as a handler. Only what is on the list is served: the path of an address is a key to look up, never a
 * place on the disk. An address that looks like a page (`/album/…`) gives the one page there is, so that deep
 * pages reload; one that looks like a file and is not on the list is 404.
 */
export const createAssets = (options: {
  readonly folder: string;
  /** Relative to the folder, `/`-separated. */
  readonly files: readonly string[];
  readonly shell: ShellKind;
}): ((request: Request) => Promise<Response>) => {
  const listed = new Map(options.files.map((name) => [`/${name}`, name]));
  const headers = pageHeaders(options.shell);

  const nameFor = (pathname: string): string | null => {
    const name = listed.get(pathname);
    if (name !== undefined) return name;
    const lastSegment = pathname.slice(pathname.lastIndexOf('/') + 1);
    return lastSegment.includes('.') ? null : INDEX;
  };

  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response(null, { status: 405, headers: { ...headers, allow: 'GET, HEAD' } });
    }
    const name = nameFor(new URL(request.url).pathname);
    if (name === null || !listed.has(`/${name}`)) return new Response(null, { status: 404, headers });
    const content = await readFile(join(options.folder, name));
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(content), {
      headers: {
        ...headers,
        'cache-control': name.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'no-store',
        'content-length': String(content.byteLength),
        'content-type': contentTypeOf(name),
      },
    });
  };
};
