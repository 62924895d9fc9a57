import { build } from 'esbuild'

/** Bundles a file as a script that runs in any page. What it exports is in the global variable `globalName`. */
export async function pageScript(entryPoint: string, globalName = 'earshotTest'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    write: false,
    format: 'iife',
    globalName,
    target: 'es2022',
    logLevel: 'silent',
  })
  return outputFiles.map(({ text }) => text).join('')
}
