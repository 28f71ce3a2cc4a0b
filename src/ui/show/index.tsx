import { HostSheet } from './host-sheet.tsx'
import { MomentsSheet } from './moments-sheet.tsx'

export { default as styles } from './show.css'

/** The sheet about the show itself: who presents, or what was shown when. */
export const ShowSheet = ({ name }: { name: 'host' | 'moments' }) =>
  name === 'host' ? <HostSheet /> : <MomentsSheet />
