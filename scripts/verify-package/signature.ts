import { spawnSync } from 'node:child_process';

const fails = (command: string, args: readonly string[]): string | null => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return null;
  return `${command}: ${error?.message ?? `${stdout}${stderr}`.trim()}`;
};

/** Throws in PowerShell unless the signature is whole and trusted. The path travels by the environment, so that nothing in it is code. */
const WINDOWS_CHECK =
  "$s = Get-AuthenticodeSignature -LiteralPath $env:RIFFLE_VERIFIED; if ($s.Status -ne 'Valid') { throw $s.StatusMessage }";

/** What is wrong with the signature of a program or a bundle, by the system's own tools; empty where it is valid. */
export const signatureFaults = (bundle: string): readonly string[] => {
  const checks = ((): readonly (string | null)[] => {
    switch (process.platform) {
      case 'darwin':
        return [
          fails('codesign', ['--verify', '--deep', '--strict', bundle]),
          fails('spctl', ['--assess', '--type', 'execute', bundle]),
          fails('xcrun', ['stapler', 'validate', bundle]),
        ];
      case 'win32':
        process.env['RIFFLE_VERIFIED'] = bundle;
        return [fails('powershell', ['-NoProfile', '-NonInteractive', '-Command', WINDOWS_CHECK])];
      default:
        return [];
    }
  })();
  return checks.filter((fault) => fault !== null);
};
