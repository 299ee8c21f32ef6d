/** A folder as electron-builder leaves it, with files small enough to be made in a test. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';

const sha512Of = (bytes: Uint8Array): string => createHash('sha512').update(bytes).digest('base64');

/** Another content for each version and name. */
const contentOf = (version: string, name: string, salt: string): Buffer =>
  Buffer.from(`${salt}${version} ${name} `.repeat(40));

const INSTALLERS: Readonly<Record<string, readonly string[]>> = {
  '': ['Riffle-V-win-x64.exe', 'Riffle-V-win-arm64.exe'],
  '-mac': ['Riffle-V-mac-x64.zip', 'Riffle-V-mac-arm64.zip'],
  '-linux': ['Riffle-V-linux-x86_64.AppImage', 'Riffle-V-linux-amd64.deb'],
};

export interface BuiltRelease {
  readonly folder: string;
  /** As electron-builder calls them. */
  readonly names: readonly string[];
}

export interface BuildOptions {
  /** What the same version is built of another time. */
  readonly salt?: string;
  readonly platforms?: readonly string[];
}

export const buildRelease = async (
  folder: string,
  version: string,
  { salt = '', platforms = Object.keys(INSTALLERS) }: BuildOptions = {},
): Promise<BuiltRelease> => {
  await mkdir(folder, { recursive: true });
  const channel = version.includes('-') ? 'beta' : 'latest';
  const names: string[] = [];
  for (const suffix of platforms) {
    const files = await Promise.all(
      (INSTALLERS[suffix] ?? []).map(async (pattern) => {
        const name = pattern.replace('V', version);
        const content = contentOf(version, name, salt);
        names.push(name);
        await writeFile(join(folder, name), content);
        if (/\.(?:exe|zip)$/.test(name))
          await writeFile(join(folder, `${name}.blockmap`), `map ${salt}${name}`);
        const blockMapSize = name.endsWith('.AppImage') ? { blockMapSize: 12 } : {};
        return { url: name, sha512: sha512Of(content), size: content.byteLength, ...blockMapSize };
      }),
    );
    const [first] = files;
    const text = stringify({
      version,
      files,
      path: first?.url,
      sha512: first?.sha512,
      releaseDate: '2026-06-07T10:00:00.000Z',
    });
    await writeFile(join(folder, `${channel}${suffix}.yml`), text);
  }
  const dmg = `Riffle-${version}-mac-arm64.dmg`;
  if (platforms.includes('-mac')) {
    await writeFile(join(folder, dmg), contentOf(version, dmg, salt));
    names.push(dmg);
  }
  await writeFile(join(folder, 'builder-debug.yml'), 'x64: {}\n');
  await writeFile(
    join(folder, 'notes.en.md'),
    `# Changes\n\n## ${version}\n\nGapless, at last.\n\n## 0.0.1\n\nFirst.\n`,
  );
  await writeFile(
    join(folder, 'notes.de.md'),
    `# Neues\n\n## ${version}\n\nEndlich lückenlos.\n\n## 0.0.1\n\nErste.\n`,
  );
  return { folder, names };
};
