import goods from '../parts/goods.css'
import mini from './mini.css'

export { Mini } from './mini.tsx'

/** What the small player wears. */
export const styles: readonly string[] = [goods, mini]
