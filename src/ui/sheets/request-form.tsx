import { useId, useRef, useState } from 'preact/hooks'
import type { ProductView } from '../../state/product-view.ts'
import { useWidget } from '../context.ts'
import { Button } from '../parts/button.tsx'
import { CHECK, Icon } from '../parts/icon.tsx'
import { useDraft } from '../use-draft.ts'
import { type FieldFault, faultOf, KNOWN_FIELDS } from './request-field.ts'
import type { Choice, Matrix } from './variant-matrix.ts'

/** What {@link RequestForm} takes. */
export interface RequestFormProps {
  readonly view: ProductView
  readonly matrix: Matrix
  readonly choice: Choice
}

type Sending = 'no' | 'now' | 'done' | { readonly failed: string }

/** The short form of what is not put in a cart. What was written stays there when sending fails. */
export function RequestForm({ view, matrix, choice }: RequestFormProps) {
  const { commands, say, t } = useWidget()
  const { request } = view.product
  const names = request?.fields?.length ? request.fields : ['name', 'phone']
  const form = useRef<HTMLFormElement>(null)
  const [values, setValues] = useDraft<Record<string, string>>(`request/${view.id}`, {})
  const [faults, setFaults] = useState<Readonly<Record<string, FieldFault | undefined>>>({})
  const [sending, setSending] = useState<Sending>('no')
  const send = async () => {
    if (sending === 'now') return
    const found = names.flatMap((name) => {
      const fault = faultOf(name, values[name] ?? '')
      return fault ? [[name, fault] as const] : []
    })
    setFaults(Object.fromEntries(found))
    const [first] = found
    if (first) return form.current?.querySelector<HTMLElement>(`[name="${CSS.escape(first[0])}"]`)?.focus()
    setSending('now')
    const result = await commands.request(view.id, { ...chosen(matrix, choice, say), ...trimmed(values) })
    if (result.ok) setValues({})
    setSending(result.ok ? 'done' : { failed: result.message || t(`reason.${result.reason}`) })
  }
  if (sending === 'done')
    return (
      <p class="sent" role="status">
        <Icon d={CHECK} />
        <span>
          <b>{t('request.sent')}</b> {t('request.sent.text')}
        </span>
      </p>
    )
  return (
    <form
      class="request"
      noValidate
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {names.map((name) => (
        <Field
          key={name}
          name={name}
          value={values[name] ?? ''}
          fault={faults[name]}
          onInput={(value) => {
            setValues({ ...values, [name]: value })
            setFaults({ ...faults, [name]: undefined })
          }}
        />
      ))}
      {typeof sending === 'object' && (
        <p class="refused" role="alert">
          {t('request.failed')} {sending.failed}
        </p>
      )}
      <Button wide type="submit" busy={sending === 'now'}>
        {say(request?.label) || t('chat.send')}
      </Button>
    </form>
  )
}

interface FieldProps {
  readonly name: string
  readonly value: string
  readonly fault: FieldFault | undefined
  onInput(value: string): void
}

function Field({ name, value, fault, onInput }: FieldProps) {
  const { t } = useWidget()
  const id = useId()
  const known = KNOWN_FIELDS.get(name)
  const given = {
    id,
    name,
    value,
    'aria-invalid': fault ? true : undefined,
    'aria-describedby': fault ? `${id}-fault` : undefined,
    'aria-required': !known?.isOptional || undefined,
    maxLength: 500,
    onInput: (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
  } as const
  return (
    <div class="form-field">
      <label for={id}>{known ? t(`request.${name}`) : name}</label>
      {name === 'message' ? (
        <textarea rows={2} {...given} />
      ) : (
        <input type={known?.type ?? 'text'} autocomplete={known?.autocomplete ?? 'off'} {...given} />
      )}
      {fault && (
        <small class="refused" id={`${id}-fault`}>
          {t(`request.fault.${fault}`)}
        </small>
      )}
    </div>
  )
}

/** What is chosen, in the shop's words: it belongs to the request. */
function chosen({ axes }: Matrix, choice: Choice, say: ReturnType<typeof useWidget>['say']): Record<string, string> {
  const pairs = axes.flatMap(({ id, values }) => {
    const value = values.find((one) => one.id === choice[id])
    return value ? [[id, say(value.label)]] : []
  })
  return Object.fromEntries(pairs)
}

const trimmed = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()]))
