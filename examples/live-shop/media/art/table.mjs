import { at, box, line, linear, oval, radial, shape, wave } from './brush.mjs'

/** The table in front of the host, with its pot, dish and candle. */
export function drawTable(ctx, t) {
  shape(
    ctx,
    'M6 690 H106 L94 796 H18 Z',
    linear(
      ctx,
      [6, 0],
      [106, 0],
      [
        [0, '#e9d8c2'],
        [0.5, '#d8bea0'],
        [1, '#a98667'],
      ],
    ),
  )
  box(
    ctx,
    0,
    682,
    112,
    20,
    8,
    linear(
      ctx,
      [0, 0],
      [112, 0],
      [
        [0, '#f3e6d4'],
        [1, '#b99877'],
      ],
    ),
  )
  ctx.fillStyle = linear(
    ctx,
    [0, 748],
    [0, 838],
    [
      [0, '#a8683f'],
      [0.1, '#95582f'],
      [1, '#6f3e24'],
    ],
  )
  ctx.fillRect(0, 752, 540, 90)
  ctx.fillStyle = 'rgba(255,228,190,.5)'
  ctx.fillRect(0, 751, 540, 3)
  for (const [y, x, length] of [
    [772, 60, 190],
    [790, 250, 240],
    [812, 30, 150],
    [820, 330, 190],
  ]) {
    line(ctx, `M${x} ${y} q${length / 2} ${-4} ${length} 0`, 'rgba(70,34,16,.22)', 1.6)
  }
  ctx.fillStyle = linear(
    ctx,
    [0, 842],
    [0, 960],
    [
      [0, '#5a301c'],
      [1, '#2f180f'],
    ],
  )
  ctx.fillRect(0, 842, 540, 120)
  ctx.fillStyle = 'rgba(255,214,170,.16)'
  ctx.fillRect(0, 842, 540, 2)
  drawCandle(ctx, t)
}

function drawCandle(ctx, t) {
  const flicker = 1 + 0.06 * wave(t, 173) + 0.05 * wave(t, 241, 1)
  ctx.fillStyle = radial(ctx, 492, 720, 74, [
    [0, 'rgba(255,214,140,.42)'],
    [1, 'rgba(255,214,140,0)'],
  ])
  ctx.fillRect(400, 640, 140, 160)
  oval(ctx, 492, 800, 44, 8, 'rgba(40,18,8,.35)')
  box(
    ctx,
    462,
    742,
    60,
    58,
    10,
    linear(
      ctx,
      [462, 0],
      [522, 0],
      [
        [0, '#f7ead7'],
        [0.6, '#e6cfb1'],
        [1, '#bb9a78'],
      ],
    ),
  )
  oval(ctx, 492, 744, 27, 6, '#fff6df')
  at(ctx, { x: 492, y: 741, scale: flicker }, () => {
    shape(ctx, 'M0 2 C-9 -6 -5 -16 0 -27 C5 -16 9 -6 0 2 Z', '#ffb648')
    shape(ctx, 'M0 1 C-4 -4 -3 -9 0 -15 C3 -9 4 -4 0 1 Z', '#fff3c4')
  })
}
