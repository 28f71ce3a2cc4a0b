import { type ComponentChildren, createContext } from 'preact'
import { useContext, useLayoutEffect, useState } from 'preact/hooks'
import { type UiModel, useWidget } from './context.ts'
import { usePart } from './use-store.ts'

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

type Tries = readonly (() => void)[]

/** Takes what tries again for the parts that did not come. */
const Lost = createContext((_: (lost: Tries) => Tries) => {})

/** Loads a part with its words, and puts its styles on. Rejects where either does not come. */
export async function bring<M extends Part>(load: () => Promise<M>, { dress, learn }: UiModel): Promise<M> {
  const [part] = await Promise.all([load(), learn()])
  for (const css of [part.styles].flat()) dress(css)
  return part
}

/** A part that is loaded when it is first drawn, with its words. Where that fails {@link Whole} says so, and the developer is told. */
export function Lazy<M extends Part>({ load, children, wait }: LazyProps<M>) {
  const model = useWidget()
  const lose = useContext(Lost)
  const [module, put] = useState<M>()
  useLayoutEffect(() => {
    let isGone = false
    const begin = () => {
      bring(load, model).then(put, (cause) => {
        if (isGone) return
        lose((lost) => [...lost, begin])
        model.onLost(cause)
      })
    }
    begin()
    return () => {
      isGone = true
      lose((lost) => lost.filter((one) => one !== begin))
    }
  }, [])
  return <>{module ? children(module) : wait}</>
}

/** Says once of all parts in it that did not come, calmly, with one way to try again; when the network is back they are tried by themselves. */
export function Whole({ children }: { children: ComponentChildren }) {
  const { state, commands, t } = useWidget()
  const hasSheet = usePart(state.$sheet, (sheet) => sheet !== null)
  const [lost, put] = useState<Tries>([])
  const again = () => {
    put([])
    for (const begin of lost) begin()
  }
  useLayoutEffect(() => {
    if (!lost.length) return
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  }, [lost])
  return (
    <Lost.Provider value={put}>
      {children}
      {lost.length > 0 && (
        <p class="failed" role="alert">
          {t('chunk.failed')}
          <button type="button" onClick={again}>
            {t('error.retry')}
          </button>
          {hasSheet && (
            <button type="button" onClick={() => commands.showSheet(null)}>
              {t('player.close')}
            </button>
          )}
        </p>
      )}
    </Lost.Provider>
  )
}
