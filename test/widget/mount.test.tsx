// @vitest-environment happy-dom
import { render } from 'preact'
import { describe, expect, it, vi } from 'vitest'
import { Guard, mount } from '../../src/widget/mount.tsx'
import { fakeModel } from '../support/ui-harness.tsx'

function Bomb(): never {
  throw new Error('boom')
}

describe('Guard', () => {
  it('keeps what a component throws out of the page', () => {
    const place = document.createElement('div')
    const onCrash = vi.fn()
    expect(() =>
      render(
        <Guard onCrash={onCrash}>
          <Bomb />
        </Guard>,
        place,
      ),
    ).not.toThrow()
    expect(onCrash).toHaveBeenCalledWith(expect.objectContaining({ message: 'boom' }))
    expect(place.textContent).toBe('')
  })
})

describe('mount', () => {
  /** A widget whose interface throws while its player is shown; where `always`, its launcher too. */
  function crash(always: boolean) {
    const fake = fakeModel({ values: { $view: 'closed' } })
    const { t } = fake.model
    let isBroken = false
    const model = {
      ...fake.model,
      t: (key: string) => {
        if (isBroken && (always || fake.stores.$view.get() !== 'closed')) throw new Error('boom')
        return t(key)
      },
    }
    const host = document.body.appendChild(document.createElement('div'))
    const onCrash = vi.fn(() => fake.stores.$view.set('closed'))
    const unmount = mount(host, model, { nonce: undefined, onCrash })
    const open = () => {
      isBroken = true
      fake.stores.$view.set('full')
    }
    return {
      host,
      onCrash,
      open,
      unmount,
      launcher: () => host.shadowRoot?.querySelector('[part=launcher]:not([hidden])'),
    }
  }

  it('has its launcher back after the player threw', async () => {
    const { launcher, onCrash, open, unmount } = crash(false)
    expect(launcher()).not.toBeNull()
    open()
    await vi.waitFor(() => expect(onCrash).toHaveBeenCalledTimes(1))
    await vi.waitFor(() => expect(launcher()).toBeTruthy())
    unmount()
  })

  it('gives up where the launcher throws as well', async () => {
    const { host, onCrash, open, unmount } = crash(true)
    open()
    await vi.waitFor(() => expect(onCrash.mock.calls.length).toBeGreaterThan(1))
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve))
    expect(onCrash.mock.calls.length).toBeLessThan(5)
    expect(host.shadowRoot?.textContent).toBe('')
    unmount()
  })
})
