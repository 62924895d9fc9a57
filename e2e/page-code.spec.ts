import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { readPageBuild } from '../client/page-check.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest('hex')

const DECODERS = { identity: (data: Buffer) => data, br: brotliDecompressSync, gzip: gunzipSync }

/** A file as the server sends it in an encoding, decoded. */
async function fetchAs(url: string, encoding: keyof typeof DECODERS): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'Accept-Encoding': encoding } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        expect(response.headers['content-encoding'] ?? 'identity', url).toBe(encoding)
        resolve(DECODERS[encoding](Buffer.concat(chunks)))
      })
    }).on('error', reject)
  })
}

test('every file that the server hands out, compressed or not, has the hash that /healthz and the build tell', async ({
  server,
}) => {
  const { version, commit, ...page } = await readPageBuild(server.url)
  expect(JSON.parse(readFileSync('dist/build.json', 'utf8'))).toEqual({ version, commit, page })
  expect(page.hash).toBe(sha256(page.files.map((file) => `${file.sha256}  ${file.path}\n`).join('')))
  const paths = page.files.map(({ path }) => path)
  expect(paths).toEqual([...paths].sort())
  expect(paths).toContain('/index.html')
  expect(paths).toContain('/earshot.js')
  for (const file of page.files)
    for (const encoding of ['identity', 'br', 'gzip'] as const)
      expect(sha256(await fetchAs(server.url + file.path, encoding)), `${file.path} ${encoding}`).toBe(file.sha256)
  // Nothing that the page loads is missing in the list.
  const html = (await fetchAs(`${server.url}/`, 'identity')).toString()
  const loaded = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path)
  expect(loaded.length).toBeGreaterThan(2)
  for (const path of loaded) expect(paths).toContain(path)
})

test('the settings show what the page is made of, and find a file that is not what it should be', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url))
  const { commit, hash, files } = await readPageBuild(server.url)
  await ada.page.getByRole('button', { name: 'Settings' }).click()
  const code = ada.page.getByRole('region', { name: "This page's code" })
  await expect(code).toContainText(hash)
  await expect(code).toContainText(commit)
  const check = code.getByRole('button', { name: 'Check' })
  await check.click()
  await expect(code.getByRole('status')).toHaveText(`All ${files.length} files match.`)
  await ada.page.route('**/earshot.js', (route) => route.fulfill({ body: 'export const joinRoom = 1' }))
  await check.click()
  await expect(code.getByRole('status')).toContainText('Not what the list says: /earshot.js.')
  await ada.page.unroute('**/earshot.js')
  await ada.page.route('**/healthz', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ body: (await answer.text()).replace(hash, 'ab'.repeat(32)) })
  })
  await check.click()
  await expect(code.getByRole('status')).toContainText('Not what the list says: /healthz.')
})
