; What Riffle adds to electron-builder's installer: when somebody uninstalls it by hand, it asks whether their data goes too.
; An update uninstalls the old version silently (/S, --updated) and is never asked. `--delete-app-data` answers yes beforehand.

!ifdef BUILD_UNINSTALLER
  LangString removeData 1033 "Also delete your settings, accounts and the music kept on this computer?$\r$\n$\r$\nYour playlists and library at your music service stay."
  LangString removeData 1031 "Auch Einstellungen, Konten und die auf diesem Computer behaltene Musik löschen?$\r$\n$\r$\nPlaylists und Sammlung bei Ihrem Musikdienst bleiben."

  Var removeDataToo

  !macro customUnInit
    StrCpy $removeDataToo "no"
    ; The one-click uninstaller is silent by now in any case; only what was asked for on the command line tells the two apart.
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "--delete-app-data" $R1
    ${IfNot} ${Errors}
      StrCpy $removeDataToo "yes"
    ${Else}
      ClearErrors
      ${GetOptions} $R0 "/S" $R1
      ${If} ${Errors}
        ${IfNot} ${isUpdated}
          MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(removeData)" IDNO riffleKeepsData
          StrCpy $removeDataToo "yes"
          riffleKeepsData:
        ${EndIf}
      ${EndIf}
    ${EndIf}
    ClearErrors
  !macroend

  !macro customUnInstall
    ; What the app itself told Windows when it was started: who opens `riffle://` links.
    ${IfNot} ${isUpdated}
      DeleteRegKey HKCU "Software\Classes\riffle"
    ${EndIf}
    ${If} $removeDataToo == "yes"
      ; The app's own two folders, and what its updates left. A folder somebody moved their music to is theirs.
      RMDir /r "$APPDATA\Riffle"
      RMDir /r "$LOCALAPPDATA\Riffle"
      RMDir /r "$LOCALAPPDATA\riffle-updater"
    ${EndIf}
  !macroend
!endif
