import goods from '../parts/goods.css'
import room from './room.css'

export { Room } from './room.tsx'

/** What the room wears. */
export const styles: readonly string[] = [goods, room]
