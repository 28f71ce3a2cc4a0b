import { QuestionsSheet } from './questions-sheet.tsx'
import recap from './recap.css'
import { SoFarSheet } from './so-far-sheet.tsx'

export { Answered } from './answered.tsx'
export { Questions } from './questions.tsx'

/** What questions and what was shown so far wear. */
export const styles: string = recap

/** Questions, or what was shown so far. */
export function RecapSheet({ productId, isSoFar }: { productId?: string | undefined; isSoFar: boolean }) {
  return isSoFar ? <SoFarSheet /> : <QuestionsSheet key={productId} productId={productId} />
}
