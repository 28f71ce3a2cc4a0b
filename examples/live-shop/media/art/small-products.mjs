import { at, box, line, linear, oval, shape, wave } from './brush.mjs'

/** An open lipstick, held at its base; the bullet turns up and down. */
export function drawLipstick(ctx, t) {
  const rise = 10 + 9 * wave(t, 12)
  at(ctx, { turn: 0.1 + 0.06 * wave(t, 14) }, () => {
    const red = linear(
      ctx,
      [-22, 0],
      [22, 0],
      [
        [0, '#8f1626'],
        [0.3, '#e0384a'],
        [0.5, '#f0606a'],
        [1, '#97182a'],
      ],
    )
    at(ctx, { y: -rise }, () => shape(ctx, 'M-21 -70 V-132 C-21 -152 2 -168 21 -172 V-70 Z', red))
    at(ctx, { y: -rise }, () =>
      shape(ctx, 'M-21 -134 C-14 -150 6 -164 21 -172 C18 -154 0 -138 -21 -134 Z', 'rgba(255,190,190,.55)'),
    )
    box(
      ctx,
      -25,
      -94,
      50,
      50,
      3,
      linear(
        ctx,
        [-25, 0],
        [25, 0],
        [
          [0, '#a97a2c'],
          [0.3, '#f7dd9a'],
          [0.55, '#d9aa52'],
          [1, '#8d6322'],
        ],
      ),
    )
    box(
      ctx,
      -31,
      -50,
      62,
      92,
      6,
      linear(
        ctx,
        [-31, 0],
        [31, 0],
        [
          [0, '#17141c'],
          [0.28, '#57505f'],
          [0.5, '#262230'],
          [1, '#0f0d13'],
        ],
      ),
    )
    box(ctx, -31, -50, 62, 7, 2, '#d9aa52')
  })
}

/** The shades of the lipstick as dots of colour beside the host's hand. */
export function drawShades(ctx, t, shown) {
  ;['#7f1d2d', '#c2293f', '#d8545a', '#b86a5c', '#e08a7a', '#9a4a5e'].forEach((color, index) => {
    const grow = Math.max(0, Math.min(1, shown * 3 - index * 0.3))
    const y = 462 + index * 38 + 2 * wave(t, 15, index)
    oval(ctx, 112, y + 2, 16.5 * grow, 16.5 * grow, 'rgba(70,20,16,.25)')
    oval(ctx, 112, y, 16 * grow, 16 * grow, '#fff6ea')
    oval(ctx, 112, y, 12.5 * grow, 12.5 * grow, color)
  })
}

/** A bag of coffee with a paper label; (0, 0) is the middle of its bottom. */
export function drawCoffee(ctx, t) {
  at(ctx, { turn: 0.035 * wave(t, 13) }, () => {
    shape(
      ctx,
      'M-66 0 C-72 -70 -70 -140 -58 -190 H58 C70 -140 72 -70 66 0 C30 8 -30 8 -66 0 Z',
      linear(
        ctx,
        [-66, 0],
        [66, 0],
        [
          [0, '#1f4a45'],
          [0.25, '#2f6b62'],
          [0.6, '#25574f'],
          [1, '#143430'],
        ],
      ),
    )
    shape(ctx, 'M-58 -190 L-55 -216 H55 L58 -190 Z', '#1b423d')
    box(ctx, -62, -194, 124, 11, 3, '#d9b36c')
    line(ctx, 'M-52 -178 C-60 -120 -60 -60 -56 -10', 'rgba(255,255,255,.13)', 7)
    box(ctx, -42, -146, 84, 108, 10, '#f5e8d3')
    at(ctx, { x: 0, y: -106, turn: 0.5 }, () => {
      oval(ctx, 0, 0, 17, 24, '#6b3d22')
      line(ctx, 'M0 -20 C9 -8 -9 8 0 20', '#3f2010', 3.5)
    })
    box(ctx, -26, -70, 52, 5, 2, '#25574f')
    box(ctx, -18, -59, 36, 4, 2, '#c9a06a')
  })
}

/** A mug with a two-tone glaze and steam; (0, 0) is its middle. */
export function drawMug(ctx, t) {
  for (const [x, phase] of [
    [-22, 0],
    [4, 2],
    [28, 4],
  ]) {
    const sway = 7 * wave(t, 22, phase)
    const rise = 6 * wave(t, 17, phase)
    line(
      ctx,
      `M${x} -74 C${x - 15 + sway} -${98 + rise} ${x + 15 - sway} -${116 + rise} ${x + sway} -${140 + rise}`,
      'rgba(255,250,240,.34)',
      8,
    )
  }
  line(ctx, 'M58 -36 C112 -46 112 40 54 32', '#16233c', 19)
  line(ctx, 'M58 -37 C108 -45 108 38 54 30', '#2b4069', 11)
  shape(
    ctx,
    'M-66 -62 V32 C-66 58 -50 70 -26 70 H26 C50 70 66 58 66 32 V-62 Z',
    linear(
      ctx,
      [-66, 0],
      [66, 0],
      [
        [0, '#1d2f52'],
        [0.28, '#3c5890'],
        [0.6, '#263c68'],
        [1, '#142340'],
      ],
    ),
  )
  shape(
    ctx,
    'M-66 14 C-50 4 -34 26 -14 14 C4 4 22 26 40 14 C52 8 60 14 66 12 V32 C66 58 50 70 26 70 H-26 C-50 70 -66 58 -66 32 Z',
    linear(
      ctx,
      [-66, 0],
      [66, 0],
      [
        [0, '#bfa684'],
        [0.3, '#efdfc4'],
        [0.65, '#d8c2a0'],
        [1, '#9c8363'],
      ],
    ),
  )
  oval(ctx, 0, -62, 66, 13, '#4a6aa6')
  oval(ctx, 0, -60, 57, 9.5, '#5a2f16')
  line(ctx, 'M-44 -44 C-46 -20 -46 0 -45 8', 'rgba(255,255,255,.3)', 7)
}
