import { pageGlobal } from '../lib/page-global.ts'
import type { ConsentSource } from '../model/consent.ts'

type Ask = () => unknown
type LoadFeatures = (features: readonly object[], then: (error?: unknown) => void) => void
interface CustomerPrivacy {
  readonly analyticsProcessingAllowed?: Ask
  readonly marketingAllowed?: Ask
  readonly preferencesProcessingAllowed?: Ask
}

/**
 * What Shopify's banner was answered (Customer Privacy API), on this page or an earlier one: the API is there only once it was loaded, and tells of a
 * change by `visitorConsentCollected`.
 * Source: shopify.dev/docs/api/customer-privacy.
 */
export const shopifyConsent: ConsentSource = (tell, signal) => {
  const read = () => {
    const privacy = pageGlobal<{ customerPrivacy?: CustomerPrivacy }>('Shopify')?.customerPrivacy
    if (!privacy) return
    const allowed = (name: keyof CustomerPrivacy) => privacy[name]?.call(privacy) === true
    tell({
      storage: allowed('preferencesProcessingAllowed'),
      analytics: allowed('analyticsProcessingAllowed'),
      marketing: allowed('marketingAllowed'),
    })
  }
  document.addEventListener('visitorConsentCollected', read, { signal })
  read()
  const shopify = pageGlobal<{ loadFeatures?: LoadFeatures }>('Shopify')
  shopify?.loadFeatures?.([{ name: 'consent-tracking-api', version: '0.1' }], (error) => {
    if (!error && !signal.aborted) read()
  })
}
