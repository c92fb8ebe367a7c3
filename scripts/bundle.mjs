// The built core as a browser's bundler sees it. No Node builtin can be in a bundle: esbuild fails on the import.
import { build } from 'esbuild';

export async function bundleForBrowsers(contents, options) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    metafile: true,
    write: false,
    outdir: 'dist',
    logLevel: 'error',
    ...options,
  });
  const ofNode = Object.keys(metafile.inputs).filter((file) => /\.node\.[jt]s$|^dist\/cjs\//.test(file));
  if (ofNode.length > 0) throw new Error(`Expected only browser files in the bundle; got ${ofNode.join(', ')}`);
  return outputFiles[0].contents;
}
