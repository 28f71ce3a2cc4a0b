/** A desk in a process of its own, to be killed: prints its address as JSON when it is ready. Argument: the data folder. */
import { startDemo } from '../../examples/live-shop/server/start-demo.mjs'

const [, , dataFolder] = process.argv
const demo = await startDemo({ dataFolder, media: null, autopilot: false })
process.stdout.write(`${JSON.stringify({ desk: demo.desk, epoch: demo.show.epoch })}\n`)
