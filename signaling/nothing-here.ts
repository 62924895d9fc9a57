/** The answer to paths where nothing is. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'

const TEXT = 'There is nothing here.\n'

/** Looks like the page's own notices, by its styles: any written here are what the policy of all answers forbids. */
const pageWith = (styles: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
    <meta name="color-scheme" content="light dark">
    <title>Nothing here – Earshot</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    ${styles}
  </head>
  <body>
    <main class="start">
      <div class="start-rings" aria-hidden="true"></div>
      <header class="start-brand">
        <img class="logo" src="/favicon.svg" alt="" width="32" height="32">
        <span class="wordmark">Earshot</span>
      </header>
      <section class="start-card">
        <h1>There is nothing here</h1>
        <p class="start-pitch">If somebody sent you this link, ask them for it again: a part of it may have been lost.</p>
        <div class="button-row"><a class="button" href="/">Start page</a></div>
      </section>
    </main>
  </body>
</html>
`

/** The links to the styles of the built page, whose names change with what is in them; none where there is no page. */
async function stylesOf(folder: string): Promise<string> {
  const html = await readFile(join(folder, 'index.html'), 'utf8').catch(() => '')
  return (html.match(/<link rel="stylesheet" href="\/assets\/[\w-]+\.css">/g) ?? []).join('\n    ')
}

/**
 * Answers 404: to people with a page that leads back, to programs with a line. Says nothing of what was asked for.
 * @param folder - where the built page is
 */
export async function nothingHere(
  folder: string,
): Promise<(request: FastifyRequest, reply: FastifyReply) => FastifyReply> {
  const page = pageWith(await stylesOf(folder))
  return ({ headers }, reply) => {
    const wantsPage = headers.accept?.toLowerCase().includes('text/html') ?? false
    return reply
      .code(404)
      .header('Cache-Control', 'no-cache')
      .header('Vary', 'Accept')
      .type(wantsPage ? 'text/html; charset=utf-8' : 'text/plain')
      .send(wantsPage ? page : TEXT)
  }
}
