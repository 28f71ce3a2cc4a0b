import type { Browser, Page } from 'playwright-core'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'

export function openViewer(
  browser: Browser,
  demo: Demo,
  options?: { behind?: number; viewport?: { width: number; height: number } },
): Promise<Page>
export function pinAgainstPicture(
  page: Page,
  demo: Demo,
  options?: { pins?: number; first?: number },
): Promise<{ errors: number[]; behind: number }>
export function figuresOf(errors: readonly number[]): { median: number; p95: number; worst: number; signed: number }
