import { useEffect, useState } from 'preact/hooks'
import { useWidget } from '../../context.ts'
import { IconButton } from '../../parts/button.tsx'
import { QUESTION } from '../../parts/icon.tsx'
import type { Layout } from '../../shell/watch-layout.ts'
import { useStore } from '../../use-store.ts'
import { useCan, useWay } from '../use-can.ts'
import { FollowHead } from './follow-head.tsx'
import { HeartButton } from './heart-button.tsx'
import { OrderNotice } from './order-notice.tsx'
import { useShare } from './use-share.ts'

const SHARE = 'M12 15V4M8 7.5L12 4l4 3.5M6 11H5v9h14v-9h-1'
/** ms that a word beside the buttons stays. */
const STAY = 4000

/** What a viewer does with others beside talking, over the picture: follow, ask where there is no chat, share, send hearts; and who has just bought. */
export function Together({ layout }: { layout: Layout }) {
  const { state, commands, t } = useWidget()
  const share = useShare()
  const [told, tell] = useTold()
  const { chat } = useStore(state.$can)
  const canAsk = useWay() !== null
  const canFollow = useCan('host.follow')
  const canSend = useCan('reaction.send')
  const isDesk = layout === 'desk'
  return (
    <>
      <OrderNotice />
      <div class="together" part="together">
        {told && <span class="pill">{told}</span>}
        {!isDesk && canFollow && <FollowHead />}
        {!isDesk && !chat && canAsk && (
          <IconButton label={t('ask.open')} d={QUESTION} onClick={() => commands.showSheet({ name: 'questions' })} />
        )}
        <IconButton label={t('share.open')} d={SHARE} onClick={() => share().then(tell)} />
        {canSend && <HeartButton onRefused={tell} />}
      </div>
    </>
  )
}

/** A few words that stay for a moment, and are spoken. */
function useTold(): [told: string, tell: (words: string) => void] {
  const { speak } = useWidget()
  const [told, put] = useState({ words: '' })
  useEffect(() => {
    if (!told.words) return
    speak(told.words)
    const timer = setTimeout(() => put({ words: '' }), STAY)
    return () => clearTimeout(timer)
  }, [told])
  return [told.words, (words) => put({ words })]
}
