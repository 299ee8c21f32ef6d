/** Runs one command after the other and says how each went. */
import { spawnSync } from 'node:child_process';

export interface Step {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Stops at the first failure, unless `goOn`; gives the exit code for the whole. */
export function runSteps(root: string, steps: readonly Step[], goOn: boolean): number {
  let failures = 0;
  for (const { name, script, args, environment } of steps) {
    process.stdout.write(`\n── ${name}\n`);
    const started = performance.now();
    const result = spawnSync(process.execPath, [script, ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const passed = result.status === 0;
    process.stdout.write(`── ${name}: ${passed ? 'passed' : 'FAILED'} (${seconds} s)\n`);
    if (passed) continue;
    failures += 1;
    if (!goOn) break;
  }
  return failures === 0 ? 0 : 1;
}
