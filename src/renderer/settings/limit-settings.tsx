import { GIGABYTE } from '../../contract/settings.ts';
import { formatBytes } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useStatus } from '../status/status-store.ts';
import { Select } from '../ui/select.tsx';
import { Switch } from '../ui/switch.tsx';
import { useSettings } from './settings-store.ts';
import { useChangeSettings } from './use-change-settings.ts';

const PINNED_GIGABYTES = [5, 10, 20, 40, 80, 160];
const CACHED_GIGABYTES = [1, 2, 5, 10, 20, 50];
/** What a select says for the limit that is null. */
const NO_FIGURE = 'null';

/** The limits on offer, and the one that is set should it be another. */
const optionsOf = (gigabytes: readonly number[], set: number | null) => {
  const limits = new Set(gigabytes.map((figure) => figure * GIGABYTE));
  if (set !== null) limits.add(set);
  return [...limits]
    .sort((one, other) => one - other)
    .map((bytes) => ({ value: String(bytes), label: formatBytes(bytes) }));
};
const valueOf = (limit: number | null): string => (limit === null ? NO_FIGURE : String(limit));
const limitOf = (value: string): number | null => (value === NO_FIGURE ? null : Number(value));

/** How much room music may take: what is kept on purpose and what was played, each by itself. */
export function LimitSettings() {
  const t = useTexts('settings');
  const change = useChangeSettings();
  const pinnedLimit = useSettings((settings) => settings.pinnedLimitBytes);
  const cachedLimit = useSettings((settings) => settings.cachedLimitBytes);
  const { pinned, cache } = useStatus((status) => status);
  const isOver = pinnedLimit !== null && pinned.bytes > pinnedLimit;
  // Only while it is automatic is the limit in force the automatic one.
  const automatic =
    cachedLimit === null && cache.limitBytes > 0
      ? t('storage.limits.automaticNow', { limit: formatBytes(cache.limitBytes) })
      : t('storage.limits.automatic');
  return (
    <>
      <Select
        label={t('storage.limits.pinned')}
        description={t(isOver ? 'storage.limits.pinnedOver' : 'storage.limits.pinnedHelp')}
        value={valueOf(pinnedLimit)}
        onChange={(value) => change({ pinnedLimitBytes: limitOf(value) })}
        options={[
          ...optionsOf(PINNED_GIGABYTES, pinnedLimit),
          { value: NO_FIGURE, label: t('storage.limits.none') },
        ]}
      />
      <Select
        label={t('storage.limits.cached')}
        description={t('storage.limits.cachedHelp')}
        value={valueOf(cachedLimit)}
        onChange={(value) => change({ cachedLimitBytes: limitOf(value) })}
        options={[{ value: NO_FIGURE, label: automatic }, ...optionsOf(CACHED_GIGABYTES, cachedLimit)]}
      />
    </>
  );
}

/** What is fetched by itself, and over which networks. */
export function FetchSettings() {
  const t = useTexts('settings');
  const change = useChangeSettings();
  const prefetch = useSettings((settings) => settings.prefetch);
  const fetchOnMetered = useSettings((settings) => settings.fetchOnMetered);
  const isMetered = useStatus((status) => status.isMetered);
  const network = isMetered === null ? 'unknown' : isMetered ? 'metered' : 'free';
  return (
    <>
      <Switch
        label={t('storage.fetch.prefetch')}
        description={t('storage.fetch.prefetchHelp')}
        checked={prefetch}
        onChange={(checked) => change({ prefetch: checked })}
      />
      <Switch
        label={t('storage.fetch.metered')}
        description={`${t('storage.fetch.meteredHelp')} ${t(`storage.fetch.network.${network}`)}`}
        checked={fetchOnMetered}
        onChange={(checked) => change({ fetchOnMetered: checked })}
      />
    </>
  );
}
