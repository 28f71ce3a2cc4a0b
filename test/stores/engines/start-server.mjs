import { spawn } from 'node:child_process'
import { createServer } from 'node:net'

/**
 * Starts a server and waits until it answers at `url`. It runs in a group of its own, so that what it starts ends with it.
 * @returns `stop()`, which resolves when it has ended
 */
export async function startServer(command, args, { url, patience = 120_000, ...options }) {
  let said = ''
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...options })
  const ended = new Promise((resolve) => child.on('close', resolve))
  child.on('error', (cause) => (said += cause))
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes) => (said = (said + bytes).slice(-20_000)))
  const end = (signal) => {
    try {
      process.kill(-child.pid, signal)
    } catch {
      // It has ended.
    }
  }
  const atExit = () => end('SIGKILL')
  process.once('exit', atExit)
  const stop = async () => {
    process.off('exit', atExit)
    end('SIGTERM')
    const late = setTimeout(end, 8000, 'SIGKILL')
    await ended
    clearTimeout(late)
  }
  const began = Date.now()
  while (!(await answers(url))) {
    const isOver = child.exitCode !== null || child.pid === undefined
    if (isOver || Date.now() - began > patience) {
      await stop()
      throw new Error(`${command} ${args.join(' ')} did not answer at ${url}:\n${said.slice(-3000)}`)
    }
    // Nobody tells when it listens: it is asked again, so seldom that the asking takes nothing from its start.
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return { stop }
}

const answers = (url) =>
  fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    ({ status }) => status < 500,
    () => false,
  )

/** A port that was free a moment ago. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
