import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadConfusables, looksAlike, skeletons } from './lookalike.ts'

test('case, white space, what is invisible and full width are seen through before the table is there', () => {
  for (const name of [
    'ADA',
    'A da',
    'Ada\u200b',
    'A\u2060da',
    '\u202eAda',
    'Ａda',
    'Ad\u00ada',
    'Ada\ufe0f',
    'A\u3164da',
  ])
    assert.ok(looksAlike(name, 'Ada'), JSON.stringify(name))
  assert.ok(!looksAlike('\u0410da', 'Ada'))
})

test('a badge in a name makes it nobody else’s', () => {
  for (const name of ['Ben ✓', '✔️Ben', 'Ben ✅', '☑ Ben', 'Ben (verified)', 'Ben [Verified]', 'verified Ben'])
    assert.ok(looksAlike(name, 'Ben'), name)
  assert.ok(!looksAlike('Ben 🦊', 'Ben 🐻'))
  assert.ok(!looksAlike('Ben 🦊', 'Ben'))
  assert.ok(!looksAlike('✓', 'Verified'))
})

test('names of which nothing can be seen are alike to none', () => {
  assert.ok(!looksAlike('\u200b', '\u2060'))
})

test('with the table', async (t) => {
  await loadConfusables()
  await t.test('letters of other scripts are taken for what they look like', () => {
    // Cyrillic, Greek, mathematical, small capitals, Cherokee.
    for (const name of ['\u0410da', 'Ad\u0430', '\u0391da', '𝐀𝐝𝐚', '\u13aada', 'AD\u0410', '\u0430da'])
      assert.ok(looksAlike(name, 'Ada'), name)
    assert.ok(looksAlike('Веn', 'Ben'))
    assert.ok(looksAlike('Оtto', '0tto'))
  })

  await t.test('digits and letters, rn and m, are what UTS #39 says', () => {
    for (const [one, other] of [
      ['Berta0', 'BertaO'],
      ['Ilya', 'llya'],
      ['Ilya', '1lya'],
      ['IVAN', 'ivan'],
      ['IVAN', 'lVAN'],
      ['Carmen', 'Carrnen'],
      ['Straße', 'STRASSE'],
      ['ΝΙΚΟΣ', 'νικος'],
    ] as const)
      assert.ok(looksAlike(one, other), `${one} ${other}`)
  })

  await t.test('names that differ in what is seen are not alike', () => {
    for (const [one, other] of [
      ['Ada', 'Eda'],
      ['Ada', 'Adam'],
      ['Mia', 'Mla'],
      ['Ali', 'All'],
      ['Tim', 'Tom'],
      ['Quiet Otter', 'Quick Otter'],
      ['Zoe', 'Zoë'],
      ['王伟', '王芳'],
    ] as const)
      assert.ok(!looksAlike(one, other), `${one} ${other}`)
  })

  await t.test('a skeleton is its own skeleton, whatever the character', () => {
    for (let code = 0; code <= 0x1ffff; code++) {
      const [drawn, folded] = skeletons(String.fromCodePoint(code))
      assert.equal(skeletons(drawn)[0], drawn, code.toString(16))
      assert.equal(skeletons(folded)[1], folded, code.toString(16))
    }
  })
})
