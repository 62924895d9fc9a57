/** The answer to paths where nothing is. */
import type { FastifyReply, FastifyRequest } from 'fastify'

const TEXT = 'There is nothing here.\n'

/** Plain: styles of its own are what the policy of all answers forbids. */
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Nothing here – Earshot</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
  </head>
  <body>
    <main>
      <h1>There is nothing here</h1>
      <p>If somebody sent you this link, ask them for it again: a part of it may have been lost.</p>
      <p><a href="/">Start page</a></p>
    </main>
  </body>
</html>
`

/** Answers 404: to people with a page that leads back, to programs with a line. Says nothing of what was asked for. */
export function answerNothingHere({ headers }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const wantsPage = headers.accept?.toLowerCase().includes('text/html') ?? false
  return reply
    .code(404)
    .header('Cache-Control', 'no-cache')
    .header('Vary', 'Accept')
    .type(wantsPage ? 'text/html; charset=utf-8' : 'text/plain')
    .send(wantsPage ? PAGE : TEXT)
}
