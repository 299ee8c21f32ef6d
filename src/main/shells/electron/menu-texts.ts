const ENGLISH = {
  about: 'About Riffle',
  hide: 'Hide Riffle',
  hideOthers: 'Hide others',
  quit: 'Quit Riffle',
  file: 'File',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  window: 'Window',
  minimize: 'Minimise',
  fullScreen: 'Full screen',
  close: 'Close window',
} as const;

export type MenuTexts = { readonly [Key in keyof typeof ENGLISH]: string };

const GERMAN: MenuTexts = {
  about: 'Über Riffle',
  hide: 'Riffle ausblenden',
  hideOthers: 'Andere ausblenden',
  quit: 'Riffle beenden',
  file: 'Datei',
  edit: 'Bearbeiten',
  undo: 'Widerrufen',
  redo: 'Wiederholen',
  cut: 'Ausschneiden',
  copy: 'Kopieren',
  paste: 'Einfügen',
  selectAll: 'Alles auswählen',
  window: 'Fenster',
  minimize: 'Minimieren',
  fullScreen: 'Vollbild',
  close: 'Fenster schließen',
};

/** By the language of a BCP 47 tag; English where there is no other. */
export const menuTexts = (locale: string): MenuTexts =>
  locale.toLowerCase().split('-')[0] === 'de' ? GERMAN : ENGLISH;
