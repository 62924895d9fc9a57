import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fastify from 'fastify'
import { nothingHere } from './nothing-here.ts'

/** What people get where nothing is, beside a built page. */
async function answerBeside(folder: string): Promise<string> {
  const app = fastify()
  app.setNotFoundHandler(await nothingHere(folder))
  return (await app.inject({ url: '/nothing', headers: { accept: 'text/html' } })).body
}

test('the page where nothing is has the styles of the built page, and no more of it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-page-'))
  t.after(() => rm(folder, { recursive: true }))
  const styles = '<link rel="stylesheet" href="/assets/main-ABCD1234.css">'
  const script = '<script type="module" src="/assets/main-ABCD1234.js"></script>'
  await writeFile(join(folder, 'index.html'), `<!doctype html><title>Earshot</title>${styles}${script}`)
  const html = await answerBeside(folder)
  assert.ok(html.includes(styles))
  assert.doesNotMatch(html, /<script/)
})

test('without a built page it is plain, and leads back just the same', async () => {
  const html = await answerBeside(join(tmpdir(), 'earshot-no-page'))
  assert.doesNotMatch(html, /rel="stylesheet"/)
  assert.match(html, /href="\/">Start page<\/a>/)
})
