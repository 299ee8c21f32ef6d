/** Updates an installation as far as it comes, and kills itself at the moment it was given. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { orderSchema, type KillOrder, type Moment } from './kill-order.ts';

const run = async (order: KillOrder): Promise<void> => {
  const at = (moment: Moment): void => {
    if (moment !== order.moment) return;
    fs.writeSync(1, 'died\n');
    process.kill(process.pid, 'SIGKILL');
  };

  // The moments within the installation are those of the file system.
  const { copyFile, rename } = fs.promises;
  fs.promises.copyFile = async (from, to, mode) => {
    const isOfApp = String(to).includes('Riffle.AppImage');
    if (isOfApp) at('before the new one is copied beside it');
    if (isOfApp && order.moment === 'half of it is copied') {
      const bytes = fs.readFileSync(from);
      fs.writeFileSync(to, bytes.subarray(0, bytes.length >> 1));
      at('half of it is copied');
    }
    await copyFile(from, to, mode);
    if (isOfApp) at('it is copied');
  };
  fs.promises.rename = async (from, to) => {
    await rename(from, to);
    if (String(to).endsWith('kept.json')) at('the old one is kept');
    if (String(to).endsWith('Riffle.AppImage')) at('it is in place');
  };
  syncBuiltinESMExports();

  const { openInstallation } = await import('./world/installation.ts');
  let payloadRequests = 0;
  const installation = await openInstallation({
    ...order,
    kind: 'appimage',
    fetch: async (address, init) => {
      const url = String(address instanceof Request ? address.url : address);
      if (url.endsWith('.riffle.json')) at('the manifest is asked for');
      if (url.includes('.yml')) at('the yml is asked for');
      if (url.endsWith('.appimage')) {
        payloadRequests += 1;
        at('the payload is asked for');
        if (payloadRequests === 3) at('half of the payload is there');
      }
      return fetch(address, init);
    },
  });
  const { updates } = installation;
  await updates.api.check();
  await installation.reaches('downloading', 'ready');
  await installation.reaches('ready');
  at('it is ready');
  await updates.api.install();
  at('everything is done');
  await installation.close();
};

await run(orderSchema.parse(JSON.parse(process.argv[2] ?? '')));
