import { afterEach, describe, expect, it, vi } from 'vitest'
import { createState } from '../../src/state/create-state.ts'

afterEach(() => void vi.restoreAllMocks())

describe('createState', () => {
  it('goes on where a listener of the page throws: the others hear it, and so does the console', () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { $picture, $now } = createState()
    const heard: unknown[] = []
    const mistake = new Error('of the page')
    $picture.listen(() => {
      throw mistake
    })
    $picture.listen((value) => heard.push(value))
    $now.listen((value) => heard.push(value))
    $picture.set(7)
    $now.set(8)
    expect(heard).toEqual([7, 8])
    expect(logged).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('[castcart]'), mistake)
  })
})
