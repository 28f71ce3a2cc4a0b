// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { TopHead } from '../../../src/ui/stage/top-head.tsx'
import { draw } from '../../support/draw.tsx'
import { demoShow } from '../../support/ui-harness.tsx'

describe('TopHead', () => {
  it('has the advertising line of a show that has one, with its token, and none of another', async () => {
    const disclosure = {
      text: { en: 'Advertising. Aster & Oak', ru: 'Реклама. «Астер и Дуб»' },
      token: 'erid: 2VfnxxYzz',
    }
    const shown = await draw(<TopHead />, { values: { $show: { ...demoShow, disclosure } } })
    expect(shown.find('.disclosure').textContent).toBe('Advertising. Aster & Oak erid: 2VfnxxYzz')
    const { disclosure: _none, ...without } = demoShow
    const { root } = await draw(<TopHead />, { values: { $show: without } })
    expect(root.querySelector('.disclosure')).toBeNull()
  })
})
