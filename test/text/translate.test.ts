import { describe, expect, it } from 'vitest'
import { en } from '../../src/text/en.ts'
import { ru } from '../../src/text/ru.ts'
import { createTranslate } from '../../src/text/translate.ts'

describe('createTranslate', () => {
  it('fills what a sentence is given and leaves the rest', () => {
    const t = createTranslate([en], 'en')
    expect(t('product.open', { title: 'Mug' })).toBe('Show Mug')
    expect(t('product.open')).toBe('Show {title}')
  })

  it('does not read a value as another slot', () => {
    expect(createTranslate([en], 'en')('price.from', { price: '{count} $& $1' })).toBe('from {count} $& $1')
  })

  it('writes numbers as the locale does', () => {
    expect(createTranslate([en], 'en')('stage.watching', { count: 1284 })).toBe('1,284 watching')
    expect(createTranslate([ru], 'ru')('stage.watching', { count: 1284 })).toBe('1\u00a0284 зрителя')
  })

  it.each([
    [1, '1 зритель'],
    [3, '3 зрителя'],
    [11, '11 зрителей'],
  ])('chooses the plural form for %s', (count, words) => {
    expect(createTranslate([ru], 'ru')('stage.watching', { count })).toBe(words)
  })

  it('says what the page says otherwise', () => {
    const t = createTranslate([en], 'en', { 'product.add': 'Buy', 'stage.watching.one': 'You alone' })
    expect(t('product.add')).toBe('Buy')
    expect(t('stage.watching', { count: 1 })).toBe('You alone')
    expect(t('stage.watching', { count: 2 })).toBe('2 watching')
  })

  it('gives an unknown key as it is, even one that every object has', () => {
    const t = createTranslate([en], 'en')
    expect(t('no.such')).toBe('no.such')
    expect(t('constructor')).toBe('constructor')
  })
})
