import { FolderSetting } from './folder-setting.tsx';
import { KeptMusic } from './kept-music.tsx';
import { FetchSettings, LimitSettings } from './limit-settings.tsx';
import { RemovalSettings } from './removal-settings.tsx';
import { SettingRows } from './setting-rows.tsx';
import { StorageMeter } from './storage-meter.tsx';
import { StorageWarnings } from './storage-warnings.tsx';

/** Offline & storage: what uses how much, what may, where it lies, and everything that is kept. */
export function StorageSettings() {
  return (
    <>
      <StorageMeter />
      <StorageWarnings />
      <SettingRows>
        <LimitSettings />
        <FetchSettings />
        <RemovalSettings ways={['cached']} />
        <FolderSetting />
      </SettingRows>
      <KeptMusic />
      <SettingRows>
        <RemovalSettings ways={['pinned', 'everything']} />
      </SettingRows>
    </>
  );
}
