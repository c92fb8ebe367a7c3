interface WithProcess {
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
}

/** An environment variable, where there are any (not in browsers) and it is not empty. */
export function environment(name: string): string | undefined {
  return (globalThis as WithProcess).process?.env?.[name] || undefined;
}
