import { useRef, useState } from 'preact/hooks'
import type { CartResult } from '../../../model/cart.ts'
import type { OfferView } from '../../../state/offer-view.ts'
import { useWidget } from '../../context.ts'
import { Button } from '../../parts/button.tsx'
import { CHECK, Icon } from '../../parts/icon.tsx'
import { useStore } from '../../use-store.ts'
import { useCan } from '../use-can.ts'
import { useSend } from './use-send.tsx'

/** A code to claim, one for each viewer; once claimed, to see, copy and take off the cart. */
export function Voucher({ offer }: { offer: OfferView }) {
  const { speak, state, t } = useWidget()
  const { id, stage, terms } = offer
  const { codes } = useStore(state.$mine)
  const canClaim = useCan('voucher.claim')
  const { busy, refused, send } = useSend('voucher')
  const apply = useApply()
  const mine = Object.hasOwn(codes, id) ? codes[id] : undefined
  if (mine) return <Code code={mine.code} until={mine.until} apply={apply} />
  if (stage !== 'open' || !canClaim) return null
  const claim = async () => {
    const result = await send('voucher.claim', { id })
    if (result.code === undefined) return
    speak(t('voucher.yours', { code: result.code }))
    if (apply.can && state.$cart.get()?.quantity) apply.act(result.code)
  }
  return (
    <>
      <Button wide busy={busy} onClick={claim}>
        {t(terms.forPresent ? 'voucher.gift' : 'voucher.get.long')}
      </Button>
      {refused}
    </>
  )
}

interface Apply {
  readonly can: boolean
  readonly busy: boolean
  readonly result: CartResult | null
  act(code: string): void
}

/** Takes a code off the store's cart. */
function useApply(): Apply {
  const { speak, state, commands, t } = useWidget()
  const { voucher = false } = useStore(state.$can)
  const [busy, setBusy] = useState(false)
  const [result, setResult] = useState<CartResult | null>(null)
  const act = async (code: string) => {
    setBusy(true)
    const answer = await commands.applyVoucher(code)
    setBusy(false)
    setResult(answer)
    if (answer.outcome !== 'added') return
    commands.keep({ applied: [...(state.$mine.get().applied ?? []), code] })
    speak(t('voucher.applied'))
  }
  return { can: voucher, busy, result, act }
}

function Code({ code, until, apply }: { code: string; until: number | undefined; apply: Apply }) {
  const { state, t, locale } = useWidget()
  const isApplied = useStore(state.$mine).applied?.includes(code)
  const { result } = apply
  const failed =
    result?.outcome === 'rejected' &&
    (result.message || t(result.reason === 'refused' ? 'voucher.not-yet' : `reason.${result.reason}`))
  return (
    <div class="voucher">
      <Copy code={code} />
      {until !== undefined && (
        <small>
          {t('voucher.until', { time: new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(until) })}
        </small>
      )}
      {isApplied ? (
        <p class="applied">
          <Icon d={CHECK} />
          {t('voucher.applied')}
        </p>
      ) : apply.can ? (
        <Button wide busy={apply.busy} onClick={() => apply.act(code)}>
          {t('voucher.apply')}
        </Button>
      ) : (
        <small>{t('voucher.enter')}</small>
      )}
      {failed && !isApplied && (
        <p class="refused" role="alert">
          {failed}
        </p>
      )}
    </div>
  )
}

/** The code in a field of its own, so that it can be selected where the page may not copy. */
function Copy({ code }: { code: string }) {
  const { speak, t } = useWidget()
  const field = useRef<HTMLInputElement>(null)
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(code)
      setCopied(true)
      speak(t('voucher.copied'))
    } catch {
      // Without permission or HTTPS the code stays selected, for the viewer's own "copy".
      setCopied(false)
    }
  }
  return (
    <div class="code">
      <input ref={field} class="num" readOnly value={code} aria-label={t('voucher.code')} dir="ltr" />
      <Button kind="quiet" onClick={copy}>
        {t(isCopied ? 'voucher.copied' : 'voucher.copy')}
      </Button>
    </div>
  )
}
