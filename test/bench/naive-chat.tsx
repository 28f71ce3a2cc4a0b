import { render } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type LiveEvent, parseEvent } from '../../src/model/event.ts'

type Message = LiveEvent<'chat.message'>

/** The list that one would write first: a keyed row per message, drawn anew with each, the newest 200, held at its end. */
function NaiveChat({ listen }: { listen: (heard: (text: string) => void) => void }) {
  const [messages, set] = useState<readonly Message[]>([])
  const list = useRef<HTMLOListElement>(null)
  useLayoutEffect(() => {
    listen((text) => {
      const parsed = parseEvent(JSON.parse(text))
      if (!parsed.ok || parsed.event.type !== 'chat.message') return
      const { event } = parsed
      set((before) => [...before, event].slice(-200))
    })
  }, [])
  useLayoutEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight
  }, [messages])
  return (
    <ol ref={list} style="height:600px;overflow:auto">
      {messages.map(({ id, data }) => (
        <li key={id}>
          <b>{data.author.name}</b> <bdi>{data.text}</bdi>
        </li>
      ))}
    </ol>
  )
}

Object.assign(window, {
  startNaive(listen: (heard: (text: string) => void) => void) {
    const place = document.createElement('div')
    document.body.append(place)
    render(<NaiveChat listen={listen} />, place)
  },
})
