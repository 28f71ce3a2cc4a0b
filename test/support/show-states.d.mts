import type { Page } from 'playwright-core'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'

export const SIZES: Record<'small' | 'phone' | 'side' | 'laptop' | 'desk', { width: number; height: number }>
export type TalkedDemo = Demo & { host(name: string, data?: object): Promise<unknown> }
export function startTalkedDemo(): Promise<TalkedDemo>
export function whenHolds(page: Page, name: string, test: string): Promise<unknown>
export function settled(page: Page): Promise<void>
export const STATES: Record<
  'offer' | 'offer-sheet' | 'cart' | 'mini' | 'replay' | 'moments' | 'products' | 'error' | 'poll',
  (page: Page, demo: TalkedDemo, locale: 'en' | 'ru') => Promise<void>
>
