import type { Span } from '../../../state/chapters.ts'
import { useWidget } from '../../context.ts'

/**
 * Shares a link to this very moment, or to one chapter of the show, by the device's own sheet; where there is none the link is copied. Gives what to tell the viewer; empty: nothing,
 * they saw it happen.
 */
export function useShare(): (chapter?: Span) => Promise<string> {
  const { state, say, t } = useWidget()
  return async (chapter) => {
    const show = state.$show.get()
    if (!show) return ''
    const url = momentLink(location.href, show.id, chapter?.from ?? state.$picture.get(), chapter?.until)
    try {
      if (navigator.share) {
        await navigator.share({ title: say(show.title), url })
        return ''
      }
    } catch (cause) {
      // The viewer thought better of it; anything else and the link is copied instead.
      if (cause instanceof DOMException && cause.name === 'AbortError') return ''
    }
    try {
      await navigator.clipboard.writeText(url)
      return t('share.copied')
    } catch {
      return t('share.failed')
    }
  }
}

/**
 * This page's address that opens the show at a moment (picture time, ms since 1970; `null`: where it begins).
 * @param until picture time at which it pauses; absent: it goes on
 */
export function momentLink(page: string, showId: string, at: number | null, until?: number): string {
  const url = new URL(page)
  url.searchParams.set('castcart', showId)
  if (at === null) url.searchParams.delete('at')
  else url.searchParams.set('at', `${Math.round(at)}`)
  if (until === undefined) url.searchParams.delete('until')
  else url.searchParams.set('until', `${Math.round(until)}`)
  return url.href
}
