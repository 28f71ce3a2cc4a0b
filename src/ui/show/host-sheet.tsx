import { useWidget } from '../context.ts'
import { FollowButton } from '../live/together/follow-button.tsx'
import { Thumb } from '../parts/product-thumb.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { useStore } from '../use-store.ts'

/** Who presents: picture, name, words, their page, and a way to follow them. What the show is about stands below, with its advertising label. */
export function HostSheet() {
  const { state, say, url, t } = useWidget()
  const show = useStore(state.$show)
  const host = show?.host
  const name = say(host?.name)
  const page = url(host?.url)
  return (
    <Sheet name="host" label={name || t('host.title')} head={<h2 class="grow">{t('host.title')}</h2>}>
      <div class="host">
        <Thumb name={name} image={host?.avatar} size={88} class="avatar" />
        <h3>{name}</h3>
        {host?.bio && <p>{say(host.bio)}</p>}
        <div class="host-acts">
          <FollowButton />
          {page && (
            <a class="button" data-kind="quiet" href={page} target="_blank" rel="noopener">
              {t('host.page')}
            </a>
          )}
        </div>
      </div>
      {show?.description && (
        <div class="host-show">
          <b>{say(show.title)}</b>
          <p>{say(show.description)}</p>
        </div>
      )}
      {show?.disclosure && (
        <small class="host-label">
          {say(show.disclosure.text)} {show.disclosure.token}
        </small>
      )}
    </Sheet>
  )
}
