// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { Standing, TopBar } from '../../../src/ui/stage/top-bar.tsx'
import { draw } from '../../support/draw.tsx'
import { roomOf } from '../../support/talk-scenes.ts'
import { demoShow } from '../../support/ui-harness.tsx'

const watched = (count: number) => roomOf(['audience.count', { count }])

describe('Standing', () => {
  it('tells how many watch a live show, and leaves out a count of nobody', async () => {
    const drawn = await draw(<Standing />, { values: { $room: watched(1284), $status: 'live' } })
    expect(drawn.find('.standing').textContent).toContain('1,284')
    await drawn.act(() => drawn.stores.$room.set(watched(0)))
    expect(drawn.find('.standing').textContent).not.toContain('0')
    expect(drawn.find('.pill').textContent).toBe('LIVE')
  })

  it('counts nobody in a replay', async () => {
    const drawn = await draw(<Standing />, { values: { $room: watched(1284), $status: 'replay' } })
    expect(drawn.find('.standing').textContent).toBe('Replay')
  })
})

describe('TopBar', () => {
  it('has the advertising line of a show that has one, with its token, and none of another', async () => {
    const disclosure = {
      text: { en: 'Advertising. Aster & Oak', ru: 'Реклама. «Астер и Дуб»' },
      token: 'erid: 2VfnxxYzz',
    }
    const shown = await draw(<TopBar />, { values: { $show: { ...demoShow, disclosure } } })
    expect(shown.find('.disclosure').textContent).toBe('Advertising. Aster & Oak erid: 2VfnxxYzz')
    const { disclosure: _none, ...without } = demoShow
    const { root } = await draw(<TopBar />, { values: { $show: without } })
    expect(root.querySelector('.disclosure')).toBeNull()
  })
})
