import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ProductInput, ProductOption, Variant } from '../../../src/model/product.ts'
import { isAvailable } from '../../../src/state/product-view.ts'
import {
  choose,
  firstChoice,
  type Matrix,
  matrixOf,
  valueState,
  variantOf,
  variantsFor,
} from '../../../src/ui/sheets/variant-matrix.ts'

const mug: ProductInput = {
  id: 'mug',
  title: 'Mug',
  options: [
    {
      id: 'glaze',
      name: 'Glaze',
      values: [
        { id: 'sand', label: 'Sand', color: '#d8c3a0' },
        { id: 'ink', label: 'Ink', color: '#20304a' },
      ],
    },
    {
      id: 'size',
      name: 'Size',
      values: [
        { id: 's', label: 'S' },
        { id: 'l', label: 'L' },
      ],
    },
  ],
  variants: [
    { id: 'sand-s', options: { glaze: 'sand', size: 's' }, stock: 12 },
    { id: 'sand-l', options: { glaze: 'sand', size: 'l' } },
    { id: 'ink-s', options: { glaze: 'ink', size: 's' }, available: false },
  ],
}
const matrix = matrixOf(mug)

/** Any axes of up to 4 values and any set of their combinations, some sold out. */
const anyMatrix = fc
  .array(fc.record({ count: fc.integer({ min: 1, max: 4 }), isColor: fc.boolean() }), { minLength: 1, maxLength: 4 })
  .chain((shapes) => {
    const axes: ProductOption[] = shapes.map(({ count, isColor }, axis) => ({
      id: `a${axis}`,
      name: `A${axis}`,
      values: Array.from({ length: count }, (_, value) => ({
        id: `v${value}`,
        label: `V${value}`,
        ...(isColor ? { color: '#111' } : {}),
      })),
    }))
    const combination = fc.tuple(
      fc.tuple(...shapes.map(({ count }) => fc.integer({ min: 0, max: count - 1 }))),
      fc.boolean(),
    )
    return fc.uniqueArray(combination, { minLength: 1, maxLength: 24, selector: ([values]) => values.join() }).map(
      (combinations): Matrix => ({
        axes,
        variants: combinations.map(
          ([values, available], index): Variant => ({
            id: `x${index}`,
            available,
            options: Object.fromEntries(values.map((value, axis) => [`a${axis}`, `v${value}`])),
          }),
        ),
      }),
    )
  })

const anyWalk = anyMatrix.chain((one) =>
  fc.record({
    matrix: fc.constant(one),
    steps: fc.array(
      fc.nat({ max: one.axes.length - 1 }).chain((axis) =>
        fc.record({
          axis: fc.constant(`a${axis}`),
          value: fc.nat({ max: (one.axes[axis]?.values.length ?? 1) - 1 }).map((value) => `v${value}`),
        }),
      ),
      { maxLength: 12 },
    ),
  }),
)

describe('matrixOf', () => {
  it('makes one axis of variants that only have titles', () => {
    const flat = matrixOf({
      id: 'p',
      title: 'P',
      variants: [
        { id: 'a', title: 'Small' },
        { id: 'b', title: 'Large' },
      ],
    })
    expect(flat.axes).toHaveLength(1)
    expect(variantOf(flat, { variant: 'b' })?.title).toBe('Large')
  })

  it('leaves nothing to choose where there is one variant without options', () => {
    const one = matrixOf({ id: 'p', title: 'P', variants: [{ id: 'only' }] })
    expect(one.axes).toEqual([])
    expect(variantOf(one, {})?.id).toBe('only')
  })

  it('leaves out an axis that no variant is told by', () => {
    const foreign = {
      ...mug,
      variants: [
        { id: 'a', title: 'A', options: { Size: 'S' } },
        { id: 'b', title: 'B' },
      ],
    }
    expect(matrixOf(foreign).axes.map(({ id }) => id)).toEqual(['variant'])
  })

  it('has no axes where a product names options but no variant', () => {
    expect(matrixOf({ ...mug, variants: [] }).axes).toEqual([])
  })
})

