import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'

/** What {@link IconButton} takes. */
export interface IconButtonProps {
  /** Its name for everyone who does not see the icon. */
  readonly label: string
  /** The icon's path. */
  readonly d: string
  onClick(): void
  /** A count in its corner; absent or 0: none. The label should tell it too. */
  readonly badge?: string | number | undefined
  /** For a switch: whether it is on. */
  readonly pressed?: boolean | undefined
  /** `plain` on a panel; absent: glass, for over the picture. */
  readonly class?: string | undefined
  readonly part?: string | undefined
}

/** A round button of 44 by 44 px with an icon. */
export function IconButton({ label, d, onClick, badge, pressed, class: name = '', part }: IconButtonProps) {
  return (
    <button
      type="button"
      class={`icon-button ${name}`}
      part={part}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <Icon d={d} />
      {badge ? (
        <span class="badge num" aria-hidden="true">
          {badge}
        </span>
      ) : null}
    </button>
  )
}

/** What {@link Button} takes. */
export interface ButtonProps {
  readonly children: ComponentChildren
  onClick?(): void
  /** `main` is the one next action: one in view at a time. Absent: `main`. */
  readonly kind?: 'main' | 'quiet' | undefined
  /** As wide as its place, 52 px high. */
  readonly wide?: boolean | undefined
  /** Does nothing for now, and stays in the focus order. */
  readonly off?: boolean | undefined
  /** At work: a second click does nothing. */
  readonly busy?: boolean | undefined
  /** A fuller name than its words, beginning with them. */
  readonly label?: string | undefined
  readonly type?: 'button' | 'submit' | undefined
  readonly part?: string | undefined
}

/** A button with words, 44 px high or more. `off` and `busy` keep the focus: they are said, not `disabled`. */
export function Button({
  children,
  onClick,
  kind = 'main',
  wide,
  off,
  busy,
  label,
  type,
  part = 'button',
}: ButtonProps) {
  return (
    <button
      type={type ?? 'button'}
      class="button"
      part={part}
      data-kind={kind}
      data-wide={wide || undefined}
      aria-label={label}
      aria-disabled={off || busy || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (off || busy) event.preventDefault()
        else onClick?.()
      }}
    >
      {children}
    </button>
  )
}
