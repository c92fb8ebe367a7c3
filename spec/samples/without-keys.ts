const OF_PROVIDERS = /^(OPENAI|ANTHROPIC)_/;

/** Takes away what the environment knows of providers before each test of a suite, and gives it back afterwards. */
export function withoutKeys(): void {
  let before: [string, string | undefined][] = [];
  const current = () => Object.entries(process.env).filter(([name]) => OF_PROVIDERS.test(name));

  beforeEach(() => {
    before = current();
    for (const [name] of before) delete process.env[name];
  });

  afterEach(() => {
    for (const [name] of current()) delete process.env[name];
    for (const [name, value] of before) process.env[name] = value;
  });
}
