/**
 * Imports a package that not everybody has, as `import()` does. Where that is refused, as to CommonJS in Jest, by `require`.
 *
 * @param load - calls `import()` with the name as a literal, which bundlers can see.
 */
export async function importPackage<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (!isRefused(error) || typeof require !== 'function') throw error;
    const required = require(name) as object; // eslint-disable-line @typescript-eslint/no-require-imports
    return Object.create(required, { default: { value: required } }) as Module;
  }
}

/** Whether a context of `node:vm` has no `import()`: https://nodejs.org/api/errors.html#err_vm_dynamic_import_callback_missing */
function isRefused(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' && code.startsWith('ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING');
}
