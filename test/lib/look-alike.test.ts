import { describe, expect, it } from 'vitest'
import { lookAlikes } from '../../src/lib/look-alike.ts'

const isLookAlike = (name: string, of: string) => lookAlikes([of])(name)

describe('lookAlikes', () => {
  it('sees through other alphabets, marks, digits, widths, case and spaces', () => {
    for (const name of [
      'mira lind',
      'Мira Lind',
      'M i r a L i n d',
      'Míra Līnd',
      'Mıra L1nd',
      'Ｍｉｒａ Ｌｉｎｄ',
      'Mira.Lind!',
      'Mira Lind ✓ host',
    ])
      expect([name, isLookAlike(name, 'Mira Lind')]).toEqual([name, true])
  })

  it('sees through a name that is not Latin itself', () => {
    expect(isLookAlike('Mиpa Линд', 'Мира Линд')).toBe(true)
    expect(isLookAlike('Марина', 'Мира Линд')).toBe(false)
  })

  it('leaves other names alone', () => {
    for (const name of ['Mira', 'Lind', 'Anna', 'Miranda', '', '🙂']) expect(isLookAlike(name, 'Mira Lind')).toBe(false)
  })

  it('takes nothing for a name without letters', () => {
    expect(isLookAlike('Anna', '★')).toBe(false)
  })

  it('knows a short name as a word, not inside another name', () => {
    const isEva = lookAlikes(['Eva'])
    for (const name of ['eva', 'Еvа', 'E.v.a', 'Eva (official)', 'the_eva']) expect(isEva(name), name).toBe(true)
    for (const name of ['Evan', 'Ieva', 'Svevan']) expect(isEva(name), name).toBe(false)
  })
})
