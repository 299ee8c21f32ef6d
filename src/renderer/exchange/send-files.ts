import { MOST_IMPORT_BYTES, MOST_PIECE_BYTES, type ExportedFile } from '../../contract/exchange.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { host } from '../host/host-client.ts';
import { takeImport } from './import-store.ts';

/** As `btoa` takes it: a letter a byte. In parts, as a call takes only so many arguments. */
const LETTERS_AT_ONCE = 8192;
const base64Of = (bytes: Uint8Array): string => {
  let letters = '';
  for (let at = 0; at < bytes.length; at += LETTERS_AT_ONCE)
    letters += String.fromCharCode(...bytes.subarray(at, at + LETTERS_AT_ONCE));
  return btoa(letters);
};

/** Hands files to the host and has them read. Rejects with a `HostFailure`; `limit_reached` where they are too large together. */
export async function sendFiles(files: readonly File[]): Promise<void> {
  if (files.reduce((sum, { size }) => sum + size, 0) > MOST_IMPORT_BYTES)
    throw new HostFailure('limit_reached', 'more than any list of music has');
  const transfer = crypto.randomUUID();
  for (const [place, file] of files.entries()) {
    // Two files of one name, from two folders, are two files.
    const isRepeated = files.slice(0, place).some(({ name }) => name === file.name);
    const name = isRepeated ? `${place + 1}/${file.name}` : file.name;
    const bytes = new Uint8Array(await file.arrayBuffer());
    for (let at = 0; at === 0 || at < bytes.length; at += MOST_PIECE_BYTES)
      await host.exchange.receive({
        transfer,
        name,
        base64: base64Of(bytes.subarray(at, at + MOST_PIECE_BYTES)),
      });
  }
  takeImport(await host.exchange.read({ transfer }));
}

/** Gives a file to the listener, by the window's own way of saving. */
export function saveFile({ name, contentType, base64 }: ExportedFile): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: contentType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
