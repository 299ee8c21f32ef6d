/** The app as it is in this checkout, in the real Electron. */
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

/** Throws where there is none. */
export const launchElectron = async (serviceUrl: string, dataFolder: string): Promise<ElectronWindow> => {
  if (runtime.kind === 'missing') throw new Error(runtime.reason);
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [root, `--service=${serviceUrl}`, `--data=${dataFolder}`],
  });
  return { app, page: await app.firstWindow() };
};
