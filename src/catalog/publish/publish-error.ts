/** Why a whole run cannot go on. What is wrong with one file is a `FileProblem` and stops nothing. */
export type PublishErrorCode =
  /** The folder is not there, or may not be read. */
  | 'no_such_folder'
  /** Not one file in it can be published. */
  | 'nothing_playable'
  | 'bad_plays_file'
  | 'bad_option'
  /** The operator stopped it; the old catalog stands. */
  | 'cancelled';

/** `message` is one sentence for the operator, `hint` what to do about it. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
  readonly code: PublishErrorCode;
  readonly hint: string;

  constructor(code: PublishErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}

/** A file that is left out, or was published without a part of it, and why. */
export interface FileProblem {
  /** Relative to the published folder. */
  readonly path: string;
  /** One sentence, without the path. */
  readonly reason: string;
}

/** Thrown while reading one file: it is named in the report and left out. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'it disappeared while the folder was read',
  EISDIR: 'it is a folder',
  EIO: 'the disk could not read it',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
};

/** The Node error code of a failed system call, or null. */
export function systemErrorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** A system error's code as words an operator understands. */
export function reasonOf(error: unknown): string {
  const code = systemErrorCode(error);
  const known = code === null ? undefined : SYSTEM_REASONS[code];
  if (known !== undefined) return known;
  return error instanceof Error ? error.message : String(error);
}
