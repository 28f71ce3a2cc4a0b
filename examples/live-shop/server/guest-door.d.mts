export interface GuestDoor {
  readonly retryAfter: number
  admit(from: { name: string; address?: string; isLine?: boolean }, wanted: string | undefined): string | undefined
}

export function createGuestDoor(options?: { now?: () => number; burst?: number; perSecond?: number }): GuestDoor
