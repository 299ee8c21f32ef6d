import type { NodeHandler } from './web-shell.ts';

export interface DevServer {
  readonly handle: NodeHandler;
  close(): Promise<void>;
}

/**
 * Vite in place of the built window, for development: changed files appear without a reload. It brings inline scripts and a
 * socket of its own, so the content security policy is not sent here; the end-to-end tests run the built window.
 */
export const createDevServer = async (repositoryFolder: string): Promise<DevServer> => {
  const { createServer } = await import('vite');
  const vite = await createServer({
    configFile: `${repositoryFolder}/vite.config.ts`,
    appType: 'spa',
    // Standard output says when the shell is ready, and nothing else.
    logLevel: 'warn',
    server: { middlewareMode: true },
  });
  return {
    handle: (incoming, outgoing) =>
      new Promise((resolve, reject) => {
        outgoing.once('close', resolve);
        vite.middlewares(incoming, outgoing, (error: unknown) => {
          if (error instanceof Error) reject(error);
          else outgoing.writeHead(404).end();
        });
      }),
    close: () => vite.close(),
  };
};
