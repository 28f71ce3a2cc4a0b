import { useEffect, useRef } from 'preact/hooks'
import { useWidget } from '../../context.ts'
import { usePart, useStore } from '../../use-store.ts'

/**
 * Asks the desk for this viewer's entry when what an open giveaway wants was done elsewhere: the word written, a question asked; once for each time it was
 * done, and again where the answer was lost: the desk has the entry then, and who does not know it would not hear of winning.
 */
export function useOwnEntry(): void {
  const { state, commands } = useWidget()
  const { entries, questions } = useStore(state.$mine)
  const raffles = usePart(state.$room, (room) => room.raffles)
  const sent = usePart(state.$chat, (lines) => lines.map(({ own, id }) => (own === 'sent' ? id : '')).join(''))
  const tried = useRef(new Map<string, boolean>())
  useEffect(() => {
    const lines = state.$chat.get().filter(({ own }) => own === 'sent')
    for (const { open, close, draw } of Object.values(raffles)) {
      if (!open || Object.hasOwn(entries, open.data.id)) continue
      const { id, entry, word } = open.data
      const done =
        entry === 'word'
          ? lines.findLast(({ text }) => says(text, word))?.id
          : entry === 'question'
            ? questions.at(-1)
            : undefined
      const mark = `${id} ${done}`
      const isAnswered = tried.current.get(mark) ?? (close || draw) !== undefined
      if (done === undefined || isAnswered) continue
      tried.current.set(mark, true)
      void commands
        .send('raffle.enter', { id })
        .then((answer) => tried.current.set(mark, answer.ok || answer.reason !== 'offline'))
    }
  }, [raffles, sent, questions])
}

const says = (text: string, word = ''): boolean =>
  text.normalize('NFKC').toLowerCase().includes(word.normalize('NFKC').toLowerCase())
