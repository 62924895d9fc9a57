import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Caution, Member } from '../../room/types.ts'
import { cautionAlert } from './people-text.ts'

const member = (name: string, caution: Partial<Caution>): Member => ({
  id: name,
  name,
  me: false,
  state: 'connected',
  route: null,
  verdict: null,
  typing: false,
  verified: false,
  hidden: false,
  known: 'new',
  formerName: null,
  caution: { kind: 'other-key', name: 'Ada', verified: false, of: 'known', ...caution },
})

test('the alert says who is meant, and is stronger when they were verified', () => {
  const said: [Member, string][] = [
    [member('Ada', {}), 'Someone here is called Ada, but is not the Ada you know: their key is another one.'],
    [
      member('Ada', { verified: true }),
      'Someone here is called Ada, but is not the Ada you verified: their key is another one.',
    ],
    [member('Ada', { of: 'me' }), 'Someone here is called Ada, as you are: it is somebody else.'],
    [
      member('ADA', { kind: 'imitates', verified: true }),
      'Someone here is called ADA, which looks like Ada, whom you verified: their key is another one.',
    ],
    [
      member('ADA', { kind: 'imitates', of: 'me' }),
      'Someone here is called ADA, which looks like your name: it is somebody else.',
    ],
  ]
  for (const [who, text] of said) assert.equal(cautionAlert([who]), text)
})

test('two who are both new make one sentence, and a crowd makes one, too', () => {
  const both = [member('Ada', { of: 'new' }), member('Ada', { of: 'new' })]
  assert.equal(cautionAlert(both), 'More than one Ada is here. Verify them to know who is who.')
  const alike = [
    member('Ada', { kind: 'imitates', of: 'new', name: 'Аda' }),
    member('Аda', { kind: 'imitates', of: 'new', name: 'Ada' }),
  ]
  assert.equal(cautionAlert(alike).match(/Someone/g)?.length, 1)
  const crowd = ['Ada', 'ADA', 'A da', 'AD A'].map((name) => member(name, { kind: 'imitates' }))
  assert.match(cautionAlert(crowd), /^4 people here have names that belong to others/)
})
