import { dialog, shell, type BrowserWindow } from 'electron';
import { HostFailure } from '../../../contract/host-error.ts';

/** Asks for a folder, in a sheet of the window where there is one; null when cancelled. */
export const chooseFolder = async (window: BrowserWindow | null): Promise<string | null> => {
  const options: Electron.OpenDialogOptions = { properties: ['openDirectory', 'createDirectory'] };
  const { canceled, filePaths } =
    window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
  return canceled ? null : (filePaths[0] ?? null);
};

/** Shows a folder in the system's file manager. Rejects with `storage_failed` when it cannot. */
export const openFolder = async (folder: string): Promise<void> => {
  const problem = await shell.openPath(folder);
  if (problem !== '') throw new HostFailure('storage_failed', `cannot open the folder: ${problem}`);
};
