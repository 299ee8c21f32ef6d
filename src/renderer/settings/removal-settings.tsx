import { useState } from 'react';
import { host } from '../host/host-client.ts';
import { formatBytes, formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { removeAllKept } from '../offline/pin-actions.ts';
import { takeStatus, useStatus } from '../status/status-store.ts';
import { Button } from '../ui/button.tsx';
import { showToast } from '../ui/toast.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { SettingRow } from './setting-rows.tsx';

type Removal = 'cached' | 'pinned' | 'everything';

/** Ways to make room, each after a second word that names sizes and what it means. */
export function RemovalSettings({ ways }: { readonly ways: readonly Removal[] }) {
  const t = useTexts('settings');
  const { cache, pinned } = useStatus((status) => status);
  const [asked, setAsked] = useState<Removal | null>(null);

  const bytesOf: Readonly<Record<Removal, number>> = {
    cached: cache.bytes,
    pinned: pinned.bytes,
    everything: cache.bytes + pinned.bytes,
  };
  const tracksOf: Readonly<Record<Removal, number>> = {
    cached: cache.tracks,
    pinned: pinned.tracks,
    everything: cache.tracks + pinned.tracks,
  };

  const clearCached = async (): Promise<void> => {
    const bytes = formatBytes(cache.bytes);
    try {
      takeStatus(await host.cache.clear());
      showToast({ text: t('storage.cleared', { bytes }), tone: 'done' });
    } catch {
      showToast({ text: t('storage.notCleared'), tone: 'failed' });
    }
  };
  const eraseAll = async (): Promise<void> => {
    try {
      takeStatus(await host.storage.eraseAll());
      showToast({ text: t('storage.erased'), tone: 'done' });
    } catch {
      showToast({ text: t('storage.notErased'), tone: 'failed' });
    }
  };
  const carryOut: Readonly<Record<Removal, () => Promise<void>>> = {
    cached: clearCached,
    pinned: removeAllKept,
    everything: eraseAll,
  };

  const row = (removal: Removal) => (
    <SettingRow
      key={removal}
      label={t(`storage.removals.${removal}.label`)}
      description={t(`storage.removals.${removal}.help`)}
    >
      <Button variant="danger" disabled={bytesOf[removal] === 0} onClick={() => setAsked(removal)}>
        {t(`storage.removals.${removal}.action`)}
      </Button>
    </SettingRow>
  );
  const dialog = (removal: Removal) => (
    <ConfirmDialog
      key={removal}
      title={t(`storage.removals.${removal}.title`)}
      action={t(`storage.removals.${removal}.action`)}
      open={asked === removal}
      onOpenChange={(open) => setAsked(open ? removal : null)}
      onConfirm={() => void carryOut[removal]()}
    >
      {t(`storage.removals.${removal}.means`, {
        count: tracksOf[removal],
        formatted: formatCount(tracksOf[removal]),
        bytes: formatBytes(bytesOf[removal]),
      })}
    </ConfirmDialog>
  );
  return (
    <>
      {ways.map(row)}
      {ways.map(dialog)}
    </>
  );
}
