import now from './now.css'

export { NowSlot } from './now-slot.tsx'

/** What the now card wears. */
export const styles: string = now
