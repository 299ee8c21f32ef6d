/** One listener: a link, a service behind it, an app that goes through it, and a window. */
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import {
  startShapedLink,
  type ShapedLink,
  type ShapedLinkOptions,
} from '../../tests/network-link/shaped-link.ts';
import { startServiceBehind, startShell, type Program } from './stand.ts';

export interface Lane {
  readonly link: ShapedLink;
  readonly service: Program;
  readonly shell: Program;
  readonly page: Page;
  /** Another window, with nothing in common with the first. */
  openPage(): Promise<Page>;
  close(): Promise<void>;
}

export const openLane = async (options: {
  readonly name: string;
  readonly folder: string;
  readonly storeFolder: string;
  readonly browser: Browser;
  readonly link: ShapedLinkOptions;
}): Promise<Lane> => {
  const { browser, storeFolder } = options;
  const folder = join(options.folder, options.name);
  const link = await startShapedLink(options.link);
  const service = await startServiceBehind(link, storeFolder, join(folder, 'index'));
  const shell = await startShell(link.url, join(folder, 'data'));
  const contexts: BrowserContext[] = [];
  const openPage = async (): Promise<Page> => {
    const context = await browser.newContext({ bypassCSP: true, locale: 'en' });
    contexts.push(context);
    return context.newPage();
  };
  return {
    link,
    service,
    shell,
    page: await openPage(),
    openPage,
    async close() {
      for (const context of contexts) await context.close();
      await shell.stop();
      await link.close();
      await service.stop();
    },
  };
};
