import { z } from 'zod';

const rectangleSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
});
/** In the system's own points, from the top left corner of the first screen. */
export type Rectangle = Readonly<z.infer<typeof rectangleSchema>>;

export const windowPlaceSchema = z.object({ bounds: rectangleSchema, isMaximised: z.boolean() });
export type WindowPlace = Readonly<z.infer<typeof windowPlaceSchema>>;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** So much of a window's top edge has to be within reach for a hand to move it. */
const GRIP: Size = { width: 120, height: 44 };

const overlap = (left: Rectangle, right: Rectangle): Size => ({
  width: Math.max(0, Math.min(left.x + left.width, right.x + right.width) - Math.max(left.x, right.x)),
  height: Math.max(0, Math.min(left.y + left.height, right.y + right.height) - Math.max(left.y, right.y)),
});

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));

/** Whether a window's top edge can be seen and taken hold of on one of the screens. */
const isWithinReach = (bounds: Rectangle, screens: readonly Rectangle[]): boolean => {
  const top = { ...bounds, height: Math.min(GRIP.height, bounds.height) };
  const width = Math.min(GRIP.width, bounds.width);
  return screens.some((screen) => {
    const seen = overlap(top, screen);
    return seen.width >= width && seen.height >= top.height;
  });
};

const distance = (bounds: Rectangle, screen: Rectangle): number => {
  const x = bounds.x + bounds.width / 2;
  const y = bounds.y + bounds.height / 2;
  const toX = x - clamp(x, screen.x, screen.x + screen.width);
  const toY = y - clamp(y, screen.y, screen.y + screen.height);
  return toX * toX + toY * toY;
};

const nearest = (bounds: Rectangle, screens: readonly Rectangle[]): Rectangle | null =>
  screens.reduce<Rectangle | null>(
    (best, screen) => (best === null || distance(bounds, screen) < distance(bounds, best) ? screen : best),
    null,
  );

const within = (bounds: Rectangle, screen: Rectangle, minimum: Size): Rectangle => {
  const width = Math.min(Math.max(bounds.width, minimum.width), screen.width);
  const height = Math.min(Math.max(bounds.height, minimum.height), screen.height);
  return {
    x: clamp(bounds.x, screen.x, screen.x + screen.width - width),
    y: clamp(bounds.y, screen.y, screen.y + screen.height - height),
    width,
    height,
  };
};

const centred = ({ width, height }: Size, screen: Rectangle): Rectangle => ({
  x: screen.x + Math.round((screen.width - width) / 2),
  y: screen.y + Math.round((screen.height - height) / 2),
  width,
  height,
});

/**
 * Where a window opens: where it was, if its top edge is within reach there; else moved to the nearest screen, whole. Without a
 * place from last time in the middle of the first screen. `screens`: their areas without task bars, the first one first.
 */
export const placeOnScreen = (
  saved: WindowPlace | null,
  screens: readonly Rectangle[],
  sizes: { readonly usual: Size; readonly minimum: Size },
): WindowPlace => {
  const { usual, minimum } = sizes;
  const [first] = screens;
  if (saved === null) {
    if (first === undefined) return { bounds: { x: 0, y: 0, ...usual }, isMaximised: false };
    return { bounds: within(centred(usual, first), first, minimum), isMaximised: false };
  }
  const bounds = {
    ...saved.bounds,
    width: Math.max(saved.bounds.width, minimum.width),
    height: Math.max(saved.bounds.height, minimum.height),
  };
  if (isWithinReach(bounds, screens)) return { ...saved, bounds };
  const screen = nearest(bounds, screens);
  return screen === null ? { ...saved, bounds } : { ...saved, bounds: within(bounds, screen, minimum) };
};
