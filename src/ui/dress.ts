import { adopt } from './adopt.ts'

/** Puts the style sheets of parts that come later, each once, on the shadow root that `inside` is in. */
export function createDress(inside: Node, nonce: string | undefined): { add(css: string): void; remove(): void } {
  const worn = new Map<string, () => void>()
  return {
    add(css) {
      const root = inside.getRootNode()
      if (!worn.has(css) && root instanceof ShadowRoot) worn.set(css, adopt(root, css, nonce))
    },
    remove() {
      for (const takeOff of worn.values()) takeOff()
      worn.clear()
    },
  }
}
