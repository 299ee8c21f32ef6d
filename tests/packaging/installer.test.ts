/** The questions of the Windows installer and the rights of the Mac's program, read as their systems read them. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { platformFolders } from '../../src/main/platform-folders.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const SCRIPT = join(REPOSITORY, 'assets/install/installer.nsh');
const makensis = spawnSync('makensis', ['-VERSION'], { encoding: 'utf8' });

describe('the uninstaller on Windows', () => {
  const script = readFileSync(SCRIPT, 'utf8');

  it('offers to remove exactly the folders that the app keeps', () => {
    const { data, cache } = platformFolders('win32', { APPDATA: 'R:', LOCALAPPDATA: 'L:' }, 'H:');
    const removed = Array.from(script.matchAll(/^\s*RMDir \/r "(.+)"$/gm), ([, path]) => path);
    expect(removed).toContain(data.replace('R:', '$APPDATA'));
    expect(cache.startsWith('L:\\Riffle\\')).toBe(true);
    expect(removed).toEqual(['$APPDATA\\Riffle', '$LOCALAPPDATA\\Riffle', '$LOCALAPPDATA\\riffle-updater']);
  });

  it('asks in English and German, with "no" as what Enter says', () => {
    for (const language of ['1033', '1031'])
      expect(script).toMatch(new RegExp(`LangString removeData ${language} ".{40,}"`));
    expect(script).toContain('MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2');
  });

  it.skipIf(makensis.status !== 0)(
    'compiles within an installer like electron-builder’s (needs makensis)',
    async () => {
      const folder = await temporaryFolder();
      const source = `
Unicode true
Name "Riffle"
OutFile "${join(folder, 'out.exe')}"
InstallDir "$LOCALAPPDATA\\Programs\\riffle"
RequestExecutionLevel user
!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "FileFunc.nsh"
!define BUILD_UNINSTALLER
!macro _isUpdated _a _b _t _f
  !insertmacro _== "$R9" "updated" \`\${_t}\` \`\${_f}\`
!macroend
!define isUpdated '"" isUpdated ""'
!include "${SCRIPT}"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
Section
  WriteUninstaller "$INSTDIR\\un.exe"
SectionEnd
Function un.onInit
  !insertmacro customUnInit
FunctionEnd
Section "Uninstall"
  !insertmacro customUnInstall
SectionEnd
`;
      await writeFile(join(folder, 'probe.nsi'), source);
      const { status, stdout, stderr } = spawnSync(
        'makensis',
        ['-INPUTCHARSET', 'UTF8', '-WX', '-V2', join(folder, 'probe.nsi')],
        {
          encoding: 'utf8',
        },
      );
      expect(`${stdout}${stderr}`).toBe('');
      expect(status).toBe(0);
    },
  );
});

describe('the rights of the program on a Mac', () => {
  it('are to compile while it runs, and nothing else', () => {
    const plist = readFileSync(join(REPOSITORY, 'assets/install/entitlements.mac.plist'), 'utf8');
    expect(
      Array.from(plist.matchAll(/<key>(.+)<\/key>\s*<(\w+)\/>/g), ([, key, value]) => [key, value]),
    ).toEqual([['com.apple.security.cs.allow-jit', 'true']]);
  });
});
