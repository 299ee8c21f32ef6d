import { HostFailure } from '../../contract/host-error.ts';
import { MOST_IMPORT_BYTES } from '../../contract/exchange.ts';

export interface ReceivedFile {
  /** As the listener has it. */
  readonly name: string;
  /** In their order, each in memory of its own, so that it can be given to another thread. */
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
}

export interface ReceivedFiles {
  /** Rejects with `limit_reached`; then nothing of the transfer is kept. */
  receive(transfer: string, name: string, bytes: Uint8Array): void;
  /** The files of a transfer, which is forgotten. Null for one that is not known. */
  take(transfer: string): readonly ReceivedFile[] | null;
  forget(): void;
}

/** Files that the window hands over piece by piece; those of one transfer at a time, in memory. */
export const createReceivedFiles = (): ReceivedFiles => {
  let current: {
    readonly transfer: string;
    readonly files: Map<string, Uint8Array<ArrayBuffer>[]>;
    bytes: number;
  } | null = null;
  return {
    receive(transfer, name, bytes) {
      if (current?.transfer !== transfer) current = { transfer, files: new Map(), bytes: 0 };
      current.bytes += bytes.byteLength;
      if (current.bytes > MOST_IMPORT_BYTES) {
        current = null;
        throw new HostFailure('limit_reached', 'more than any list of music has');
      }
      const pieces = current.files.get(name) ?? [];
      current.files.set(name, pieces);
      pieces.push(new Uint8Array(bytes));
    },
    take(transfer) {
      if (current?.transfer !== transfer) return null;
      const files = Array.from(current.files, ([name, pieces]) => ({ name, pieces }));
      current = null;
      return files;
    },
    forget() {
      current = null;
    },
  };
};
