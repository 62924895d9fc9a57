import { run } from './client/simulation/run.ts'
const [from, to, t] = process.argv.slice(2)
const start = performance.now()
let bad = 0
for (let s = Number(from); s <= Number(to); s++) {
  const o = await run(s, { print: t ? (l) => console.log(l) : null })
  if (o.problems.length) { bad++; console.log('seed', s, 'people', o.people, o.messages, o.connections); for (const p of o.problems.slice(0, 6)) console.log('   ', p.slice(0, 300)) }
}
console.log('bad', bad, 'ms each', (performance.now() - start) / (Number(to) - Number(from) + 1))
