const SVG = 'http://www.w3.org/2000/svg'

export const CLOSE = 'M6 6l12 12M18 6L6 18'
export const PLAY = 'M8 5v14l11-7z'

/** A line icon on a 24 by 24 field, silent to screen readers; `d` is its path. */
export function drawIcon(d: string): SVGElement {
  const icon = document.createElementNS(SVG, 'svg')
  const path = document.createElementNS(SVG, 'path')
  for (const [name, value] of [
    ['class', 'icon'],
    ['viewBox', '0 0 24 24'],
    ['aria-hidden', 'true'],
  ] as const)
    icon.setAttribute(name, value)
  path.setAttribute('d', d)
  icon.append(path)
  return icon
}
