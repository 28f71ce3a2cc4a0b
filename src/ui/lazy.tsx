import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'
import { type UiModel, useWidget } from './context.ts'
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

interface Part {
  readonly styles: string | readonly string[]
}

/** Loads a part with its words, and puts its styles on. Rejects where either does not come. */
export async function bring<M extends Part>(load: () => Promise<M>, { dress, learn }: UiModel): Promise<M> {
  const [part] = await Promise.all([load(), learn()])
  for (const css of [part.styles].flat()) dress(css)
  return part
}

/** A part that is loaded when it is first drawn, with its words. When that fails it says so, calmly, with a way to try again; when the network is back it tries by itself. */
export function Lazy<M extends Part>({ load, children, wait }: LazyProps<M>) {
  const model = useWidget()
  const { t } = model
  const [module, put] = useState<M | null>()
  const begin = () => {
    put(undefined)
    bring(load, model).then(put, () => put(null))
  }
  useLayoutEffect(begin, [])
  useLayoutEffect(() => {
    if (module !== null) return
    addEventListener('online', begin)
    return () => removeEventListener('online', begin)
  }, [module])
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
