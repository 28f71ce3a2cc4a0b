import now from './now.css'

export { MiniNews } from './mini-news.tsx'
export { NowSlot } from './now-slot.tsx'

/** What the now card wears. */
export const styles: string = now
