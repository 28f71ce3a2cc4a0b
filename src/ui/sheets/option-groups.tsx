import type { ProductOption, ProductOptionValue } from '../../model/product.ts'
import { useWidget } from '../context.ts'
import { type Choice, isSwatch, type Matrix, type ValueState, valueState } from './variant-matrix.ts'

/** What {@link OptionGroups} takes. */
export interface OptionGroupsProps {
  readonly matrix: Matrix
  readonly choice: Choice
  /** The viewer tried to buy before all was chosen: what is open is marked. */
  readonly isAsked: boolean
  onChoose(axis: string, value: string): void
}

/** A group of radio buttons for each axis of choice: colours as swatches, the rest as chips. */
export function OptionGroups({ matrix, choice, isAsked, onChoose }: OptionGroupsProps) {
  const { say, t } = useWidget()
  return (
    <>
      {matrix.axes.map((axis) => {
        const chosen = axis.values.find(({ id }) => id === choice[axis.id])
        return (
          <fieldset class="axis" key={axis.id} data-axis={axis.id} data-open={(isAsked && !chosen) || undefined}>
            <legend>
              {say(axis.name) || t('sheet.version')}: <b>{chosen ? say(chosen.label) : t('sheet.pick')}</b>
            </legend>
            <div class="values">
              {axis.values.map((value) => (
                <Value
                  key={value.id}
                  axis={axis}
                  value={value}
                  state={valueState(matrix, choice, axis.id, value.id)}
                  isChosen={value === chosen}
                  onChoose={() => onChoose(axis.id, value.id)}
                />
              ))}
            </div>
          </fieldset>
        )
      })}
    </>
  )
}

interface ValueProps {
  readonly axis: ProductOption
  readonly value: ProductOptionValue
  readonly state: ValueState
  readonly isChosen: boolean
  onChoose(): void
}

function Value({ axis, value, state, isChosen, onChoose }: ValueProps) {
  const { say, t, url } = useWidget()
  const label = say(value.label)
  const isColor = isSwatch(axis.values)
  const image = url(value.image)
  return (
    <label class={isColor ? 'swatch' : 'chip'} data-state={state} title={isColor ? label : undefined}>
      <input
        type="radio"
        name={`axis-${axis.id}`}
        checked={isChosen}
        aria-label={state === 'available' ? label : `${label}, ${t(`sheet.value.${state}`)}`}
        onChange={onChoose}
      />
      {isColor ? (
        <i style={{ background: image ? `center / cover url(${JSON.stringify(image)})` : hexOf(value.color) }} />
      ) : (
        <span>{label}</span>
      )}
    </label>
  )
}

/** Only a hex colour reaches the styles. */
const hexOf = (color: string | undefined) => (color && /^#[0-9a-f]{3,8}$/i.test(color) ? color : undefined)
