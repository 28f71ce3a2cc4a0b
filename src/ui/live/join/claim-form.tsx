import { useWidget } from '../../context.ts'
import { Button } from '../../parts/button.tsx'
import { CHECK, Icon } from '../../parts/icon.tsx'
import { useDraft } from '../../use-draft.ts'
import { useStore } from '../../use-store.ts'
import { useSend } from './use-send.tsx'

/** Where a winner says whom to send the prize to; it goes to the desk and to no one else. */
export function ClaimForm({ id, hasClaimed }: { id: string; hasClaimed: boolean }) {
  const { state, t } = useWidget()
  const { actions } = useStore(state.$can)
  const { busy, refused, send } = useSend('raffle')
  const [values, setValues] = useDraft(`claim/${id}`, { name: '', contact: '' })
  const isWhole = values.name.trim() !== '' && values.contact.trim() !== ''
  if (hasClaimed)
    return (
      <p class="sent" role="status">
        <Icon d={CHECK} />
        <span>
          <b>{t('request.sent')}</b> {t('request.sent.text')}
        </span>
      </p>
    )
  if (!actions.includes('raffle.claim')) return <p class="hint-line">{t('raffle.claim.rules')}</p>
  const field = (name: 'name' | 'contact', label: string, autocomplete: string) => (
    <div class="form-field">
      <label for={`castcart-claim-${name}`}>{t(label)}</label>
      <input
        id={`castcart-claim-${name}`}
        value={values[name]}
        maxLength={200}
        autocomplete={autocomplete}
        aria-required="true"
        onInput={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
      />
    </div>
  )
  return (
    <form
      class="request"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (isWhole && !busy) void send('raffle.claim', { id, fields: { ...values } })
      }}
    >
      {field('name', 'request.name', 'name')}
      {field('contact', 'raffle.claim.contact', 'email')}
      {refused}
      <Button wide type="submit" off={!isWhole} busy={busy}>
        {t('raffle.claim')}
      </Button>
    </form>
  )
}
