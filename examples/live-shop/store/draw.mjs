/**
 * Small words for drawing SVG by hand: every part returns a string, `picture` puts them on a soft ground.
 * @typedef {{ defs: string[], next: number }} Sheet
 */

/** A linear gradient from one point to the other; returns what `fill` takes. */
export function blend(sheet, [x1, y1, x2, y2], stops) {
  const id = `g${sheet.next++}`
  const marks = stops.map(
    ([at, color, opacity]) =>
      `<stop offset="${at}" stop-color="${color}"${opacity === undefined ? '' : ` stop-opacity="${opacity}"`}/>`,
  )
  sheet.defs.push(
    `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${marks.join('')}</linearGradient>`,
  )
  return `url(#${id})`
}

/** A radial gradient, the same way. */
export function glow(sheet, [cx, cy, r], stops) {
  const id = `g${sheet.next++}`
  const marks = stops.map(
    ([at, color, opacity]) => `<stop offset="${at}" stop-color="${color}" stop-opacity="${opacity}"/>`,
  )
  sheet.defs.push(
    `<radialGradient id="${id}" gradientUnits="userSpaceOnUse" cx="${cx}" cy="${cy}" r="${r}">${marks.join('')}</radialGradient>`,
  )
  return `url(#${id})`
}

export const path = (d, fill, more = '') => `<path d="${d}" fill="${fill}"${more}/>`
export const stroke = (d, color, width, more = '') =>
  `<path d="${d}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"${more}/>`
export const oval = (cx, cy, rx, ry, fill, more = '') =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}"${more}/>`
export const box = (x, y, width, height, r, fill, more = '') =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${r}" fill="${fill}"${more}/>`
export const at = (x, y, scale, parts, turn = 0) =>
  `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${scale})">${parts.join('')}</g>`

/** A soft shadow on the floor. */
export const shadow = (sheet, cx, cy, rx, ry, strength = 0.34) =>
  `<g transform="translate(${cx} ${cy}) scale(1 ${ry / rx})">${oval(
    0,
    0,
    rx,
    rx,
    glow(
      sheet,
      [0, 0, rx],
      [
        [0, '#2a1608', strength],
        [0.55, '#2a1608', strength * 0.5],
        [1, '#2a1608', 0],
      ],
    ),
  )}</g>`

/**
 * A colour made lighter (`by` above 0) or darker.
 * @param {string} hex six digits
 * @param {number} by -1 to 1
 */
export function tone(hex, by) {
  const parts = [1, 3, 5].map((index) => Number.parseInt(hex.slice(index, index + 2), 16))
  const mixed = parts.map((part) => Math.round(by > 0 ? part + (255 - part) * by : part * (1 + by)))
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/**
 * A square picture of 800: a wall, a floor and light from the upper right, and what `paint` puts there.
 * @param {[string, string]} ground wall and floor
 * @param {(sheet: Sheet) => string[]} paint
 * @param {{ floor?: number }} [options] where the floor begins
 */
export function picture([wall, floor], paint, { floor: horizon = 610 } = {}) {
  const sheet = { defs: [], next: 0 }
  const room = [
    `<rect width="800" height="800" fill="${blend(
      sheet,
      [0, 0, 0, 800],
      [
        [0, tone(wall, 0.16)],
        [1, wall],
      ],
    )}"/>`,
    `<rect y="${horizon}" width="800" height="${800 - horizon}" fill="${blend(
      sheet,
      [0, horizon, 0, 800],
      [
        [0, floor],
        [1, tone(floor, 0.12)],
      ],
    )}"/>`,
    `<rect width="800" height="800" fill="${glow(
      sheet,
      [590, 120, 620],
      [
        [0, '#fffaf0', 0.75],
        [1, '#fffaf0', 0],
      ],
    )}"/>`,
  ]
  const parts = paint(sheet)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" width="800" height="800"><defs>${sheet.defs.join('')}</defs>${room.join('')}${parts.join('')}</svg>\n`
}
