import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'castcart-check-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs `castcart check` on texts, each in a file of that name. */
function check(files: Record<string, string>) {
  const paths = Object.entries(files).map(([name, text]) => {
    writeFileSync(join(folder, name), text)
    return name
  })
  const bin = join(process.cwd(), 'bin/castcart.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'check', ...paths], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const show = readFileSync('test/support/normative/show.json', 'utf8')
const log = readFileSync('test/support/normative/events.jsonl', 'utf8')
const changed = (change: (show: { products: Record<string, unknown>[] }) => void): string => {
  const copy = JSON.parse(show)
  change(copy)
  return JSON.stringify(copy, null, 2)
}

describe('castcart check', () => {
  it('finds the normative show and log right, and counts them', () => {
    const { status, stdout, stderr } = check({ 'show.json': show, 'events.jsonl': log })
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^show\.json: ok, show "friday-drop": \d+ products/m)
    expect(stdout).toMatch(/^events\.jsonl: ok, log: \d+ events/m)
    expect(status).toBe(0)
  })

  it('names the path, what was found and what is expected', () => {
    const wrong = changed(({ products }) =>
      Object.assign(products[0] ?? {}, { price: { amount: 'cheap', currency: 'EUR' } }),
    )
    expect(check({ 'show.json': wrong })).toMatchObject({
      status: 1,
      stdout: '',
      stderr: 'show.json: show.products[0].price.amount: found "cheap", expected number\n',
    })
  })

  it('says where JSON breaks off', () => {
    const { status, stderr } = check({ 'show.json': show.replace('"id"', 'id') })
    expect(status).toBe(1)
    expect(stderr).toMatch(/expected JSON: .*line \d+/)
  })

  it('finds an id used twice and a variant with an option that there is not', () => {
    const wrong = changed(({ products }) => {
      products.push({ ...products[0], variants: [{ id: 'x', options: { size: 'gigantic' } }] })
    })
    const { stderr } = check({ 'show.json': wrong })
    expect(stderr).toMatch(/\.id: found "\w+" again, expected an id used once/)
    expect(stderr).toMatch(/\.variants\[0\]\.options\.size: found "gigantic", expected/)
  })

  it('finds the line, the gap and the unknown type in a log', () => {
    const lines = log.trim().split('\n')
    const { status, stderr } = check({
      'gap.jsonl': [lines[0], ...lines.slice(2)].join('\n'),
      'type.jsonl': `${lines[0]}\n${lines[1]?.replace('chat.message', 'chat.shout')}\n{oops`,
    })
    expect(status).toBe(1)
    expect(stderr).toMatch(/^gap\.jsonl: line 2: event "\w+"\.seq: found 3, expected 2$/m)
    expect(stderr).toMatch(/^type\.jsonl: line 2: event of unknown type "chat\.shout"$/m)
    expect(stderr).toMatch(/^type\.jsonl: line 3: found no JSON/m)
  })

  it('says of a file that is not there that it cannot be read, and how it is used', () => {
    const run = (...args: string[]) => spawnSync(process.execPath, ['bin/castcart.mjs', ...args], { encoding: 'utf8' })
    expect(run('check', 'nowhere.json')).toMatchObject({ status: 1 })
    expect(run()).toMatchObject({ status: 2, stdout: expect.stringContaining('castcart check <file>') })
  })
})

describe('JSON Schemas', () => {
  it('are made for shows and events, with the products and every event type', () => {
    const read = (name: string) => JSON.parse(readFileSync(`dist/${name}`, 'utf8'))
    expect(read('show.schema.json').properties.products.items.required).toEqual(expect.arrayContaining(['id', 'title']))
    expect(read('event.schema.json').properties.type.enum).toContain('offer.open')
  })

  it('are of no use to a viewer: no script bundle has them', () => {
    const found = spawnSync('grep', ['-rl', 'json-schema.org', 'dist/app', 'dist/castcart.js', 'dist/castcart.all.js'])
    expect(String(found.stdout)).toBe('')
  })
})
