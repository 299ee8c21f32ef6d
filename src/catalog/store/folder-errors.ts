import { StoreError, type StoreErrorCode } from './object-store.ts';

export const errorCodeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Nothing by that name: no entry, or a name on the way that is a file. */
export const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(errorCodeOf(error));

interface Explanation {
  readonly code: StoreErrorCode;
  readonly hint: string;
}

const full: Explanation = { code: 'full', hint: 'Make room on the disk (or raise the quota) and try again.' };
const denied: Explanation = {
  code: 'denied',
  hint: 'Give the user that runs this the right to read and write the folder, or choose another folder.',
};
const keyTaken: Explanation = {
  code: 'invalid_key',
  hint: 'In a folder a key cannot be an object and the beginning of other keys at once.',
};

const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ENOSPC: full,
  EDQUOT: full,
  EACCES: denied,
  EPERM: denied,
  EROFS: { code: 'denied', hint: 'The disk is mounted read-only; remount it or choose another folder.' },
  ENOENT: {
    code: 'unreachable',
    hint: 'The folder is not there: is its disk mounted, and is the name right?',
  },
  EEXIST: keyTaken,
  ENOTDIR: keyTaken,
  EISDIR: keyTaken,
  EMFILE: { code: 'unreachable', hint: 'Too many files are open at once; raise the limit (ulimit -n).' },
  ENFILE: { code: 'unreachable', hint: 'The machine has too many files open at once.' },
};

/** What the file system said, as the port says it. */
export const folderError = (action: string, error: unknown): StoreError => {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const { code, hint } = EXPLANATIONS[errorCodeOf(error)] ?? {
    code: 'unreachable',
    hint: 'The file system failed; look at the disk and the system log.',
  };
  return new StoreError(code, `${action}: ${message}`, hint, { cause: error });
};
