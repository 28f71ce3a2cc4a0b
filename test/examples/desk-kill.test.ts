import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { SECRET, signIn, startTestDemo } from '../support/desk-demo.ts'

const PROCESS = fileURLToPath(new URL('../support/desk-process.mjs', import.meta.url))
const ROUNDS = 20
const WRITERS = 4

interface Acknowledged {
  readonly id: string
  readonly seq: number
  readonly text: string
}

async function startProcess(folder: string) {
  const child = spawn(process.execPath, [PROCESS, folder], {
    env: { ...process.env, CASTCART_HOST_SECRET: SECRET },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { desk, epoch } = JSON.parse(line) as { desk: string; epoch: string }
  return { child, desk, epoch }
}

/** Four writers at once, each repeating what was not acknowledged, until the process is gone. */
async function writeUntilKilled(
  { child, desk }: { child: ChildProcess; desk: string },
  todo: string[],
  killAfter: number,
): Promise<Acknowledged[]> {
  const headers = await signIn(desk)
  const acknowledged: Acknowledged[] = []
  const write = async () => {
    for (;;) {
      const text = todo.shift()
      if (text === undefined) return
      const body = JSON.stringify({ name: 'say', key: `key-${text}`, data: { text } })
      const response = await fetch(new URL('/desk/commands', desk), { method: 'POST', headers, body }).catch(() => null)
      const answer = await response?.json().catch(() => null)
      if (!answer?.ok) {
        todo.unshift(text)
        return
      }
      acknowledged.push({ id: answer.event.id, seq: answer.event.seq, text })
      if (acknowledged.length === killAfter) child.kill('SIGKILL')
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, write))
  return acknowledged
}

describe('the desk, killed', () => {
  it('keeps every event that it acknowledged to the host, in its place, once, over 20 kills', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'castcart-kill-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const todo = Array.from({ length: ROUNDS * 60 }, (_, index) => `message-${index}`)
    const acknowledged: Acknowledged[] = []
    const epochs = new Set<string>()

    for (let round = 0; round < ROUNDS; round++) {
      const desk = await startProcess(folder)
      epochs.add(desk.epoch)
      const gone = once(desk.child, 'exit')
      acknowledged.push(...(await writeUntilKilled(desk, todo, 1 + Math.floor(Math.random() * 40))))
      await gone
    }

    const last = await startProcess(folder)
    epochs.add(last.epoch)
    expect(epochs.size).toBe(1)
    const address = new URL(`/events/history?epoch=${last.epoch}&after=0&limit=1000`, last.desk)
    const first = await (await fetch(address)).json()
    address.searchParams.set('after', '1000')
    const second = await (await fetch(address)).json()
    const events: { seq: number; id: string; data: { text?: string } }[] = [...first.events, ...second.events]

    expect(acknowledged.length).toBeGreaterThanOrEqual(ROUNDS)
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
    const texts = events.flatMap(({ data }) => data.text ?? [])
    expect(new Set(texts).size).toBe(texts.length)
    const places = new Map(events.map((event) => [event.id, event]))
    expect(
      acknowledged.filter(({ id, seq, text }) => places.get(id)?.seq !== seq || places.get(id)?.data.text !== text),
    ).toEqual([])
  }, 120_000)

  it('cuts off a last line that the crash tore, and goes on without a hole', async () => {
    const before = await startTestDemo()
    await before.command('say', { text: 'one' })
    const { file, seq } = before.show
    await before.stop()
    await appendFile(file, '{"v":1,"epoch":"2026","seq":3,"id":"torn","at":17')

    const after = await startTestDemo({ dataFolder: before.dataFolder })
    const answer = await after.command('say', { text: 'two' })
    expect(answer).toMatchObject({ ok: true, event: { seq: seq + 1 } })
    const lines = (await readFile(file, 'utf8')).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual(lines.map((_, index) => index + 1))
    const files = await readdir(join(before.dataFolder, 'shows'))
    expect(files.filter((name) => name.endsWith('.events.jsonl'))).toHaveLength(1)
  })

  it('finds the event of a command whose answer was lost, after a restart too', async () => {
    const before = await startTestDemo()
    const first = await before.command('pin', { ids: ['mug'] }, 'the-same-key')
    await before.stop()
    const after = await startTestDemo({ dataFolder: before.dataFolder })
    const headers = await signIn(after.desk)
    const body = JSON.stringify({ name: 'pin', key: 'the-same-key', data: { ids: ['mug'] } })
    const again = await fetch(new URL('/desk/commands', after.desk), { method: 'POST', headers, body })
    expect(await again.json()).toEqual(first)
    expect(after.show.events.filter(({ type }) => type === 'product.pin')).toHaveLength(1)
  })
})
