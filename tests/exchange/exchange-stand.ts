/** An app whose imports are tried: calls by name, and waiting for facts. */
import { randomUUID } from 'node:crypto';
import type { ImportState } from '../../src/contract/exchange.ts';
import type { HostApi, HostMethod } from '../../src/contract/host-api.ts';
import type { Host } from '../../src/main/host.ts';
import { eventually } from '../builders/catalog-service.ts';

type MethodOf<Area extends keyof HostApi> = keyof HostApi[Area] & string;

/** The areas that these stories call, as the window has them. */
export const callsOf = (host: Pick<Host, 'handlers'>) => {
  const area = <Area extends 'exchange' | 'library' | 'playlists'>(name: Area): HostApi[Area] =>
    new Proxy({} as HostApi[Area], {
      get: (_target, method) => (argument?: unknown) =>
        // The area and its method are names of the contract.
        host.handlers[`${name}.${String(method) as MethodOf<Area>}` as HostMethod](argument),
    });
  return { exchange: area('exchange'), library: area('library'), playlists: area('playlists') };
};
export type Calls = ReturnType<typeof callsOf>;

export const handOver = async (
  { exchange }: Calls,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<ImportState> => {
  const transfer = randomUUID();
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const middle = Math.ceil(bytes.byteLength / 2);
    for (const piece of [bytes.subarray(0, middle), bytes.subarray(middle)])
      await exchange.receive({ transfer, name, base64: piece.toString('base64') });
  }
  return exchange.read({ transfer });
};

export const untilImport = <Name extends ImportState['state']>(
  { exchange }: Calls,
  name: Name,
  isIt: (state: Extract<ImportState, { state: Name }>) => boolean = () => true,
): Promise<Extract<ImportState, { state: Name }>> =>
  eventually(async () => {
    const state = await exchange.get();
    const isNamed = (value: ImportState): value is Extract<ImportState, { state: Name }> =>
      value.state === name;
    return isNamed(state) && isIt(state) ? state : null;
  });

export const EVERYTHING = { savedTracks: true, savedAlbums: true, savedArtists: true, plays: true } as const;
