import { refuse } from './refuse.mjs'

/** What the host does with the show as a whole. */
export const showCommands = {
  pause: ({ show, publish }) => {
    if (show.facts.status !== 'live') refuse('The show is not live')
    return publish('show.state', { status: 'paused' })
  },
  resume: ({ show, publish }) => {
    if (show.facts.status !== 'paused') refuse('The show is not paused')
    return publish('show.state', { status: 'live' })
  },
  end: ({ show, endShow }) => {
    if (show.facts.status === 'ended') refuse('The show has ended already')
    return endShow()
  },
  'new-show': async ({ show, startShow }) => {
    if (show.facts.status !== 'ended') refuse('End this show first')
    await startShow()
  },
  autopilot: ({ autopilot }, { on }) => {
    autopilot.set(on === true)
  },
}
