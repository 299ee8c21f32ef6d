import { useTexts } from '../i18n/use-texts.ts';
import { SectionHeading } from '../ui/section-heading.tsx';
import { Switch } from '../ui/switch.tsx';
import { SettingRows } from './setting-rows.tsx';
import styles from './setting-rows.module.css';
import { useSettings } from './settings-store.ts';
import { useAbility } from './use-abilities.ts';
import { useChangeSettings } from './use-change-settings.ts';

/** What becomes of the window when it is closed, and when the computer starts. Nothing where the shell can do neither. */
export function WindowSettings() {
  const t = useTexts('settings');
  const change = useChangeSettings();
  const { closeToTray, launchAtLogin } = useSettings((settings) => settings);
  const hasTray = useAbility('tray');
  const mayLaunch = useAbility('launchAtLogin');
  if (!hasTray && !mayLaunch) return null;
  return (
    <section className={styles.section}>
      <SectionHeading title={t('system.window')} />
      <SettingRows>
        {hasTray && (
          <Switch
            label={t('system.closeToTray')}
            description={t('system.closeToTrayHelp')}
            checked={closeToTray}
            onChange={(checked) => change({ closeToTray: checked })}
          />
        )}
        {mayLaunch && (
          <Switch
            label={t('system.launchAtLogin')}
            description={t('system.launchAtLoginHelp')}
            checked={launchAtLogin}
            onChange={(checked) => change({ launchAtLogin: checked })}
          />
        )}
      </SettingRows>
    </section>
  );
}

/** What the computer does beside the window while something plays. */
export function BesidePlaybackSettings() {
  const t = useTexts('settings');
  const change = useChangeSettings();
  const { stayAwakeWhilePlaying, notifyOnTrackChange } = useSettings((settings) => settings);
  const staysAwake = useAbility('stayAwake');
  const notifies = useAbility('trackNotifications');
  return (
    <>
      {staysAwake && (
        <Switch
          label={t('system.stayAwake')}
          description={t('system.stayAwakeHelp')}
          checked={stayAwakeWhilePlaying}
          onChange={(checked) => change({ stayAwakeWhilePlaying: checked })}
        />
      )}
      {notifies && (
        <Switch
          label={t('system.notify')}
          description={t('system.notifyHelp')}
          checked={notifyOnTrackChange}
          onChange={(checked) => change({ notifyOnTrackChange: checked })}
        />
      )}
    </>
  );
}
