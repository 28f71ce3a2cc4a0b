import { at, box, line, linear, oval, radial, shape, wave } from './brush.mjs'

/** A wool coat on a hanger; (0, 0) is the hook in the host's fist. */
export function drawCoat(ctx, t) {
  at(ctx, { turn: 0.05 * wave(t, 15) + 0.02 * wave(t, 31) }, () => {
    line(ctx, 'M0 6 C14 -4 10 -16 0 -14', '#c9a05f', 4)
    line(ctx, 'M0 8 L-52 40 M0 8 L52 40', '#7a4a2c', 7)
    const wool = linear(
      ctx,
      [-80, 30],
      [90, 250],
      [
        [0, '#c08a5c'],
        [0.5, '#a9744a'],
        [1, '#875735'],
      ],
    )
    shape(ctx, 'M-54 38 C-86 54 -96 110 -102 196 L-68 204 C-66 150 -60 110 -52 88 Z', '#94623d')
    shape(ctx, 'M54 38 C86 54 96 110 102 196 L68 204 C66 150 60 110 52 88 Z', '#8a5a37')
    shape(
      ctx,
      'M-22 22 C-40 32 -56 36 -60 46 C-62 110 -66 180 -74 262 C-30 274 30 274 74 262 C66 180 62 110 60 46 C56 36 40 32 22 22 C12 34 -12 34 -22 22 Z',
      wool,
    )
    shape(ctx, 'M-22 22 L-40 62 L-14 126 L2 78 L-8 34 Z', '#b98257')
    shape(ctx, 'M22 22 L40 62 L14 126 L2 78 L8 34 Z', '#a06c44')
    shape(ctx, 'M-14 26 C-6 34 6 34 14 26 L2 70 Z', '#5c3620')
    line(ctx, 'M4 120 C6 170 6 220 4 268', 'rgba(60,30,12,.45)', 2.5)
    box(ctx, -62, 158, 124, 15, 3, '#7d4f2f')
    box(ctx, -8, 154, 24, 23, 4, '#d9b36c')
    box(ctx, -3, 159, 14, 13, 2, '#7d4f2f')
    for (const y of [132, 196, 222]) for (const x of [-12, 20]) oval(ctx, x, y, 4.2, 4.2, '#4f2d19')
    line(ctx, 'M-54 200 l26 5 M54 200 l-26 5', 'rgba(60,30,12,.5)', 4)
    line(ctx, 'M-50 60 C-54 120 -56 180 -60 250', 'rgba(255,230,200,.16)', 7)
  })
}

/** The moss armchair, seen from the front; (0, 0) is the middle of the floor under it. */
export function drawArmchair(ctx) {
  oval(ctx, 0, 2, 132, 12, 'rgba(40,18,8,.34)')
  for (const x of [-84, 84]) shape(ctx, `M${x - 8} -34 h16 l${x > 0 ? 5 : -5} 36 h-11 Z`, '#a86c3e')
  shape(
    ctx,
    'M-88 -60 C-104 -170 -84 -236 0 -238 C84 -236 104 -170 88 -60 Z',
    linear(
      ctx,
      [-90, -230],
      [90, -60],
      [
        [0, '#5f8f6b'],
        [0.6, '#48775a'],
        [1, '#355c45'],
      ],
    ),
  )
  line(ctx, 'M-70 -92 C-80 -168 -64 -218 0 -220 C64 -218 80 -168 70 -92', 'rgba(255,255,255,.10)', 4)
  for (const [x, y] of [
    [-34, -168],
    [0, -178],
    [34, -168],
    [-17, -140],
    [17, -140],
  ]) {
    oval(ctx, x, y, 4, 4, '#2f523d')
    line(ctx, `M${x - 13} ${y - 9} L${x} ${y} L${x + 13} ${y - 9}`, 'rgba(20,44,30,.25)', 2)
  }
  box(
    ctx,
    -84,
    -92,
    168,
    40,
    18,
    linear(
      ctx,
      [0, -92],
      [0, -52],
      [
        [0, '#6da27a'],
        [1, '#4d7e5f'],
      ],
    ),
  )
  box(ctx, -102, -58, 204, 32, 14, '#3b6549')
  for (const side of [-1, 1]) {
    const x = side < 0 ? -128 : 80
    box(
      ctx,
      x,
      -132,
      48,
      108,
      23,
      linear(
        ctx,
        [x, 0],
        [x + 48, 0],
        [
          [0, '#5a8a67'],
          [1, '#3f6b50'],
        ],
      ),
    )
    oval(ctx, x + 24, -112, 16, 15, 'rgba(255,255,255,.09)')
  }
  at(ctx, { x: 4, y: -108, turn: 0.08 }, () =>
    box(
      ctx,
      -36,
      -34,
      72,
      60,
      14,
      linear(
        ctx,
        [-36, 0],
        [36, 0],
        [
          [0, '#e6b374'],
          [1, '#c98a4d'],
        ],
      ),
    ),
  )
}

