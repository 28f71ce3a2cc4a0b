import { type Consent, type ConsentSource, FULL_CONSENT, NO_CONSENT } from '../model/consent.ts'
import { shopifyConsent } from './shopify-consent.ts'

/** Follows what the viewer agrees to; a source that throws counts as none. */
export interface FollowedConsent {
  now(): Consent
}

/**
 * @param option `none`, `granted`, `shopify` (its banner), or the page's own source
 * @param onChange told of each change, and of the first consent too
 */
export function followConsent(
  option: 'none' | 'granted' | 'shopify' | ConsentSource,
  onChange: (consent: Consent) => void,
  signal: AbortSignal,
): FollowedConsent {
  let now = NO_CONSENT
  const tell = (next: Consent) => {
    if (signal.aborted) return
    const { storage, analytics, marketing } = next ?? NO_CONSENT
    now = { storage: storage === true, analytics: analytics === true, marketing: marketing === true }
    onChange(now)
  }
  try {
    if (option === 'granted') tell(FULL_CONSENT)
    else if (option !== 'none') (option === 'shopify' ? shopifyConsent : option)(tell, signal)
  } catch (cause) {
    console.error('[castcart] the consent source threw', cause)
  }
  return { now: () => now }
}
