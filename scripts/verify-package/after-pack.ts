/** Called by electron-builder when an app was packed, before anything is signed (`electron-builder.yml`). Throws to stop it. */
import { join } from 'node:path';
import type { AfterPackContext } from 'electron-builder';
import { archiveIn, contentFaults } from './packed-contents.ts';

export default async function afterPack(context: AfterPackContext): Promise<void> {
  const { appOutDir, packager, electronPlatformName } = context;
  const resources =
    electronPlatformName === 'darwin'
      ? join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents', 'Resources')
      : join(appOutDir, 'resources');
  const faults = contentFaults(archiveIn(resources));
  if (faults.length > 0) throw new Error(`This package must not go out:\n${faults.join('\n')}`);
}
