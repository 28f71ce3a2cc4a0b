import chat from './chat-list.css'
import composer from './composer.css'
import pinned from './pinned-message.css'
import talk from './talk.css'

export { Talk } from './talk.tsx'

/** What the chat wears. */
export const styles: readonly string[] = [talk, pinned, chat, composer]
