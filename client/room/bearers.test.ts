import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bearer, Bearers, RANK, type Rank } from './bearers.ts'

const bearer = (author: string, rank: Rank, firstSeen = 0, name = 'Ada'): Bearer => ({ author, name, rank, firstSeen })

/** Which of two bearers of one name are marked. */
function marked(one: Bearer, other: Bearer): string {
  const bearers = new Bearers()
  bearers.add(one)
  bearers.add(other)
  return [one, other]
    .filter((each) => bearers.caution(each))
    .map(({ author }) => author)
    .join('')
}

test('of two with one name the one with the lesser claim is marked', () => {
  const ranks = [RANK.taken, RANK.borne, RANK.verified, RANK.verifiedBorne, RANK.mine]
  for (const low of ranks)
    for (const high of ranks)
      if (low < high)
        assert.equal(
          marked(bearer('a', low), bearer('b', high)),
          low === RANK.verifiedBorne ? '' : 'a',
          `${low} ${high}`,
        )
})

test('among equals: both who are new, the later of two who are known, none who is verified', () => {
  assert.equal(marked(bearer('a', RANK.taken), bearer('b', RANK.taken)), 'ab')
  assert.equal(marked(bearer('a', RANK.borne, 2), bearer('b', RANK.borne, 1)), 'a')
  assert.equal(marked(bearer('a', RANK.verified), bearer('b', RANK.verified)), '')
  assert.equal(marked(bearer('a', RANK.verifiedBorne), bearer('b', RANK.verifiedBorne)), '')
})

test('nobody stands in their own way, however often they are added', () => {
  const bearers = new Bearers()
  bearers.add(bearer('a', RANK.taken))
  bearers.add(bearer('a', RANK.borne, 1, 'ADA'))
  assert.equal(bearers.caution(bearer('a', RANK.taken)), null)
})

test('the best of many is named, and the very same name before one that looks like it', () => {
  const bearers = new Bearers()
  for (let n = 0; n < 50; n++) bearers.add(bearer(`stranger ${n}`, RANK.taken))
  bearers.add(bearer('known', RANK.borne, 1, 'ADA'))
  assert.deepEqual(bearers.caution(bearer('x', RANK.taken)), {
    kind: 'imitates',
    name: 'ADA',
    verified: false,
    of: 'known',
  })
  bearers.add(bearer('known', RANK.borne, 1, 'Ada'))
  assert.equal(bearers.caution(bearer('x', RANK.taken))?.kind, 'other-key')
})

test('names of which nothing can be seen belong to nobody', () => {
  const bearers = new Bearers()
  bearers.add(bearer('a', RANK.borne, 0, ''))
  assert.equal(bearers.caution(bearer('b', RANK.taken, 0, '')), null)
})
