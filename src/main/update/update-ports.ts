import type { UpdateTarget } from '../../core/update/manifest.ts';
import type { UpdateUnsupported } from '../../contract/update.ts';
import type { ElectronUpdater } from './electron-updater.ts';
import type { Feed } from './pinned-keys.ts';
import type { UpdateStart } from './update-start.ts';

/** How this installation is replaced by another version. Given by the shell, since only it knows how it was installed. */
export interface InstallPort {
  readonly target: UpdateTarget;
  /** What would install the running version again: the AppImage that runs, the installer that NSIS left; null where there is none. */
  readonly runningFile: string | null;
  /**
   * Puts the version of this file, which was just verified, in place and starts it; the app ends soon after this resolves. The update
   * that electron-updater fetched, or (`isBack`) an older one that was kept.
   */
  replaceWith(file: string, isBack: boolean): Promise<void>;
}

/** What the shell gives to have updates. */
export type UpdatePorts =
  | { readonly unsupported: UpdateUnsupported }
  | {
      readonly feed: Feed;
      readonly updater: ElectronUpdater;
      readonly install: InstallPort;
      readonly start: UpdateStart;
    };
