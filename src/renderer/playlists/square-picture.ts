/** A file that someone chose, made into the square picture of a playlist, in the window: what leaves it is small and holds no other data (places, cameras). */
const EDGE_PX = 1024;
/** Of the contract: 4 MB of image, before it is written as text. */
const MOST_BYTES = 4 * 1024 ** 2;
const MOST_FILE_BYTES = 40 * 1024 ** 2;
export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
/** The first that is small enough. */
const QUALITIES = [0.9, 0.8, 0.6] as const;

export type PictureProblem = 'kind' | 'size';
export type SquarePicture = { readonly dataUrl: string } | { readonly problem: PictureProblem };

/** The part of a picture that is kept: its middle, as large as fits. */
export const middleSquare = (
  widthPx: number,
  heightPx: number,
): { readonly leftPx: number; readonly topPx: number; readonly edgePx: number } => {
  const edgePx = Math.min(widthPx, heightPx);
  return { leftPx: Math.floor((widthPx - edgePx) / 2), topPx: Math.floor((heightPx - edgePx) / 2), edgePx };
};

/** Of base64: four letters for three bytes. */
const bytesOf = (dataUrl: string): number => ((dataUrl.length - dataUrl.indexOf(',') - 1) * 3) / 4;

const readPicture = async (file: Blob): Promise<ImageBitmap | null> => {
  try {
    return await createImageBitmap(file);
  } catch (error) {
    // What a browser says of bytes that are no picture to it.
    if (error instanceof DOMException) return null;
    throw error;
  }
};

/** A JPEG of at most 1024 pixels an edge, smaller where the picture is; on white where it can be seen through. */
export async function squarePicture(file: Blob): Promise<SquarePicture> {
  if (file.size > MOST_FILE_BYTES) return { problem: 'size' };
  if (!PICTURE_TYPES.some((type) => type === file.type)) return { problem: 'kind' };
  const picture = await readPicture(file);
  if (picture === null) return { problem: 'kind' };
  try {
    const { leftPx, topPx, edgePx } = middleSquare(picture.width, picture.height);
    const canvas = document.createElement('canvas');
    canvas.width = Math.min(edgePx, EDGE_PX);
    canvas.height = canvas.width;
    const context = canvas.getContext('2d');
    if (context === null) return { problem: 'kind' };
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, leftPx, topPx, edgePx, edgePx, 0, 0, canvas.width, canvas.height);
    const written = QUALITIES.map((quality) => canvas.toDataURL('image/jpeg', quality));
    const dataUrl = written.find((url) => bytesOf(url) <= MOST_BYTES);
    return dataUrl === undefined ? { problem: 'size' } : { dataUrl };
  } finally {
    picture.close();
  }
}
