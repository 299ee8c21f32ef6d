/** The app as it is in this checkout, in the real Electron. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { findElectronRuntime } from '../../scripts/start/electron-runtime.ts';

const root = join(import.meta.dirname, '../..');
const runtime = findElectronRuntime(root, false);

/** Why there is no Electron here; empty where there is. */
export const noElectron = runtime.kind === 'missing' ? runtime.reason : '';

export interface ElectronWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
}

const commandLine = (serviceUrl: string, dataFolder: string): string[] => [
  root,
  `--service=${serviceUrl}`,
  `--data=${dataFolder}`,
];

/** Starts the app a second time, as a double click or a link does; resolves with its exit code when it has gone. */
export const startAgain = (
  serviceUrl: string,
  dataFolder: string,
  more: readonly string[],
): Promise<number | null> => {
  if (runtime.kind === 'missing') throw new Error(runtime.reason);
  const again = spawn(runtime.executable, [...commandLine(serviceUrl, dataFolder), ...more], {
    stdio: 'ignore',
    timeout: 30_000,
  });
  return new Promise((resolve, reject) => {
    again.once('error', reject);
    again.once('exit', resolve);
  });
};

/** Throws where there is none. */
export const launchElectron = async (
  serviceUrl: string,
  dataFolder: string,
  more: readonly string[] = [],
): Promise<ElectronWindow> => {
  if (runtime.kind === 'missing') throw new Error(runtime.reason);
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [...commandLine(serviceUrl, dataFolder), ...more],
  });
  return { app, page: await app.firstWindow() };
};
