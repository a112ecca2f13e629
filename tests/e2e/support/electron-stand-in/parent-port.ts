/** Gives a forked process the end of the channel that a utility process of Electron has. */
const listeners: ((event: { readonly data: unknown }) => void)[] = [];

Object.defineProperty(process, 'parentPort', {
  value: {
    postMessage: (message: object) => void (process.connected && process.send?.(message)),
    on(event: string, listener: (event: { readonly data: unknown }) => void) {
      if (event !== 'message') return;
      if (listeners.length === 0) process.on('message', (data) => listeners.map((each) => each({ data })));
      listeners.push(listener);
    },
  },
});
// A utility process ends with the application.
process.on('disconnect', () => process.exit(0));
