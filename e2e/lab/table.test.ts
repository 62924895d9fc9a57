import assert from 'node:assert/strict'
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
  assert.equal(cellOf([{ route: 'relayed by TCP' }, { route: 'relayed by UDP' }]), 'relayed by TCP, relayed by UDP')
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
