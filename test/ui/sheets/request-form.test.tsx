// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { ProductSheet } from '../../../src/ui/sheets/product-sheet.tsx'
import { faultOf } from '../../../src/ui/sheets/request-field.ts'
import { type Drawn, draw } from '../../support/draw.tsx'
import type { FakeOptions } from '../../support/ui-harness.tsx'

const open = (options: FakeOptions = {}) => draw(<ProductSheet id="car" />, options)
const write = ({ act, find }: Drawn, name: string, value: string) =>
  act(() => {
    const input = find(`input[name="${name}"]`)
    if (input instanceof HTMLInputElement) input.value = value
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
const send = ({ act, find }: Drawn) =>
  act(() => find('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })))

describe('RequestForm', () => {
  it('names what is missing, goes there and sends nothing', async () => {
    const drawn = await open()
    await write(drawn, 'name', 'Anna')
    await send(drawn)
    expect(drawn.calls).toEqual([])
    const phone = drawn.find('input[name="phone"]')
    expect(document.activeElement).toBe(phone)
    expect(phone.getAttribute('aria-invalid')).toBe('true')
    const fault = drawn.root.querySelector(`[id="${phone.getAttribute('aria-describedby')}"]`)
    expect(fault?.textContent).toBe('Please fill this in.')
  })

  it('sends what was written and what is chosen, once, and says so', async () => {
    const drawn = await open()
    await write(drawn, 'name', ' Anna ')
    await write(drawn, 'phone', '+372 555 0101')
    await send(drawn)
    expect(drawn.calls).toEqual([
      { name: 'request', args: ['car', { color: 'Coral', name: 'Anna', phone: '+372 555 0101' }] },
    ])
    expect(drawn.find('.sent').textContent).toContain('Thank you')
  })

  it('keeps what was written when sending fails', async () => {
    const drawn = await open({ commands: { request: async () => ({ ok: false, reason: 'offline' }) } })
    await write(drawn, 'name', 'Anna')
    await write(drawn, 'phone', '5550101')
    await send(drawn)
    expect(drawn.find('[role="alert"]').textContent).toContain('You are offline')
    const input = drawn.find('input[name="name"]')
    expect(input instanceof HTMLInputElement && input.value).toBe('Anna')
  })
})

describe('faultOf', () => {
  it('lets unusual but real addresses and numbers pass', () => {
    expect(faultOf('email', 'ö.b+tag@müller.example')).toBeUndefined()
    expect(faultOf('phone', '(812) 555-01')).toBeUndefined()
    expect(faultOf('email', 'anna@')).toBe('email')
    expect(faultOf('phone', 'call me')).toBe('phone')
    expect(faultOf('message', '')).toBeUndefined()
    expect(faultOf('Preferred dealer', ' ')).toBe('empty')
  })
})
