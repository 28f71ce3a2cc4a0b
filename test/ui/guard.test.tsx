// @vitest-environment happy-dom
import { render } from 'preact'
import { describe, expect, it, vi } from 'vitest'
import { Guard } from '../../src/ui/guard.tsx'

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
