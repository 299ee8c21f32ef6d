import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Connections on which nothing was asked yet: browsers and HTTP clients open some ahead. Node takes none of them for idle, so that
 * each would hold up stopping until its patience is over.
 */
export const trackUnasked = (http: Server): { close(): void } => {
  const unasked = new Set<Socket>();
  http.on('connection', (socket) => {
    unasked.add(socket);
    socket.once('close', () => unasked.delete(socket));
  });
  http.on('request', ({ socket }) => unasked.delete(socket));
  return {
    close() {
      for (const socket of unasked) socket.destroy();
    },
  };
};
