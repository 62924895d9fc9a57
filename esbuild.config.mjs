/**
 * Builds the page, /earshot.js, the server, the start of coturn and the peer in a terminal into dist/. With --watch: again on every change, with the server running.
 *
 * Everything is built in memory first, so a build that fails leaves the last good dist/ as it was, and one that succeeds
 * leaves no stale file in it. The same commit gives the same bytes.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { dirname, extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'esbuild'

const root = dirname(fileURLToPath(import.meta.url))
const dist = join(root, 'dist')
const compressible = new Set(['.css', '.html', '.js', '.json', '.map', '.svg', '.txt', '.webmanifest'])

/** Settings of all three builds. Nothing is written: what esbuild makes is collected by `bundle`. */
const output = { format: 'esm', sourcemap: 'linked', metafile: true, write: false }
const shared = { ...output, bundle: true, absWorkingDir: root, logLevel: 'silent' }

/** Of the data on emoji what the page reads, as text: browsers take that in much faster than the same as code. */
const emojiData = {
  name: 'emoji-data',
  setup({ onLoad }) {
    // The type `Kept` in client/ui/emoji.ts says the same.
    const fields = ['unicode', 'label', 'tags', 'hexcode', 'group', 'order']
    onLoad({ filter: /[\\/]emojibase-data[\\/].*\.json$/ }, ({ path }) => {
      const data = JSON.parse(fs.readFileSync(path, 'utf8'))
      const text = JSON.stringify(data, Array.isArray(data) ? fields : null)
      return { contents: `export default JSON.parse(${JSON.stringify(text)})`, loader: 'js' }
    })
  },
}

// Where node_modules is a link, real paths would get into the source maps, and with them into the names of files.
const browser = {
  ...shared,
  platform: 'browser',
  target: 'es2022',
  minify: true,
  // Escapes are longer, and modules are always read as UTF-8.
  charset: 'utf8',
  preserveSymlinks: true,
  plugins: [emojiData],
}
const node = { ...shared, platform: 'node', target: 'node20', packages: 'external' }

const shebang = '#!/usr/bin/env node'

const say = (line) => process.stdout.write(`${line}\n`)
const complain = (line) => process.stderr.write(`${line}\n`)

/** A path inside the project as esbuild and URLs write it, on Windows too. */
const slashes = (path) => path.split(sep).join('/')

/** Runs esbuild and puts what it made into `files`, by path below dist/. Returns its metafile. */
async function bundle(files, options) {
  const { outputFiles, metafile } = await build(options)
  for (const { path, contents } of outputFiles) files.set(slashes(relative(dist, path)), Buffer.from(contents))
  return metafile
}

/** Files that must be loaded before the entry runs: the entry first, then every chunk that it imports statically. */
function staticFiles(metafile, entry, found = new Set()) {
  found.add(entry)
  for (const { path, kind, external } of metafile.outputs[entry]?.imports ?? [])
    if (kind === 'import-statement' && !external && !found.has(path)) staticFiles(metafile, path, found)
  return [...found]
}

/**
 * Builds what the page loads by its address: the worker that stretches passwords, and the styles of what is drawn later.
 * Returns the settings that tell the page where they are.
 */
async function buildApart(files) {
  const { outputs } = await bundle(files, {
    ...browser,
    entryPoints: ['client/crypto/stretch-worker.ts', 'client/ui/later.css'],
    outdir: 'dist/page/assets',
    entryNames: '[name]-[hash]',
  })
  const url = (entry) => {
    const [path] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === entry)
    return JSON.stringify(path.replace('dist/page', ''))
  }
  return {
    define: { STRETCH_WORKER: url('client/crypto/stretch-worker.ts'), LATER_STYLES: url('client/ui/later.css') },
  }
}

/** Builds /earshot.js, whose lazy chunks are marked as made for other origins. */
function buildEmbed(files, settings) {
  return bundle(files, {
    ...browser,
    ...settings,
    entryPoints: ['client/earshot.ts'],
    outdir: 'dist/page',
    splitting: true,
    entryNames: '[name]',
    chunkNames: 'assets/embed-[name]-[hash]',
  })
}

