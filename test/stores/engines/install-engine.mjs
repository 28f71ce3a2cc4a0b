import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = fileURLToPath(new URL('.', import.meta.url))
/** Written last: a folder without it is an installation that was cut off. */
const DONE = '.complete'

/** Where engines are installed: outside this repository, and kept between runs. `CASTCART_STORES` in the environment goes first. */
export const cacheFolder = () =>
  process.env.CASTCART_STORES || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'castcart-stores')

/** Folder of an engine, by the packages that it is made of: other versions are another folder. */
export const engineFolder = async (name) =>
  join(cacheFolder(), `${name}-${await hashOf(name, (file) => /^package(-lock)?\.json$/.test(file))}`)

/** Path of a filled shop, by what fills it. */
export const shopFile = async (name, ending) =>
  join(await engineFolder(name), `shop-${await hashOf(name, () => true)}.${ending}`)

async function hashOf(name, wants) {
  const hash = createHash('sha256')
  for (const file of (await readdir(join(HERE, name))).filter(wants).sort()) {
    hash.update(file)
    for await (const piece of createReadStream(join(HERE, name, file))) hash.update(piece)
  }
  return hash.digest('hex').slice(0, 12)
}

/**
 * Installs an engine where it is not yet, from its template with pinned versions, and what must be compiled of it.
 * @param log told of what takes long
 * @returns its folder
 */
export async function installEngine(name, { native = [], log }) {
  const folder = await engineFolder(name)
  if (await isFile(join(folder, DONE))) {
    await cp(join(HERE, name), folder, { recursive: true })
    return folder
  }
  log(`installing ${name} into ${folder}: a few minutes, once`)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await cp(join(HERE, name), folder, { recursive: true })
  await writeFile(join(folder, '.npmrc'), 'omit-lockfile-registry-resolved=true\nfund=false\naudit=false\n')
  // Not `npm ci`: it refuses a lock that lacks the builds for other machines. Scripts of a thousand packages need not run: what has to
  // be compiled is named.
  await run('npm', ['install', '--ignore-scripts', '--no-progress', '--loglevel=error'], { cwd: folder })
  if (native.length) {
    log(`compiling ${native.join(' and ')} for ${name}`)
    await run('npm', ['rebuild', '--loglevel=error', ...native], { cwd: folder })
  }
  await writeFile(join(folder, DONE), '')
  return folder
}

/** Takes away installations of other versions. */
export async function dropOldEngines(names) {
  const wanted = new Set(await Promise.all(names.map(engineFolder)))
  const found = await readdir(cacheFolder()).catch(() => [])
  for (const entry of found) {
    const folder = join(cacheFolder(), entry)
    if (names.some((name) => entry.startsWith(`${name}-`)) && !wanted.has(folder)) await rm(folder, { recursive: true })
  }
}

/** Runs a command to its end. Rejects with the end of what it said. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    let said = ''
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes) => (said = (said + bytes).slice(-20_000)))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0
        ? resolve(said)
        : reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${said.slice(0, 3000)}`)),
    )
  })
}

/** Whether a file is there. */
export const isFile = async (path) => !!(await stat(path).catch(() => null))

/** A text file's content. */
export const readText = (path) => readFile(path, 'utf8')
