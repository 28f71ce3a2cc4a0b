import { useWidget } from '../context.ts'
import { Icon } from './icon.tsx'

export const PLUS = 'M12 5v14M5 12h14'
const MINUS = 'M5 12h14'

/** What {@link Stepper} takes. */
export interface StepperProps {
  /** What is counted. */
  readonly label: string
  readonly value: number
  /** Absent: 99. */
  readonly max?: number | undefined
  /** Waits for the store; keeps the focus. */
  readonly busy?: boolean | undefined
  onChange(value: number): void
}

/** A number from 1 with a button on each side. */
export function Stepper({ label, value, max = 99, busy, onChange }: StepperProps) {
  const { t } = useWidget()
  const step = (by: number, name: string, d: string) => {
    const off = busy || value + by < 1 || value + by > max
    return (
      <button
        type="button"
        aria-label={`${t(name)}: ${label}`}
        aria-disabled={off || undefined}
        onClick={() => off || onChange(value + by)}
      >
        <Icon d={d} />
      </button>
    )
  }
  return (
    <fieldset class="stepper" part="stepper" aria-label={label} aria-busy={busy || undefined}>
      {step(-1, 'sheet.less', MINUS)}
      <output class="num">{value}</output>
      {step(1, 'sheet.more', PLUS)}
    </fieldset>
  )
}