/** Builds the page with its lazy chunks, and index.html that names them. Returns what loads before one can type. */
async function buildPage(files, settings) {
  const metafile = await bundle(files, {
    ...browser,
    ...settings,
    entryPoints: ['client/main.tsx'],
    outdir: 'dist/page/assets',
    publicPath: '/assets',
    splitting: true,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
  })
  const entry = Object.keys(metafile.outputs).find((path) => metafile.outputs[path].entryPoint === 'client/main.tsx')
  const [script, ...chunks] = staticFiles(metafile, entry)
  const styles = [metafile.outputs[entry].cssBundle].filter(Boolean)
  const url = (path) => path.replace('dist/page', '')
  const tags = {
    styles: styles.map((path) => `<link rel="stylesheet" href="${url(path)}">`),
    scripts: chunks.map((path) => `<link rel="modulepreload" href="${url(path)}">`),
  }
  tags.scripts.push(`<script type="module" src="${url(script)}"></script>`)
  const html = fs
    .readFileSync(join(root, 'client/index.html'), 'utf8')
    .replace(/<!-- (styles|scripts) -->/g, (_, kind) => tags[kind].join('\n    '))
  files.set('page/index.html', Buffer.from(html))
  return ['dist/page/index.html', script, ...chunks, ...styles].map((path) => path.replace('dist/', ''))
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

/**
 * The page's files by the path at which the server has them, each with the SHA-256 of its uncompressed bytes, sorted by path;
 * and one hash over all, that of the list as `listText` writes it.
 */
function hashPage(files) {
  const list = [...files]
    .filter(([path]) => path.startsWith('page/'))
    .map(([path, bytes]) => ({ path: path.replace(/^page/, ''), sha256: sha256(bytes) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  return { hash: sha256(listText(list)), files: list }
}

/** A list of hashes as `sha256sum` prints one. */
const listText = (list) => list.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('')

/** What /healthz tells of this build. */
function describeBuild(page) {
  const { version } = JSON.parse(fs.readFileSync(join(root, 'package.json'), 'utf8'))
  const { stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' })
  return Buffer.from(`${JSON.stringify({ version, commit: stdout?.trim() || 'unknown', page })}\n`)
}

/** Adds .br and .gz beside every file of the page that compresses. */
async function compress(files) {
  const brotli = promisify(brotliCompress)
  const zip = promisify(gzip)
  await Promise.all(
    [...files].map(async ([path, bytes]) => {
      if (!path.startsWith('page/') || !compressible.has(extname(path))) return
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
      files.set(`${path}.br`, await brotli(bytes, { params }))
      files.set(`${path}.gz`, await zip(bytes, { level: 9 }))
    }),
  )
}

/** Builds everything and replaces dist/ by it. Returns the files by path, which load before one can type, and the page's hashes. */
async function buildAll({ compressed }) {
  const files = new Map()
  const settings = await buildApart(files)
  const [initial] = await Promise.all([
    buildPage(files, settings),
    buildEmbed(files, settings),
    bundle(files, { ...node, entryPoints: ['signaling/main.ts'], outfile: 'dist/server.mjs' }),
    bundle(files, { ...node, entryPoints: ['signaling/turn.ts'], outfile: 'dist/turn.mjs' }),
    bundle(files, { ...node, entryPoints: ['client/terminal.ts'], outfile: 'dist/peer.mjs', banner: { js: shebang } }),
  ])
  files.set('page/favicon.svg', fs.readFileSync(join(root, 'client/ui/favicon.svg')))
  const page = hashPage(files)
  files.set('build.json', describeBuild(page))
  if (compressed) await compress(files)

  fs.rmSync(dist, { recursive: true, force: true })
  for (const [path, bytes] of files) {
    fs.mkdirSync(dirname(join(dist, path)), { recursive: true })
    fs.writeFileSync(join(dist, path), bytes)
    if (bytes.subarray(0, 2).toString() === '#!') fs.chmodSync(join(dist, path), 0o755)
  }
  return { files, initial, page }
}

/** Prints what the page weighs: what loads before one can type, each and in sum, and what comes later. */
function printWeights({ files, initial }) {
  const sum = (paths, ending) => `${paths.reduce((all, path) => all + files.get(path + ending).length, 0)}`
  const row = (title, bytes, brotli) => say(`${title.padEnd(44)} ${bytes.padStart(9)} ${brotli.padStart(9)}`)
  const weigh = (title, paths) => row(title, sum(paths, ''), sum(paths, '.br'))

  const later = [...files.keys()].filter((path) => /^page\/assets\/.*\.(js|css)$/.test(path) && !initial.includes(path))
  row('file', 'bytes', 'brotli')
  for (const path of initial.slice(0, 7)) weigh(path, [path])
  if (initial.length > 7) weigh(`${initial.length - 7} more chunks`, initial.slice(7))
  weigh('loads before typing, in all', initial)
  weigh(`loads later, ${later.length} files`, later)
  weigh('page/earshot.js', ['page/earshot.js'])
}

/** Prints what a server that serves this build shows at /healthz, so that anyone can compare. */
function printHashes({ page }) {
  say(`\n${listText(page.files)}`)
  say(`${page.hash}  the page, which is this list's SHA-256`)
}

/** esbuild's errors one a line, each with its place; any other error as its message. */
function describeError(error) {
  if (!Array.isArray(error.errors)) return error.message
  const describe = ({ text, location: at }) => (at ? `${at.file}:${at.line}:${at.column + 1}: ${text}` : text)
  return error.errors.map(describe).join('\n')
}

/** Starts the built server. Returns a function that ends it and waits until its port is free. */
function startServer() {
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/server.mjs'], { cwd: root, stdio: 'inherit' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  ended.then((code) => {
    if (code) complain(`The server ended with code ${code}; it starts again on the next change.`)
  })
  return () => {
    child.kill()
    return ended
  }
}

/** Builds and starts the server, and does both again on every change, until this process is told to end. */
function develop() {
  let endServer = async () => {}
  let queue = Promise.resolve()
  let timer

  const rebuild = async () => {
    try {
      await buildAll({ compressed: false })
    } catch (error) {
      return complain(`Build failed:\n${describeError(error)}`)
    }
    say('Built.')
    await endServer()
    endServer = startServer()
  }
  const changed = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      queue = queue.then(rebuild)
    }, 50)
  }
  const end = async () => {
    await endServer()
    process.exit()
  }
  for (const folder of ['client', 'signaling']) fs.watch(join(root, folder), { recursive: true }, changed)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, end)
  changed()
}

if (process.argv.includes('--watch')) {
  develop()
} else {
  try {
    const built = await buildAll({ compressed: true })
    printWeights(built)
    printHashes(built)
  } catch (error) {
    complain(`Build failed:\n${describeError(error)}`)
    process.exitCode = 1
  }
}
