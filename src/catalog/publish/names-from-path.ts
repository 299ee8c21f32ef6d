import { cleanText, nameKey } from './clean-text.ts';

/** What a file's place says about it; used only for what its tags do not say. */
export interface PathNames {
  readonly title: string;
  readonly artist: string | null;
  readonly album: string | null;
  readonly trackNumber: number | null;
  readonly discNumber: number | null;
  readonly discTitle: string | null;
  readonly releaseDate: string | null;
  /** The album's folder without disc folders: `Kraftwerk/Autobahn`, empty at the root. */
  readonly albumFolder: string;
}

const DISC_FOLDER =
  /^(?:cd|dis[ck]|disque|platte|vinyl|side|lp)[\s._#-]*(\d{1,2})(?:\s*[-–:.,]\s*(.+)|\s*[([](.+)[)\]])?$/i;
const DISC_SUFFIX = /[\s._-]*[([]?\b(?:cd|dis[ck])[\s._#-]*(\d{1,2})\s*[)\]]?$/i;
/** Folders that hold music but name neither artist nor album. */
const GENERIC_FOLDERS = new Set(
  'music,musik,audio,songs,tracks,albums,album,artists,media,data,sound,sounds,snd,downloads,mp3,flac,ogg,opus,library,misc,new,various'.split(
    ',',
  ),
);

/** Splits `Album (Disc 2)` into what it is called and which disc it is; `Album` is its own name. */
export function withoutDiscSuffix(name: string): { readonly name: string; readonly disc: number | null } {
  const match = DISC_SUFFIX.exec(name);
  const rest = match === null ? '' : name.slice(0, match.index).trim();
  return match === null || rest === ''
    ? { name, disc: null }
    : { name: rest, disc: Number(match[1]) || null };
}

/** Whether a folder of this name holds one disc of the album whose folder it lies in. */
export function isDiscFolder(name: string): boolean {
  return DISC_FOLDER.test(name);
}

/**
 * Sensible names from `Artist/Album/01 - Title.ext`, `Artist - Album (1999)/CD 2/03 Title.ext`, `Artist - Title.ext` and
 * their like. The path is relative, `/`-separated.
 */
export function namesFromPath(path: string): PathNames {
  const folders = path.split('/');
  const fileName = folders.pop() ?? path;
  const disc = takeDiscFolder(folders);
  const albumFolder = [...folders.slice(0, -1), withoutDiscSuffix(folders.at(-1) ?? '').name].join('/');
  const album = albumNames(folders);
  const file = fileNames(fileName.replace(/\.[^.]*$/, ''), album.artist);
  return {
    title: file.title,
    artist: file.artist ?? album.artist,
    album: file.album ?? album.title,
    trackNumber: file.trackNumber,
    discNumber: disc.number ?? album.disc ?? file.discNumber,
    discTitle: disc.title,
    releaseDate: album.year,
    albumFolder,
  };
}

function takeDiscFolder(folders: string[]): {
  readonly number: number | null;
  readonly title: string | null;
} {
  const match = DISC_FOLDER.exec(folders.at(-1) ?? '');
  if (match === null || folders.length < 2) return { number: null, title: null };
  folders.pop();
  return { number: Number(match[1]) || null, title: cleanText(match[2] ?? match[3]) };
}

interface AlbumNames {
  readonly title: string | null;
  readonly artist: string | null;
  readonly year: string | null;
  readonly disc: number | null;
}

function albumNames(folders: readonly string[]): AlbumNames {
  const folder = folders.at(-1) ?? '';
  const parent = folders.at(-2) ?? '';
  // `Ada/Songs` is an album of Ada's, `music/songs` is not.
  if (folder === '' || (isGeneric(folder) && (parent === '' || isGeneric(parent)))) {
    return { title: null, artist: null, year: null, disc: null };
  }
  const { name, disc } = withoutDiscSuffix(withoutFormatNote(spaced(folder)));
  const dated = takeYear(name);
  const parts = dated.name.split(/ [-–] /);
  const parentArtist = parent === '' || isGeneric(parent) ? null : cleanText(spaced(parent));
  const [first, ...rest] = parts;
  const repeatsParent =
    parentArtist !== null && first !== undefined && nameKey(first) === nameKey(parentArtist);
  if (rest.length > 0 && first !== undefined && (parentArtist === null || repeatsParent)) {
    const inner = takeYear(rest.join(' - '));
    return { title: cleanText(inner.name), artist: cleanText(first), year: dated.year ?? inner.year, disc };
  }
  return { title: cleanText(dated.name), artist: parentArtist, year: dated.year, disc };
}

/** `1999 - Album`, `(1999) Album`, `Album (1999)`, `Album [1999]`. */
function takeYear(name: string): { readonly name: string; readonly year: string | null } {
  const before =
    /^[([]?((?:19|20)\d{2})[)\]]?\s*[-–]\s+(.+)$/.exec(name) ??
    /^[([]((?:19|20)\d{2})[)\]]\s*(.+)$/.exec(name);
  if (before?.[1] !== undefined && before[2] !== undefined) return { name: before[2], year: before[1] };
  const after = /^(.+?)\s*[([]((?:19|20)\d{2})[)\]]$/.exec(name);
  if (after?.[1] !== undefined && after[2] !== undefined) return { name: after[1], year: after[2] };
  return { name, year: null };
}

/** `Album [FLAC 24-96]`, `Album (320kbps)`: how it is stored is no part of its name. */
function withoutFormatNote(name: string): string {
  const stripped = name
    .replaceAll(
      /\s*[([{](?:[^()[\]{}]*\b(?:flac|mp3|aac|ogg|opus|alac|wav|web|vinyl rip|cd ?rip|\d{2,3} ?kbps|v0|v2|320|24-\d{2,3})\b[^()[\]{}]*)[)\]}]/gi,
      '',
    )
    .trim();
  return stripped === '' ? name : stripped;
}

interface FileNames {
  readonly title: string;
  readonly artist: string | null;
  readonly album: string | null;
  readonly trackNumber: number | null;
  readonly discNumber: number | null;
}

function fileNames(stem: string, folderArtist: string | null): FileNames {
  const name = spaced(stem);
  const full = /^(.+?) - (.+?) - (\d{1,3}) - (.+)$/.exec(name);
  if (full?.[1] && full[2] && full[3] && full[4]) {
    return {
      title: titleOr(full[4], stem),
      artist: cleanText(full[1]),
      album: cleanText(full[2]),
      trackNumber: Number(full[3]) || null,
      discNumber: null,
    };
  }
  const numbered = takeNumbers(name);
  const split = splitArtist(numbered.rest, folderArtist);
  return { ...split, title: titleOr(split.title, stem), album: null, ...numbered.numbers };
}

interface Numbers {
  readonly trackNumber: number | null;
  readonly discNumber: number | null;
}

/**
 * `1-03 Title`, `01 - Title`, `01. Title`, `(01) Title`, `07 Title`. A number followed only by a space counts when it is
 * written like a track number, so that `99 Luftballons` and `7 rings` keep theirs.
 */
function takeNumbers(name: string): { readonly numbers: Numbers; readonly rest: string } {
  const onDisc = /^(\d{1,2})[-.](\d{2,3})(?:\s*[-–.]\s*|\s+)(\S.*)$/.exec(name);
  if (onDisc?.[3] !== undefined) {
    return {
      numbers: { discNumber: Number(onDisc[1]) || null, trackNumber: Number(onDisc[2]) || null },
      rest: onDisc[3],
    };
  }
  const match =
    /^[([]?(\d{1,3})(?:[)\]]\s*[-–]?\s*|\s*[-–]\s+|\.\s*(?!\d)|-(?=\p{L}))(\S.*)$/u.exec(name) ??
    /^(0\d{1,2}|[12]\d)\s+(\S.*)$/.exec(name);
  return match?.[2] === undefined
    ? { numbers: { trackNumber: null, discNumber: null }, rest: name }
    : { numbers: { trackNumber: Number(match[1]) || null, discNumber: null }, rest: match[2] };
}

/** Inside an artist's folder a dash belongs to the title, unless what stands before it is that artist again. */
function splitArtist(
  name: string,
  folderArtist: string | null,
): { readonly title: string; readonly artist: string | null } {
  const parts = name.split(/ [-–] /);
  const [first, ...rest] = parts;
  if (first === undefined || rest.length === 0) return { title: name, artist: null };
  const artistIsOpen = folderArtist === null || isVarious(folderArtist);
  if (!artistIsOpen && nameKey(first) !== nameKey(folderArtist)) return { title: name, artist: null };
  return { title: rest.join(' - '), artist: cleanText(first) };
}

export function isVarious(name: string): boolean {
  return /^(?:various(?: artists?)?|va|v\.a\.|diverse|verschiedene(?: interpreten)?|compilations?|soundtracks?)$/i.test(
    name.trim(),
  );
}

const isGeneric = (folder: string): boolean => GENERIC_FOLDERS.has(nameKey(folder));
/** `some_file_name` reads as words; a name that has spaces keeps its underscores. */
const spaced = (name: string): string => (name.includes(' ') ? name : name.replaceAll('_', ' ')).trim();
const titleOr = (title: string, stem: string): string => cleanText(title) ?? cleanText(stem) ?? 'Untitled';