/** The car, in its place on the table: rolled in on turning wheels; `travel` in pixels turns them. */
export function drawCar(ctx, t, travel) {
  oval(ctx, 0, 4, 186, 13, 'rgba(40,18,8,.42)')
  at(ctx, { y: 0.8 * wave(t, 61) }, () => {
    shape(
      ctx,
      'M-176 -26 C-184 -62 -164 -74 -118 -80 C-86 -122 -52 -134 6 -134 C66 -134 92 -116 120 -84 C158 -78 178 -66 178 -26 C178 -18 172 -14 164 -14 H-164 C-172 -14 -176 -18 -176 -26 Z',
      linear(
        ctx,
        [0, -134],
        [0, -14],
        [
          [0, '#ef6a4a'],
          [0.5, '#d2452c'],
          [0.75, '#b3331f'],
          [1, '#7d2013'],
        ],
      ),
    )
    shape(
      ctx,
      'M-96 -82 C-74 -112 -50 -120 -8 -120 V-80 Z',
      linear(
        ctx,
        [0, -120],
        [0, -80],
        [
          [0, '#d9eef5'],
          [1, '#6f97ab'],
        ],
      ),
    )
    shape(
      ctx,
      'M6 -120 C56 -120 78 -108 100 -82 L6 -80 Z',
      linear(
        ctx,
        [0, -120],
        [0, -80],
        [
          [0, '#cfe7f0'],
          [1, '#648da3'],
        ],
      ),
    )
    shape(ctx, 'M-70 -84 L-42 -118 H-24 L-52 -82 Z', 'rgba(255,255,255,.38)')
    line(ctx, 'M-166 -58 C-90 -66 70 -68 168 -58', 'rgba(255,220,200,.5)', 3)
    line(ctx, 'M0 -80 C2 -56 0 -34 -2 -20', 'rgba(90,16,8,.55)', 2.5)
    box(ctx, -36, -66, 24, 6, 3, '#f8d9c8')
    box(ctx, 40, -66, 24, 6, 3, '#f8d9c8')
    ctx.fillStyle = radial(ctx, 176, -48, 46, [
      [0, 'rgba(255,246,206,.7)'],
      [1, 'rgba(255,246,206,0)'],
    ])
    ctx.fillRect(130, -96, 92, 92)
    shape(ctx, 'M152 -62 C166 -62 176 -54 177 -42 C166 -40 154 -46 152 -62 Z', '#fff6d8')
    shape(ctx, 'M-176 -58 C-164 -60 -158 -52 -160 -42 H-178 Z', '#ffb09c')
  })
  for (const x of [-104, 108]) {
    oval(ctx, x, -26, 34, 34, '#5f180e')
    oval(ctx, x, -24, 29, 29, '#1b1718')
    oval(ctx, x, -24, 18, 18, '#cfc7bd')
    at(ctx, { x, y: -24, turn: travel / 29 }, () => {
      for (let spoke = 0; spoke < 5; spoke++)
        at(ctx, { turn: (spoke * Math.PI * 2) / 5 }, () => line(ctx, 'M0 0 V-14', '#57504b', 5))
    })
    oval(ctx, x, -24, 5, 5, '#efe8de')
  }
}
