/** Writes to a stream, and waits until it has taken the text. @throws what the stream failed with, or that it is closed. */
export function writeOut(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // Without a listener, a stream that fails ends the process.
    stream.on('error', reject);
    stream.write(text, (error) => {
      const leave = () => stream.off('error', reject);
      if (error) {
        setImmediate(leave); // The event comes after the callback.
        reject(error);
      } else {
        leave();
        resolve();
      }
    });
  });
}
