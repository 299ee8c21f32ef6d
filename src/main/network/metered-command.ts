import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);
/** A first start of PowerShell on a slow disk takes seconds. */
const TIME_OUT_MS = 10_000;

/** What a command prints; without a shell, and ended when it takes too long. Rejects when it fails. */
export const runMeteredCommand = async (
  command: string,
  args: readonly string[],
  timeoutMs = TIME_OUT_MS,
): Promise<string> => {
  const { stdout } = await execute(command, args, {
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    windowsHide: true,
    maxBuffer: 64 * 1024,
  });
  return stdout;
};
