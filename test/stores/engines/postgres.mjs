import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, readdirSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './install-engine.mjs'
import { freePort } from './start-server.mjs'

const ROOT = '/usr/lib/postgresql'
/** Nothing in it has to survive a power cut. */
const SPEED = '-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=64MB'

/** Folder of the newest PostgreSQL's programs; `undefined`: `apt-get install postgresql` is wanted. */
export function findPostgres() {
  const versions = existsSync(ROOT) ? readdirSync(ROOT).sort((a, b) => Number(b) - Number(a)) : []
  return versions.map((version) => join(ROOT, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')))
}

/**
 * A private PostgreSQL in a folder of its own, on loopback alone. It refuses to run as root, so root lends it the user `postgres`.
 * @param tar a cluster that was saved; absent: an empty one
 */
export async function startPostgres(tar) {
  const bin = findPostgres()
  if (!bin) throw new Error('Medusa needs PostgreSQL: apt-get install -y postgresql')
  const work = await mkdtemp(join(tmpdir(), 'castcart-postgres-'))
  const data = join(work, 'data')
  const as = process.getuid() === 0 ? lendUser(work) : {}
  const options = { cwd: work, ...as }
  await chmod(work, 0o755)
  if (tar)
    await run('tar', ['-xf', tar, '-C', work, ...(as.uid ? ['--owner=postgres'] : [])]).then(() => give(data, as))
  else
    await run(
      join(bin, 'initdb'),
      ['-D', data, '-U', 'castcart', '--auth=trust', '-E', 'UTF8', '--locale=C', '-N'],
      options,
    )
  const port = await freePort()
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= ${SPEED}`
  const control = (...args) => run(join(bin, 'pg_ctl'), ['-D', data, '-w', ...args], options)
  const start = async () => {
    await control('-o', settings, '-l', join(work, 'log'), 'start')
  }
  const halt = () => control('-m', 'fast', 'stop')
  await start()
  return {
    url: `postgres://castcart@127.0.0.1:${port}`,
    createDatabase: (name) => run(join(bin, 'createdb'), ['-h', '127.0.0.1', '-p', `${port}`, '-U', 'castcart', name]),
    /** Saves the cluster as it is; it is stopped meanwhile. */
    async save(file) {
      await halt()
      await run('tar', ['-cf', file, '-C', work, 'data'])
      await start()
    },
    async stop() {
      await halt().catch(() => {})
      await rm(work, { recursive: true, force: true })
    },
  }
}

function lendUser(folder) {
  const [uid, gid] = ['-u', '-g'].map((which) => Number(execFileSync('id', [which, 'postgres'])))
  chownSync(folder, uid, gid)
  return { uid, gid }
}

const give = (folder, { uid, gid }) => (uid ? run('chown', ['-R', `${uid}:${gid}`, folder]) : undefined)
