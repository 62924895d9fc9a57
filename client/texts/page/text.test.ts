import assert from 'node:assert/strict'
import test from 'node:test'
import type { Caution, Member } from '../../room/types.ts'
import {
  cautionText,
  memberNotice,
  messageLabel,
  messageStateText,
  receiversText,
  titleText,
  tooLongText,
  typingText,
} from './text.ts'

const member = (name: string, change: Partial<Member> = {}): Member => ({
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
  caution: null,
  ...change,
})

test('typing names up to two people, and never oneself', () => {
  const [ada, bob, cy] = ['Ada', 'Bob', 'Cy'].map((name) => member(name, { typing: true }))
  assert.ok(ada && bob && cy)
  assert.equal(typingText([]), '')
  assert.equal(typingText([member('Me', { me: true, typing: true }), member('Dee')]), '')
  assert.equal(typingText([ada]), 'Ada is typing…')
  assert.equal(typingText([ada, bob]), 'Ada and Bob are typing…')
  assert.equal(typingText([ada, bob, cy]), 'Ada and 2 others are typing…')
})

test('a notice says who came, left and changed name, not what oneself did', () => {
  const me = member('Me', { me: true })
  assert.equal(memberNotice([me], [me, member('Ada')]), 'Ada joined.')
  assert.equal(memberNotice([me, member('Ada')], [me]), 'Ada left.')
  assert.equal(
    memberNotice(
      [],
      ['Ada', 'Bob', 'Cy', 'Dee'].map((name) => member(name)),
    ),
    'Ada, Bob and 2 others joined.',
  )
  assert.equal(
    memberNotice(
      [],
      ['Ada', 'Bob', 'Cy'].map((name) => member(name)),
    ),
    'Ada, Bob and 1 other joined.',
  )
  assert.equal(memberNotice([member('1', { name: 'Ada' })], [member('1', { name: 'Bea' })]), 'Ada is now called Bea.')
  assert.equal(memberNotice([me, member('Ada')], [{ ...me, name: 'I' }, member('Ada', { typing: true })]), '')
})

test('somebody met before under another name is announced with it, somebody hidden not at all', () => {
  const me = member('Me', { me: true })
  const bea = member('1', { name: 'Bea', formerName: 'Ada' })
  assert.equal(memberNotice([me], [me, bea]), 'Bea joined. You knew them as Ada.')
  assert.equal(memberNotice([me], [me, bea, member('Cy')]), 'Bea and Cy joined. You knew Bea as Ada.')
  const hidden = member('1', { name: 'Ada', hidden: true })
  assert.equal(memberNotice([me], [me, hidden]), '')
  assert.equal(memberNotice([me, hidden], [me]), '')
  assert.equal(memberNotice([me, bea], [me, hidden]), '')
  assert.equal(memberNotice([me, hidden], [me, bea]), '')
})

test('a name that belongs to somebody else is told in a few words', () => {
  const text = (change: Partial<Caution>) =>
    cautionText({ kind: 'other-key', name: 'Ada', verified: false, of: 'known', ...change })
  assert.equal(text({}), 'not the Ada you know')
  assert.equal(text({ verified: true }), 'not the Ada you verified')
  assert.equal(text({ of: 'new' }), 'not the only Ada')
  assert.equal(text({ of: 'me' }), 'has your name')
  assert.equal(text({ kind: 'imitates' }), 'looks like Ada')
  assert.equal(text({ kind: 'imitates', verified: true }), 'looks like Ada, whom you verified')
  assert.equal(text({ kind: 'imitates', of: 'me' }), 'looks like your name')
})

test('texts that count do so readably', () => {
  assert.match(tooLongText(16_123, 16_000), /^16,123 of 16,000 characters\./)
  assert.equal(titleText(null), 'Earshot')
  assert.equal(titleText('standup'), 'standup · Earshot')
  assert.equal(titleText('standup', 3), '(3) standup · Earshot')
  assert.equal(titleText('standup', 1_000), '(99+) standup · Earshot')
  assert.equal(messageLabel('Ada', true, '14:05'), 'Ada (you), 14:05')
})

test("only one's own messages have a state to tell", () => {
  const said: [Parameters<typeof messageStateText>[0], string][] = [
    [{ state: 'sending', reached: 0 }, 'Sending'],
    [{ state: 'sent', reached: 0 }, 'Sent · nobody has it yet'],
    [{ state: 'sent', reached: 1 }, 'Sent'],
    [{ state: 'delivered', reached: 2 }, 'Delivered'],
    [{ state: 'received', reached: 0 }, ''],
  ]
  for (const [message, text] of said) assert.equal(messageStateText(message), text)
})

test('a message tells who has it and who does not yet', () => {
  const [ada, ben, cleo] = [
    { id: 'a', name: 'Ada', has: true },
    { id: 'b', name: 'Ben', has: true },
    { id: 'c', name: 'Cleo', has: false },
  ]
  assert.equal(receiversText([ada, ben, cleo]), 'Delivered to Ada, Ben. Not yet: Cleo.')
  assert.equal(receiversText([ada]), 'Delivered to Ada.')
  assert.equal(receiversText([cleo]), 'Not yet: Cleo.')
  assert.equal(receiversText([]), 'Nobody has it yet. It goes out by itself when somebody comes.')
})
