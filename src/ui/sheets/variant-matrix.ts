import type { ProductInput, ProductOption, Variant } from '../../model/product.ts'
import { isAvailable } from '../../state/product-view.ts'

/** Chosen value id by axis id; an axis that is not chosen is absent. */
export type Choice = Readonly<Record<string, string>>

/** `missing`: no variant has this value together with the rest of the choice. */
export type ValueState = 'available' | 'sold-out' | 'missing'

/** The axis of a product whose variants have titles but no options. */
const FLAT_AXIS = 'variant'

/** A product's choices and what they lead to. */
export interface Matrix {
  readonly axes: readonly ProductOption[]
  readonly variants: readonly Variant[]
}

/** Reads the axes that a product's variants are told by; variants that only have titles become the values of one axis, and one lone variant leaves nothing to choose. */
export function matrixOf({ options = [], variants = [] }: ProductInput): Matrix {
  const axes = options.filter(({ id, values }) => values.length && variants.some((one) => one.options?.[id]))
  if (axes.length || variants.length < 2) return { axes, variants }
  const values = variants.map(({ id, title = id }) => ({ id, label: title }))
  return {
    axes: [{ id: FLAT_AXIS, name: '', values }],
    variants: variants.map((variant) => ({ ...variant, options: { [FLAT_AXIS]: variant.id } })),
  }
}

/** The variants that a choice, complete or not, still allows. A variant silent about an axis comes in every value of it. */
export function variantsFor({ axes, variants }: Matrix, choice: Choice): Variant[] {
  return variants.filter((variant) => axes.every(({ id }) => fits(variant, id, choice[id])))
}

/** The variant that a complete choice names; `undefined` while an axis is open or where no variant has it, or several that do not say. */
export function variantOf(matrix: Matrix, choice: Choice): Variant | undefined {
  if (matrix.axes.some(({ id }) => choice[id] === undefined)) return undefined
  const found = variantsFor(matrix, choice)
  const isSilent = ({ options }: Variant) => matrix.axes.some(({ id }) => options?.[id] === undefined)
  if (found.length > 1 && found.some(isSilent)) return undefined
  return found.find(isAvailable) ?? found[0]
}

/** What taking one value would lead to while the rest of the choice stays. */
export function valueState(matrix: Matrix, choice: Choice, axis: string, value: string): ValueState {
  const found = variantsFor(matrix, { ...choice, [axis]: value })
  return found.some(isAvailable) ? 'available' : found.length ? 'sold-out' : 'missing'
}

/**
 * Takes a value. Where no variant has it together with the rest, what conflicts is opened again (a colour moves to one that
 * exists: that is seen; a size is never changed behind the viewer's back). A value that no variant has at all changes nothing.
 */
export function choose(matrix: Matrix, choice: Choice, axis: string, value: string): Choice {
  let kept: Choice = { [axis]: value }
  if (!variantsFor(matrix, kept).length) return choice
  for (const { id } of matrix.axes) {
    const own = choice[id]
    const wider = own === undefined || id === axis ? kept : { ...kept, [id]: own }
    if (variantsFor(matrix, wider).length) kept = wider
  }
  return settle(matrix, kept)
}

/** Where a viewer begins: at a colour that can be bought, and at what leaves no choice. A size is never guessed: the wrong one comes back. */
export function firstChoice(matrix: Matrix): Choice {
  return settle(matrix, {})
}

/** Chooses on the open axes what is seen in the picture, and what every variant has in common. */
function settle(matrix: Matrix, choice: Choice): Choice {
  const settled: Record<string, string> = { ...choice }
  for (const { id, values } of matrix.axes) {
    if (settled[id] !== undefined) continue
    const made = values.filter((value) => valueState(matrix, {}, id, value.id) !== 'missing')
    if (made.length > 1 && !isSwatch(values)) continue
    const fit = made.filter((value) => valueState(matrix, settled, id, value.id) !== 'missing')
    const value = fit.find((one) => valueState(matrix, settled, id, one.id) === 'available') ?? fit[0]
    if (value) settled[id] = value.id
  }
  return settled
}

/** Whether an axis is shown in colours or pictures. */
export function isSwatch(values: ProductOption['values']): boolean {
  return values.some(({ color, image }) => color || image)
}

const fits = (variant: Variant, axis: string, value: string | undefined): boolean => {
  const own = variant.options?.[axis]
  return value === undefined || own === undefined || own === value
}
