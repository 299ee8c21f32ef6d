/** Everything of a listener as one file, for them to keep or to take elsewhere. */
import type { ExportedFile } from './exchange.ts';
import type { HostErrorCode } from './host-error.ts';

/** Of an archive; nobody's library comes near it. */
export const MOST_ARCHIVE_BYTES = 256 * 1024 ** 2;

export interface TakenOut {
  /** `riffle-<account>-<date>.zip` */
  readonly file: ExportedFile;
  /** Why what only the service has is not in it; null: everything is. */
  readonly missing: HostErrorCode | null;
  /** Playlists on the shelf that nobody has any more, or that could not be read now. */
  readonly leftOut: number;
}

export interface AccountDataApi {
  /**
   * What the service has, as it says it, and the lists, likes and plays of this computer in formats that other programs read. Without the
   * service: what this computer has. The archive says in `README.txt`, in that language, what it holds. Rejects with `limit_reached`
   * (`MOST_ARCHIVE_BYTES`), `storage_failed`; and with `forbidden` while another is being made.
   */
  takeOut(request: { readonly language: 'en' | 'de' }): Promise<TakenOut>;
  /** How far it is; null: none is being made. */
  progress(): Promise<{ readonly done: number; readonly total: number } | null>;
}
