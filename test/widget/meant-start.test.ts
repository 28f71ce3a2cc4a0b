// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import type { Show } from '../../src/model/show.ts'
import { momentLink } from '../../src/ui/live/together/use-share.ts'
import { meantStart } from '../../src/widget/conduct.ts'

const show: Show = { version: 1, id: 'friday & more', title: 'Friday', products: [], status: 'live' }
const start = (options: object = {}) =>
  meantStart({ show, base: 'http://shop.example/' }, { show: '/s.json', ...options })
const visit = (address: string) => history.replaceState(null, '', address)

describe('meantStart', () => {
  afterEach(() => visit('/'))

  it('begins at the moment of a shared link', () => {
    const link = momentLink(`${location.origin}/mug?colour=moss#reviews`, show.id, 1_795_197_600_123.4)
    visit(link)
    expect(start()).toEqual({ date: 1_795_197_600_123 })
    expect(location.href).toContain('colour=moss')
    expect(location.hash).toBe('#reviews')
  })

  it('ends at the end that the link names, where that is after its moment', () => {
    visit(`/?castcart=${encodeURIComponent(show.id)}&at=5000&until=9000`)
    expect(start()).toEqual({ date: 5000, until: 9000 })
    visit(`/?castcart=${encodeURIComponent(show.id)}&at=5000&until=5000`)
    expect(start()).toEqual({ date: 5000 })
  })

  it('begins where it is when the link names no moment, or none that is one', () => {
    visit(momentLink(location.href, show.id, null))
    expect(start()).toEqual({})
    visit(`/?castcart=${encodeURIComponent(show.id)}&at=soon`)
    expect(start()).toEqual({})
  })

  it('opens nothing for a link to another show', () => {
    visit('/?castcart=other&at=1795197600000')
    expect(start()).toBeNull()
    expect(start({ open: 'load' })).toEqual({})
  })

  it('opens a live show where the page wants that', () => {
    expect(start({ open: 'live' })).toEqual({})
    expect(meantStart({ show: { ...show, status: 'ended' }, base: '' }, { show: '/s', open: 'live' })).toBeNull()
  })
})
