import { networkInterfaces } from 'node:os';
import type { AppInfo } from '../contract/host-api.ts';

/** Node's many platforms as the window tells them apart. */
export const appPlatform = (platform: NodeJS.Platform): AppInfo['platform'] =>
  platform === 'win32' || platform === 'darwin' || platform === 'linux' ? platform : 'other';

/** Whether any network but the machine's own loopback is up. */
export const hasNetworkInterface = (): boolean =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some((address) => !address.internal));
