// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { CastcartError } from '../../../src/model/error.ts'
import { drawPlayer, later } from '../../support/draw-player.ts'
import { demoShow, demoViews, playing } from '../../support/ui-harness.tsx'

describe('drawShell', () => {
  it('has one dialog and one launcher, and empty live regions before anything is said', async () => {
    const { find, words, root } = await drawPlayer({ values: { $view: 'closed' } })
    expect(root.querySelectorAll('dialog')).toHaveLength(1)
    expect(find<HTMLButtonElement>('.launcher').hidden).toBe(false)
    expect(words('[role=status]')).toBe('')
    expect(words('[role=alert]')).toBe('')
  })

  it('opens as a modal dialog with the focus in it, and gives the focus back when it closes', async () => {
    const { click, change, find, root } = await drawPlayer({ values: { $view: 'closed' } })
    const opener = document.createElement('button')
    document.body.append(opener)
    opener.focus()
    await click('.launcher')
    expect(find<HTMLDialogElement>('dialog').open).toBe(true)
    expect(root.activeElement).toBe(find('dialog'))
    await change({ $view: 'closed' })
    expect(find<HTMLDialogElement>('dialog').open).toBe(false)
    expect(document.activeElement).toBe(opener)
  })

  it('gives the focus to the launcher where the opener is gone', async () => {
    const { change, find, root } = await drawPlayer({ values: { $view: 'closed' } })
    const opener = document.createElement('button')
    document.body.append(opener)
    opener.focus()
    await change({ $view: 'full' })
    opener.remove()
    await change({ $view: 'closed' })
    expect(root.activeElement).toBe(find('.launcher'))
  })

  it('has the title, minimise and close before anything else is loaded, and what comes keeps their elements', async () => {
    const { model, root, find, change, there } = await drawPlayer({ values: { $view: 'closed', $show: null } })
    const [title, minimise, close] = ['h2', '[title="Keep watching small"]', '[title=Close]'].map((name) => find(name))
    await change({ $view: 'full' })
    await change({ $show: demoShow })
    expect(root.querySelector('.dock')).toBeNull()
    expect(title?.textContent).toBe('Mira Lind')
    minimise?.click()
    expect(model.state.$view.get()).toBe('mini')
    close?.click()
    expect(model.state.$view.get()).toBe('closed')
    await change({ $view: 'full' })
    await there('.dock')
    expect(title?.isConnected && minimise?.isConnected && close?.isConnected).toBe(true)
    expect(root.querySelectorAll('h2')).toHaveLength(1)
    expect(root.querySelector('.inside > .spinner')).toBeNull()
  })

  it('hears keys before anything else is loaded, in full view', async () => {
    const { calls, model, change, find } = await drawPlayer({ values: { $view: 'closed', $playback: playing } })
    await change({ $view: 'full' })
    const press = (key: string) => find('dialog').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    press('m')
    expect(calls.at(-1)).toMatchObject({ name: 'setMuted', args: [false] })
    await change({ $view: 'mini' })
    const before = calls.length
    press('m')
    // Whoever holds Esc wants the page back, not the show gone.
    press('Escape')
    expect(calls).toHaveLength(before)
    expect(model.state.$view.get()).toBe('mini')
  })

  it('keeps to itself that it cannot be shown, and is drawn anew when it opens again', async () => {
    const { root, crashes, change, there } = await drawPlayer({ values: { $view: 'closed' } })
    const { host } = root
    host.remove()
    const show = HTMLDialogElement.prototype.showModal
    HTMLDialogElement.prototype.showModal = () => {
      throw new DOMException('not in a document', 'InvalidStateError')
    }
    onTestFinished(() => {
      HTMLDialogElement.prototype.showModal = show
    })
    await change({ $view: 'full' })
    expect(crashes).toHaveLength(1)
    HTMLDialogElement.prototype.showModal = show
    document.body.append(host)
    await change({ $view: 'closed' })
    await change({ $view: 'full' })
    await there('.dock')
  })

  it('draws what threw anew when it opens again', async () => {
    const { root, crashes, change, there } = await drawPlayer()
    await there('.dock')
    const broken = {
      ...demoShow,
      get host(): never {
        throw new Error('boom')
      },
    }
    await change({ $show: broken })
    await later(() => expect(crashes.length).toBeGreaterThan(0))
    expect(root.querySelector('.standing')).toBeNull()
    expect(root.querySelectorAll('.top button')).toHaveLength(2)
    await change({ $show: demoShow, $view: 'closed' })
    await change({ $view: 'full' })
    await there('.dock')
    await there('.standing .pill')
  })

  it('can be used after it could not be shown small: a page may take its element out', async () => {
    const drawn = await drawPlayer({ values: { $view: 'closed' } })
    const { host } = drawn.root
    vi.spyOn(HTMLDialogElement.prototype, 'showPopover').mockImplementation(function (this: HTMLElement) {
      if (!this.isConnected) throw new DOMException('not in a document', 'InvalidStateError')
    })
    host.remove()
    await drawn.change({ $view: 'mini' })
    expect(drawn.crashes).toHaveLength(1)
    document.body.append(host)
    await drawn.change({ $view: 'closed' })
    await drawn.change({ $view: 'full' })
    expect(drawn.find<HTMLDialogElement>('dialog')).toMatchObject({ open: true, inert: false })
  })

  it('leaves the focus in the page where the page closes the small player', async () => {
    const drawn = await drawPlayer({ values: { $view: 'closed' } })
    await drawn.change({ $view: 'mini' })
    const search = document.body.appendChild(document.createElement('input'))
    search.focus()
    await drawn.change({ $view: 'closed' })
    expect(document.activeElement).toBe(search)
  })

  it('keeps one video in one place from full to small and back', async () => {
    const { model, change, find, there } = await drawPlayer()
    const place = model.video.parentNode
    await change({ $view: 'mini' })
    await there('.mini-open')
    await change({ $view: 'full' })
    expect(model.video.parentNode).toBe(place)
    expect(find('dialog').contains(model.video)).toBe(true)
  })

  it('goes small when it is left while it plays, else closes; a sheet closes first', async () => {
    const { model, change, calls, find } = await drawPlayer()
    const press = () => act(() => find('dialog').dispatchEvent(new Event('cancel', { cancelable: true })) as never)
    await change({ $sheet: { name: 'products' } })
    await press()
    expect(calls.at(-1)).toEqual({ name: 'showSheet', args: [null] })
    await press()
    expect(model.state.$view.get()).toBe('mini')
    await change({ $view: 'full', $playback: { ...playing, phase: 'paused' } })
    await press()
    expect(model.state.$view.get()).toBe('closed')
  })

  it('keeps the focus in the player when what has it goes: a card as the host shows the next', async () => {
    const { change, find, there, root } = await drawPlayer()
    await there('[data-product=mug] .title')
    await act(() => find('[data-product=mug] .title').focus())
    await change({ $products: demoViews(['coat']) })
    await later(() => expect(root.querySelector('[data-product=mug]')).toBeNull())
    await later(() => expect(find('dialog').contains(root.activeElement)).toBe(true))
  })

  it('leaves the focus where it is in the page when a card goes', async () => {
    const { change, find, there, root } = await drawPlayer()
    await there('[data-product=mug] .title')
    await act(() => find('[data-product=mug] .title').focus())
    const own = document.body.appendChild(document.createElement('button'))
    own.focus()
    await change({ $products: demoViews(['coat']) })
    await later(() => expect(root.querySelector('[data-product=mug]')).toBeNull())
    await new Promise((resolve) => setTimeout(resolve))
    expect(document.activeElement).toBe(own)
  })

  it('can be closed when it is small, whatever else does not come', async () => {
    const { model, click, there } = await drawPlayer({
      values: { $view: 'mini' },
      learn: () => Promise.reject(new Error('offline')),
    })
    await there('.failed')
    await click('.mini-close')
    expect(model.state.$view.get()).toBe('closed')
  })

  it('says what stopped it when it is small, too', async () => {
    const { find, there, words, root } = await drawPlayer({
      values: { $view: 'mini', $error: new CastcartError('no-answer', '500') },
    })
    await there('.cover')
    expect(words('.cover p')).toMatch(/connection/)
    expect(root.querySelector('.mini-open')).toBeNull()
    expect(find('.mini-close').getAttribute('aria-label')).toBe('Close')
  })

  it('asks for sound while it is muted, until the viewer has chosen', async () => {
    const { model, click, change, there, root } = await drawPlayer()
    await there('[part=unmute]')
    await click('[part=unmute]')
    expect(model.state.$playback.get().muted).toBe(false)
    await change({ $playback: { ...playing, muted: true, soundChosen: true } })
    await later(() => expect(root.querySelector('[part=unmute]')).toBeNull())
  })

  it('has a big play button where the browser wants a tap', async () => {
    const { click, calls, there } = await drawPlayer({ values: { $playback: { ...playing, phase: 'blocked' } } })
    await there('[part=play]')
    await click('[part=play]')
    expect(calls.at(-1)?.name).toBe('play')
  })

  it('keeps the room usable while the picture is away', async () => {
    const { there, words } = await drawPlayer({
      values: { $playback: { ...playing, phase: 'away', trouble: 'network' } },
    })
    await there('.cover')
    expect(words('.cover h2')).toBe('The picture is away')
    await later(() => expect(words('[data-product=mug] .button')).toBe('Choose'))
  })

  it('says what stopped it in words, and tries again', async () => {
    const { click, calls, there, words } = await drawPlayer({ values: { $error: new CastcartError('no-show', '404') } })
    await there('.cover')
    expect(words('.cover p')).toBe('The show was not found.')
    await later(() => expect(words('[role=alert]')).toContain('The show could not be opened'))
    await click('.cover .button')
    expect(calls.at(-1)?.name).toBe('retry')
  })

  it('shows the poster until the first frame', async () => {
    const { change, find, root } = await drawPlayer({ values: { $playback: { ...playing, started: false } } })
    expect(find<HTMLImageElement>('.picture img').src).toContain('poster.webp')
    await change({ $playback: playing })
    expect(root.querySelector('.picture img')).toBeNull()
  })
})
