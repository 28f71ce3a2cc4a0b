#!/usr/bin/env node
/**
 * The live-shop demo: `npm run demo`.
 *
 * Environment: `PORT` (4173), `CASTCART_HOST_SECRET` (random), `AUTOPILOT=0` (no scripted host), `DATA` (folder of logs and carts).
 */
import { ensureBuild } from './server/ensure-build.mjs'
import { startDemo } from './server/start-demo.mjs'

ensureBuild()
const demo = await startDemo({
  port: Number(process.env.PORT ?? 4173),
  autopilot: process.env.AUTOPILOT !== '0',
  ...(process.env.DATA ? { dataFolder: process.env.DATA } : {}),
})

console.log(`
  Store   ${demo.store}
  Desk    ${demo.desk}
  Replay  ${demo.replay}

  Host secret: ${demo.secret} · Ctrl+C stops it
`)

let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (isStopping) process.exit(1)
    isStopping = true
    demo.stop().then(() => process.exit(0))
  })
}
