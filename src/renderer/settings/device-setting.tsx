import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { useOutputs } from '../playback/sound/use-outputs.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/select.tsx';

/** What a select says for the device that is null. */
const SYSTEM = '';

/** What the music comes out of. A device that is gone is still the choice: it counts again once it is back. */
export function DeviceSetting(): ReactNode {
  const t = useTexts('settings');
  const sound = useTexts('sound');
  const { devices, chosenId, isBack, choose, takeBack } = useOutputs();
  const isKnown = devices.length > 0;
  const isGone = isKnown && chosenId !== null && devices.every(({ id }) => id !== chosenId);
  const help = (): string => {
    if (isBack) return t('sound.deviceBack');
    if (isGone) return t('sound.deviceGone');
    return isKnown ? t('sound.deviceHelp') : sound('outputUnknown');
  };
  const select = (
    <Select
      label={sound('output')}
      description={help()}
      value={isKnown ? (chosenId ?? SYSTEM) : SYSTEM}
      disabled={!isKnown}
      onChange={(id) => choose(devices.find((device) => device.id === id) ?? null)}
      options={[
        { value: SYSTEM, label: sound('systemOutput') },
        ...devices.map(({ id, label }) => ({ value: id, label })),
        ...(isGone ? [{ value: chosenId, label: t('sound.missingDevice') }] : []),
      ]}
    />
  );
  if (!isBack) return select;
  return (
    <>
      {select}
      <Button variant="outline" onClick={takeBack}>
        {sound('takeBack')}
      </Button>
    </>
  );
}
