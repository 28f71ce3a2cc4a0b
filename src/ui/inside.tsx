import { type ComponentChildren, render } from 'preact'
import { type ShellModel, UiContext, type UiModel, useWidget } from './context.ts'
import { createDress } from './dress.ts'
import { Guard } from './guard.tsx'
import inside from './inside.css'
import { Lazy, Whole } from './lazy.tsx'
import goods from './parts/goods.css'
import room from './room/room.css'
import { Room } from './room/room.tsx'
import type { Parts } from './shell/draw-parts.ts'
import type { Layout } from './shell/watch-layout.ts'
import { TopHead } from './stage/top-head.tsx'
import { useStore } from './use-store.ts'

const loadMini = () => import('./mini/index.tsx')
const loadStates = () => import('./states/index.tsx')

/** What {@link fillPlaces} takes beside the model. */
export interface InsideOptions {
  /** For browsers without constructed style sheets. */
  readonly nonce: string | undefined
  readonly speak: UiModel['speak']
  /** The inside threw and is gone until it is drawn again. */
  readonly onCrash: (cause: unknown) => void
}

/** All that is in the player. */
export interface Inside {
  /** Draws it, anew where it had thrown. */
  draw(layout: Layout): void
  end(): void
}

/** Puts what is in the player into its two places; of what the shell had put in the top bar the elements that fit stay. */
export function fillPlaces(
  { head, body }: Pick<Parts, 'head' | 'body'>,
  given: ShellModel,
  { nonce, speak, onCrash }: InsideOptions,
): Inside {
  const dress = createDress(head, nonce)
  dress.add([inside, goods, room].join(''))
  const model = { ...given, speak, dress: dress.add }
  let round = 0
  const crash = (cause: unknown) => {
    round++
    onCrash(cause)
  }
  const drawn = (children: ComponentChildren) => (
    <Guard key={round} onCrash={crash}>
      <UiContext.Provider value={model}>{children}</UiContext.Provider>
    </Guard>
  )
  return {
    draw(layout) {
      render(drawn(<TopHead />), head)
      render(
        drawn(
          <Whole>
            <Body layout={layout} />
          </Whole>,
        ),
        body,
      )
    },
    end() {
      render(null, head)
      render(null, body)
      dress.remove()
    },
  }
}

function Body({ layout }: { layout: Layout }) {
  const { state } = useWidget()
  const view = useStore(state.$view)
  const error = useStore(state.$error)
  if (view === 'closed') return null
  if (error)
    return (
      <Lazy key="error" load={loadStates}>
        {({ ErrorPanel }) => <ErrorPanel />}
      </Lazy>
    )
  if (view === 'mini')
    return (
      <Lazy key="mini" load={loadMini}>
        {({ Mini }) => <Mini />}
      </Lazy>
    )
  return <Room layout={layout} />
}
