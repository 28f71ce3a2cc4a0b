import { useEffect, useRef } from 'preact/hooks'
import { useWidget } from '../../context.ts'
import { usePart, useStore } from '../../use-store.ts'

/** Asks the desk for this viewer's entry when what an open giveaway wants was done elsewhere: the word written, a question asked; once for each time it was done. */
export function useOwnEntry(): void {
  const { state, commands } = useWidget()
  const { entries, questions } = useStore(state.$mine)
  const raffles = usePart(state.$room, (room) => room.raffles)
  const sent = usePart(state.$chat, (lines) => lines.map(({ own, id }) => (own === 'sent' ? id : '')).join(''))
  const tried = useRef(new Set<string>())
  useEffect(() => {
    const lines = state.$chat.get().filter(({ own }) => own === 'sent')
    for (const { open, close, draw } of Object.values(raffles)) {
      if (!open || close || draw || Object.hasOwn(entries, open.data.id)) continue
      const { id, entry, word } = open.data
      const done =
        entry === 'word'
          ? lines.findLast(({ text }) => says(text, word))?.id
          : entry === 'question'
            ? questions.at(-1)
            : undefined
      const mark = `${id} ${done}`
      if (done === undefined || tried.current.has(mark)) continue
      tried.current.add(mark)
      void commands.send('raffle.enter', { id })
    }
  }, [raffles, sent, questions])
}

const says = (text: string, word = ''): boolean =>
  text.normalize('NFKC').toLowerCase().includes(word.normalize('NFKC').toLowerCase())
