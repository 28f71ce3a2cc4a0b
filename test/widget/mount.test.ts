// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { mount } from '../../src/widget/mount.ts'
import { fakeModel } from '../support/ui-harness.tsx'

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

  it('has its launcher whatever throws, and crashes once for each opening', async () => {
    const { onCrash, open, launcher, unmount } = crash(true)
    open()
    await vi.waitFor(() => expect(onCrash).toHaveBeenCalledTimes(1))
    expect(launcher()).toBeTruthy()
    open()
    await vi.waitFor(() => expect(onCrash).toHaveBeenCalledTimes(2))
    expect(launcher()).toBeTruthy()
    unmount()
  })
})
