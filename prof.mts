import { run } from './client/simulation/run.ts'
for (let s = 1; s <= 60; s++) { const t = performance.now(); const o = await run(s); const d = performance.now() - t; if (d > 1000) console.log(s, o.people, o.messages, o.connections, Math.round(d)) }
