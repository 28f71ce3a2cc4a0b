/** Colours that the host's parts share. */
export const SKIN = '#eab592'
export const SHADE = '#d1916f'
export const KNIT = [
  [0, '#2f5273'],
  [0.5, '#233f5c'],
  [1, '#172b42'],
]
