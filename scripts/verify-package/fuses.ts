import { FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';

/** The digits of the wire (Electron's `docs/tutorial/fuses.md`): 0 and 1, `r` for a fuse that was taken out. */
const STATES: Readonly<Record<number, string>> = { 0x30: 'off', 0x31: 'on', 0x72: 'removed' };

const EXPECTED: ReadonlyMap<FuseV1Options, 'on' | 'off'> = new Map([
  [FuseV1Options.RunAsNode, 'off'],
  [FuseV1Options.EnableCookieEncryption, 'on'],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, 'off'],
  [FuseV1Options.EnableNodeCliInspectArguments, 'off'],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, 'on'],
  [FuseV1Options.OnlyLoadAppFromAsar, 'on'],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, 'off'],
]);

/** Reads the fuses of a packaged program (or a Mac's bundle) back, and says which are not as they must be. */
export const fuseFaults = async (executable: string): Promise<readonly string[]> => {
  const wire = await getCurrentFuseWire(executable);
  if (wire.version !== FuseVersion.V1) return ['these fuses are of another version than is known here'];
  return Array.from(EXPECTED).flatMap(([fuse, expected]) => {
    const state = STATES[wire[fuse] ?? 0] ?? 'not there';
    return state === expected ? [] : [`fuse ${FuseV1Options[fuse]} is ${state}, not ${expected}`];
  });
};
