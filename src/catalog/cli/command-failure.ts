import { StoreError } from '../store/object-store.ts';

export const EXIT_FAILURE = 1;
export const EXIT_BAD_INPUT = 2;

/** What an operator is told: one sentence, a hint, and an exit code for scripts. */
export interface CommandFailure {
  readonly sentence: string;
  readonly hint: string;
  readonly exitCode: number;
}

/** Thrown for options that make no sense together or at all. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
  readonly hint: string;

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** The failure in words; null for what nobody foresaw, which is shown whole. */
export const commandFailure = (error: unknown): CommandFailure | null => {
  if (error instanceof OptionError) {
    return { sentence: error.message, hint: error.hint, exitCode: EXIT_BAD_INPUT };
  }
  if (error instanceof StoreError) {
    return { sentence: error.message, hint: error.hint, exitCode: EXIT_FAILURE };
  }
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return {
        sentence: 'Another program listens there already.',
        hint: 'Stop it, or choose another --port (0 for any that is free).',
        exitCode: EXIT_FAILURE,
      };
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return {
        sentence: 'This machine does not have that address.',
        hint: 'Choose another --host: 127.0.0.1 for this machine alone, 0.0.0.0 for all networks.',
        exitCode: EXIT_BAD_INPUT,
      };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return {
        sentence: `Not allowed: ${error instanceof Error ? error.message : ''}`,
        hint: 'Ports under 1024 need rights, and the --index folder must be yours to write.',
        exitCode: EXIT_FAILURE,
      };
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return {
        sentence: 'The disk is full.',
        hint: 'The index needs about half a gigabyte for a million tracks; name another folder with --index.',
        exitCode: EXIT_FAILURE,
      };
    default:
      return null;
  }
};

/** Says it on stderr and gives the exit code. */
export const reportFailure = (error: unknown): number => {
  const failure = commandFailure(error);
  if (failure === null) {
    console.error(error);
    return EXIT_FAILURE;
  }
  process.stderr.write(`${failure.sentence}\n${failure.hint}\n`);
  return failure.exitCode;
};
