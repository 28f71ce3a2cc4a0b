import { useEffect, useRef } from 'preact/hooks'
import { useWidget } from '../../context.ts'
import { usePart, useStore } from '../../use-store.ts'

/** Asks the desk for this viewer's entry when what an open giveaway wants was done elsewhere: the word written, a question asked. */
export function useOwnEntry(): void {
  const { state, commands } = useWidget()
  const { entries, questions } = useStore(state.$mine)
  const raffles = usePart(state.$room, (room) => room.raffles)
  const sent = usePart(state.$chat, (lines) => lines.filter(({ own }) => own === 'sent').length)
  const tried = useRef('')
  useEffect(() => {
    const open = Object.values(raffles).find(
      ({ open, close, draw }) => open && !close && !draw && !Object.hasOwn(entries, open.data.id),
    )?.open?.data
    const count = open?.entry === 'word' ? sent : open?.entry === 'question' ? questions.length : 0
    const mark = `${open?.id} ${count}`
    if (!open || !count || tried.current === mark) return
    tried.current = mark
    const isMeant =
      open.entry === 'question' || state.$chat.get().some(({ own, text }) => own === 'sent' && says(text, open.word))
    if (isMeant) void commands.send('raffle.enter', { id: open.id })
  }, [raffles, sent, questions.length])
}

const says = (text: string, word = ''): boolean =>
  text.normalize('NFKC').toLowerCase().includes(word.normalize('NFKC').toLowerCase())
