import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A program that serves on this machine. */
export interface RunningServer {
  /** What it has written so far, both streams. */
  output(): string
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>
}

/** Debian packages by the program that they bring. */
const PACKAGES: Readonly<Record<string, string>> = {
  nginx: 'nginx-light',
  nchan: 'nginx-light libnginx-mod-nchan',
  'redis-server': 'redis-server',
  'nats-server': 'nats-server',
  mosquitto: 'mosquitto',
}

/** A module is no program, but a file all the same. */
const NCHAN = '/usr/lib/nginx/modules/ngx_nchan_module.so'

/** Where a program is: in a folder of PATH, or in the `sbin` beside one, where servers often are and a user's PATH is not. `undefined`: nowhere. */
export function findProgram(name: string): string | undefined {
  if (name === 'nchan') return existsSync(NCHAN) ? NCHAN : undefined
  const folders = (process.env.PATH ?? '').split(':').flatMap((folder) => [folder, folder.replace(/bin$/, 'sbin')])
  return folders.map((folder) => join(folder, name)).find(existsSync)
}

/** Says how to get what is missing of these programs; empty where nothing is. */
export function missing(...names: readonly string[]): string {
  const packages = names.filter((name) => !findProgram(name)).flatMap((name) => PACKAGES[name] ?? name)
  return packages.length ? `apt-get install -y --no-install-recommends ${packages.join(' ')}` : ''
}

/** A port of 127.0.0.1 that nobody has. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A folder that goes away with `remove`. */
export async function tempFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'castcart-engine-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/**
 * Starts a program and waits until it takes connections.
 * @throws Error with what the program wrote where it ends before, or does not listen within 15 s
 */
export async function startServer(name: string, args: readonly string[], port: number): Promise<RunningServer> {
  const child = spawn(findProgram(name) ?? name, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const gather = (bytes: Buffer) => {
    output += bytes
  }
  child.stdout.on('data', gather)
  child.stderr.on('data', gather)
  // Whoever ends this program early leaves no server behind.
  const leave = () => child.kill('SIGKILL')
  process.once('exit', leave)
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  ended.then(() => process.off('exit', leave))
  const server = { output: () => output, kill: () => kill(child, ended) }
  for (const begun = Date.now(); !(await isListening(port)); ) {
    if (child.exitCode !== null || Date.now() - begun > 15_000) {
      await server.kill()
      throw new Error(`${name} does not listen on ${port}: ${output.slice(-2000)}`)
    }
    // Nobody tells when it listens: it is asked again.
    await sleep(20)
  }
  return server
}

async function kill(child: ChildProcess, ended: Promise<void>) {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await ended
}

const isListening = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