describe('variantOf', () => {
  it('guesses none where several fit because they are silent on a chosen axis', () => {
    const half = {
      ...mug,
      variants: [
        { id: 'a', options: { size: 's' } },
        { id: 'b', options: { size: 's' } },
      ],
    }
    const fixed = { ...half, variants: [...half.variants, { id: 'c', options: { size: 'l', glaze: 'ink' } }] }
    expect(variantOf(matrixOf(fixed), { size: 's', glaze: 'sand' })).toBeUndefined()
    expect(variantOf(matrixOf(fixed), { size: 'l', glaze: 'ink' })?.id).toBe('c')
  })

  it('finds the variant of a complete choice only', () => {
    expect(variantOf(matrix, { glaze: 'sand' })).toBeUndefined()
    expect(variantOf(matrix, { glaze: 'sand', size: 'l' })?.id).toBe('sand-l')
    expect(variantOf(matrix, { glaze: 'ink', size: 'l' })).toBeUndefined()
  })
})

describe('valueState', () => {
  it('tells what is there, what is sold out and what was never made', () => {
    const choice = { glaze: 'ink', size: 's' }
    expect(valueState(matrix, choice, 'glaze', 'sand')).toBe('available')
    expect(valueState(matrix, choice, 'glaze', 'ink')).toBe('sold-out')
    expect(valueState(matrix, choice, 'size', 'l')).toBe('missing')
  })

  it('holds for the whole axis while nothing else is chosen', () => {
    expect(valueState(matrix, {}, 'size', 'l')).toBe('available')
    expect(valueState(matrix, {}, 'glaze', 'ink')).toBe('sold-out')
  })

  it('is available exactly when a variant that can be bought has it', () => {
    fc.assert(
      fc.property(anyMatrix, (one) => {
        for (const axis of one.axes)
          for (const value of axis.values)
            expect(valueState(one, {}, axis.id, value.id) === 'available').toBe(
              one.variants.some((variant) => variant.options?.[axis.id] === value.id && isAvailable(variant)),
            )
      }),
    )
  })
})

describe('choose', () => {
  it('keeps the value taken and moves the colour to one that exists', () => {
    expect(choose(matrix, { glaze: 'ink', size: 's' }, 'size', 'l')).toEqual({ glaze: 'sand', size: 'l' })
  })

  it('opens a size that the new colour does not come in, and never changes it in silence', () => {
    expect(choose(matrix, { glaze: 'sand', size: 'l' }, 'glaze', 'ink')).toEqual({ glaze: 'ink' })
  })

  it('leaves open what was open', () => {
    expect(choose(matrix, {}, 'glaze', 'ink')).toEqual({ glaze: 'ink' })
  })

  it('changes nothing for a value that no variant has', () => {
    expect(choose(matrix, { glaze: 'ink' }, 'glaze', 'gold')).toEqual({ glaze: 'ink' })
  })

  it('never leads to a choice without a variant, whatever is clicked', () => {
    fc.assert(
      fc.property(anyWalk, ({ matrix: one, steps }) => {
        let choice = firstChoice(one)
        for (const { axis, value } of steps) {
          const before = choice
          choice = choose(one, before, axis, value)
          expect(variantsFor(one, choice).length).toBeGreaterThan(0)
          const exists = one.variants.some((variant) => variant.options?.[axis] === value)
          expect(choice[axis]).toBe(exists ? value : before[axis])
        }
      }),
    )
  })

  it('reaches every variant from anywhere', () => {
    fc.assert(
      fc.property(anyMatrix, (one) => {
        for (const target of one.variants) {
          let choice = firstChoice(one)
          for (const [axis, value] of Object.entries(target.options ?? {})) choice = choose(one, choice, axis, value)
          expect(variantOf(one, choice)?.id).toBe(target.id)
        }
      }),
    )
  })
})

describe('firstChoice', () => {
  it('begins with a colour that can be bought and never guesses a size', () => {
    expect(firstChoice(matrix)).toEqual({ glaze: 'sand' })
  })

  it('takes what leaves no choice', () => {
    const one = matrixOf({ ...mug, variants: mug.variants?.filter(({ id }) => id === 'ink-s') })
    expect(firstChoice(one)).toEqual({ glaze: 'ink', size: 's' })
  })

  it('can always be bought where anything can', () => {
    fc.assert(
      fc.property(anyMatrix, (one) => {
        fc.pre(one.variants.some(isAvailable))
        expect(variantsFor(one, firstChoice(one)).some(isAvailable)).toBe(true)
      }),
    )
  })
})
