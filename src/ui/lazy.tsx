import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'
import { useWidget } from './context.ts'
import { Button } from './parts/button.tsx'

/** What {@link Lazy} takes. */
export interface LazyProps<M> {
  /** An `import()`; asked again when the viewer tries again. */
  load(): Promise<M>
  /** Draws with what was loaded, once its `styles` are on. */
  children(module: M): ComponentChildren
  /** Stands there meanwhile. Absent: nothing. */
  readonly wait?: ComponentChildren
}

/** A part that is loaded when it is first drawn, with its words. When that fails it says so, calmly, with a way to try again. */
export function Lazy<M extends { readonly styles: string | readonly string[] }>({
  load,
  children,
  wait,
}: LazyProps<M>) {
  const { dress, t, learn } = useWidget()
  const [module, put] = useState<M | null>()
  const begin = () => {
    put(undefined)
    Promise.all([load(), learn()]).then(
      ([loaded]) => {
        for (const css of [loaded.styles].flat()) dress(css)
        put(loaded)
      },
      () => put(null),
    )
  }
  useLayoutEffect(begin, [])
  if (module) return <>{children(module)}</>
  if (module === undefined) return <>{wait}</>
  return (
    <p class="failed">
      {t('chunk.failed')}
      <Button kind="quiet" onClick={begin}>
        {t('error.retry')}
      </Button>
    </p>
  )
}
