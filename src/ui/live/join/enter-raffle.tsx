import { useLayoutEffect } from 'preact/hooks'
import type { RaffleView } from '../../../state/raffle-view.ts'
import { useWidget } from '../../context.ts'
import { Button } from '../../parts/button.tsx'
import { CHECK, Icon } from '../../parts/icon.tsx'
import { useDraft } from '../../use-draft.ts'
import { useStore } from '../../use-store.ts'
import { useCan } from '../use-can.ts'
import { noteSeen, tookSince } from './first-seen.ts'
import { type Sending, useSend } from './use-send.tsx'

/** How to take part, or that one does, or that it is too late. */
export function EnterRaffle({ view }: { view: RaffleView }) {
  const { state, t } = useWidget()
  const canEnter = useCan('raffle.enter')
  const isReplay = useStore(state.$status) === 'replay'
  const { raffle, stage, entry } = view
  const sending = useSend('raffle')
  if (entry !== undefined)
    return (
      <p class="result" data-in="">
        <Icon d={CHECK} />
        <span>
          <b>{t('raffle.entered')}</b>
          <small>
            {t('raffle.number')} <bdi class="num">{entry}</bdi>
          </small>
        </span>
      </p>
    )
  if (isReplay) return <p class="result">{t('join.replay')}</p>
  if (stage === 'closed') return <p class="result">{t('raffle.wait')}</p>
  if (!canEnter) return <p class="result">{t('join.watch')}</p>
  const Way = WAYS[raffle.entry ?? 'tap']
  return (
    <>
      <Way view={view} sending={sending} />
      {sending.refused}
    </>
  )
}

interface WayProps {
  readonly view: RaffleView
  readonly sending: Sending
}

function useEnter({ view, sending }: WayProps) {
  const { speak, t } = useWidget()
  return async (data: Readonly<Record<string, unknown>> = {}) => {
    const { ok } = await sending.send('raffle.enter', { id: view.id, ...data })
    if (ok) speak(t('raffle.entered'))
  }
}

function Tap(given: WayProps) {
  const { t } = useWidget()
  const enter = useEnter(given)
  return (
    <Button wide busy={given.sending.busy} onClick={() => enter()}>
      {t('raffle.enter')}
    </Button>
  )
}

function FirstTap(given: WayProps) {
  const model = useWidget()
  const { t } = model
  const enter = useEnter(given)
  const { id } = given.view
  useLayoutEffect(() => noteSeen(model, id), [id])
  return (
    <>
      <p class="hint-line">{t('raffle.how.first-tap')}</p>
      <Button wide busy={given.sending.busy} onClick={() => enter({ took: tookSince(model, id) })}>
        {t('raffle.tap')}
      </Button>
    </>
  )
}

/** It is a message like any other: under the chat's rules, and refused in words. */
function Word(given: WayProps) {
  const { state, commands, url, t } = useWidget()
  const enter = useEnter(given)
  const terms = url(useStore(state.$show)?.chat?.terms)
  const { hasAgreed } = useStore(state.$mine)
  const { word = '' } = given.view.raffle
  const write = async () => {
    if (terms) commands.keep({ hasAgreed: true })
    const answer = await commands.say(word)
    given.sending.hear(answer, 'chat')
    if (answer.ok) await enter()
  }
  return (
    <>
      <p class="hint-line">{t('raffle.how.word', { word })}</p>
      {terms && !hasAgreed && (
        <p class="hint-line">
          {t('chat.agree')}{' '}
          <a href={terms} target="_blank" rel="noopener">
            {t('chat.terms')}
          </a>
        </p>
      )}
      <Button wide busy={given.sending.busy} onClick={write}>
        {t('raffle.write', { word })}
      </Button>
    </>
  )
}

function Question() {
  const { commands, t } = useWidget()
  return (
    <>
      <p class="hint-line">{t('raffle.how.question')}</p>
      <Button wide onClick={() => commands.showSheet({ name: 'questions' })}>
        {t('raffle.ask')}
      </Button>
    </>
  )
}

function Purchase(given: WayProps) {
  const { t } = useWidget()
  const enter = useEnter(given)
  const [order, setOrder] = useDraft(`order/${given.view.id}`, '')
  return (
    <form
      class="request"
      onSubmit={(event) => {
        event.preventDefault()
        if (order.trim()) void enter({ order: order.trim() })
      }}
    >
      <p class="hint-line">{t('raffle.how.purchase')}</p>
      <div class="form-field">
        <label for="castcart-order">{t('raffle.order')}</label>
        <input
          id="castcart-order"
          value={order}
          maxLength={40}
          autocomplete="off"
          onInput={(event) => setOrder(event.currentTarget.value)}
        />
      </div>
      <Button wide type="submit" off={!order.trim()} busy={given.sending.busy}>
        {t('raffle.enter')}
      </Button>
      <Button wide kind="quiet" onClick={() => enter({ free: true })}>
        {t('raffle.enter.free')}
      </Button>
    </form>
  )
}

const WAYS = { tap: Tap, 'first-tap': FirstTap, word: Word, question: Question, purchase: Purchase }
