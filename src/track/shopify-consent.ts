import { pageGlobal } from '../lib/page-global.ts'
import type { ConsentSource } from '../model/consent.ts'

type Ask = () => unknown
interface CustomerPrivacy {
  readonly analyticsProcessingAllowed?: Ask
  readonly marketingAllowed?: Ask
  readonly preferencesProcessingAllowed?: Ask
}

/**
 * What Shopify's banner was answered (Customer Privacy API). The API may come after us; it then tells by `visitorConsentCollected`.
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
}
