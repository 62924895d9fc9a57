import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { allServers, cellOf, expected, networks } from './cells.ts'
import { tableOf } from './table.ts'

test('both orders of a pair share a row, with both texts where they differ, and what was not seen says so', () => {
  const [text, other] = ['direct, through NAT', 'fails: needs TURN']
  const table = tableOf([
    { ada: 'cone', ben: 'symmetric', servers: 'STUN', text },
    { ada: 'symmetric', ben: 'cone', servers: 'STUN', text },
    { ada: 'cone', ben: 'symmetric', servers: 'TURN', text },
    { ada: 'symmetric', ben: 'cone', servers: 'TURN', text: other },
  ])
  const rows = table.split('\n')
  assert.equal(rows.length, 2 + 15)
  const row = rows.filter((line) => line.includes('direct'))
  assert.deepEqual(row, [`| full-cone NAT with symmetric NAT | not seen | ${text} | ${text} or ${other} |`])
})

test('a cell says how a relay is spoken to, though only one side knows', () => {
  assert.equal(cellOf([{ route: 'relayed by TCP' }, { route: 'relayed' }]), 'relayed by TCP')
  assert.equal(cellOf([{ route: 'relayed by TCP' }, { route: 'relayed by UDP' }]), 'relayed by TCP')
  assert.equal(cellOf([{ route: 'relayed by UDP' }, { route: 'relayed' }]), 'relayed by UDP')
  assert.equal(cellOf([{ verdict: 'udp-blocked' }, { verdict: 'udp-blocked-other' }]), 'fails: no UDP')
})

test('where one of two must connect, the other must, too', () => {
  for (const servers of allServers)
    for (const one of networks)
      for (const other of networks) {
        const [ones, others] = [expected(one, other, servers), expected(other, one, servers)]
        assert.equal(ones.routes === undefined, others.routes === undefined, `${one}, ${other}, ${servers}`)
        assert.notEqual(ones.routes === undefined, ones.verdict === undefined)
      }
})

test('README has the table of what must come of each pair, which the lab checks', () => {
  const cells = networks.flatMap((ada) =>
    networks.flatMap((ben) =>
      allServers.map((servers) => {
        const outcomes = [expected(ada, ben, servers), expected(ben, ada, servers)].map(({ routes, verdict }) => {
          const [route] = routes ?? []
          if (route) return { route }
          assert.ok(verdict)
          return { verdict }
        })
        return { ada, ben, servers, text: cellOf(outcomes) }
      }),
    ),
  )
  assert.ok(readFileSync('README.md', 'utf8').includes(`\n${tableOf(cells)}\n`))
})
