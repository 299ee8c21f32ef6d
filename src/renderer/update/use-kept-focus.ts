import { useEffect, useRef, type FocusEvent, type RefObject } from 'react';

export interface KeptFocus {
  /** Where keys and screen readers go on when the control that had the focus is gone. */
  readonly place: RefObject<HTMLDivElement | null>;
  readonly onFocus: () => void;
  readonly onBlur: (event: FocusEvent) => void;
}

/** For what changes its controls under the listener's hand: a focus that was in here is not lost. */
export function useKeptFocus(): KeptFocus {
  const place = useRef<HTMLDivElement>(null);
  const wasInside = useRef(false);
  // After each change of what is shown: any of them may have taken the control away.
  useEffect(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (wasInside.current && isLost) place.current?.focus({ preventScroll: true });
  });
  return {
    place,
    onFocus: () => {
      wasInside.current = true;
    },
    onBlur: ({ relatedTarget }) => {
      // Without one the control may have gone with its focus.
      if (relatedTarget !== null) wasInside.current = false;
    },
  };
}
