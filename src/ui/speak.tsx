import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

/** Says something to screen readers: politely, or at once. */
export type Speak = (text: string, isUrgent?: boolean) => void

export const SpeakContext = createContext<Speak>(() => {})

/** The one voice of the widget; its live regions are there, empty, before anything is said. */
export const useSpeak = (): Speak => useContext(SpeakContext)
