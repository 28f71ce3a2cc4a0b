import { useLayoutEffect, useRef } from 'preact/hooks'
import { useWidget } from '../context.ts'
import { useStore } from '../use-store.ts'

/** The widget's one video, with the poster over it until there is a frame. */
export function Picture() {
  const { state, url, video } = useWidget()
  const place = useRef<HTMLDivElement>(null)
  const source = useStore(state.$show)?.video
  const { started } = useStore(state.$playback)
  useLayoutEffect(() => place.current?.prepend(video), [])
  const poster = url(source?.poster)
  return (
    <div class="picture" part="picture" ref={place}>
      {!started && poster && <img src={poster} alt="" />}
    </div>
  )
}
