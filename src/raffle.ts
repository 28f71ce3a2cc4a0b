export type { Raffle, RaffleDraw } from './model/event.ts'
export { checkDraw, type DrawCheck, type DrawInput, drawRaffle, hashSeed } from './state/draw-raffle.ts'
