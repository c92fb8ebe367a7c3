import { RealInputOutputError } from './real-input-output-error.js';

/** What Node's `async_hooks` call what is real input or output, and what waits for other threads. */
const KINDS: Readonly<Record<string, RegExp>> = {
  'a file': /^(FSREQ|FILEHANDLE|FSEVENTWRAP|STATWATCHER)/,
  'the name of a host': /^(GETADDRINFOREQWRAP|GETNAMEINFOREQWRAP|QUERYWRAP)$/,
  'a server': /^(TCP|PIPE)SERVERWRAP$/,
  'a socket': /^(TCPWRAP|TCPCONNECTWRAP|TLSWRAP|UDPWRAP|UDPSENDWRAP|PIPECONNECTWRAP|HTTPCLIENTREQUEST)$/,
  'a child process': /^PROCESSWRAP$/,
  'a worker': /^WORKER$/,
  compression: /^(ZLIB|BROTLI|ZSTD)/,
  cryptography:
    /^(RANDOMBYTES|PBKDF2|SCRYPT|SIGN|HASH|HKDF|CIPHER|DERIVE|KEYPAIRGEN|KEYGEN|CHECKPRIME|RANDOMPRIME).*REQUEST$/,
};

/** On which of Node's `diagnostics_channel`s `fetch` tells of a request: on a socket that is kept alive it begins no resource. */
const REQUEST = 'undici:request:create';

/**
 * Watches, in Node, for real input and output that is begun while something runs, and by it: what a test runner does
 * meanwhile is its own. In browsers, which do not tell, there is nothing to see.
 */
export class RealResources {
  readonly #begun = new Set<string>();
  readonly #hooks = globalThis.process?.getBuiltinModule?.('node:async_hooks');
  readonly #inside = this.#hooks && new this.#hooks.AsyncLocalStorage<true>();
  readonly #hook = this.#hooks?.createHook({
    init: (_id, type) => {
      const what = this.#inside?.getStore() && inWords(type);
      if (what) this.#begun.add(what);
    },
  });
  readonly #channels = globalThis.process?.getBuiltinModule?.('node:diagnostics_channel');
  readonly #requested = (): void => {
    if (this.#inside?.getStore()) this.#begun.add(`a request (${REQUEST})`);
  };

  /** Runs something, and sees what it begins, in its promises, too. */
  watch<Result>(work: () => Result): Result {
    this.#hook?.enable();
    this.#channels?.subscribe(REQUEST, this.#requested);
    return this.#inside ? this.#inside.run(true, work) : work();
  }

  /** @throws RealInputOutputError if something has begun. */
  check(unfinished: () => readonly string[]): void {
    if (this.#begun.size > 0) throw new RealInputOutputError([...this.#begun], unfinished());
  }

  stop(): void {
    this.#hook?.disable();
    this.#channels?.unsubscribe(REQUEST, this.#requested);
    // One that is left enabled costs at every promise from then on.
    this.#inside?.disable();
  }
}

function inWords(type: string): string | undefined {
  const kind = Object.keys(KINDS).find((name) => KINDS[name]?.test(type));
  return kind && `${kind} (${type})`;
}
