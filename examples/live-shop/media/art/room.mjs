import { at, box, line, linear, oval, radial, shape, wave } from './brush.mjs'

/** The room behind the host, which never moves: a plastered wall, an arched niche, shelves and a lamp. */
export function drawRoom(ctx) {
  ctx.fillStyle = linear(
    ctx,
    [0, 0],
    [0, 760],
    [
      [0, '#f3e2cb'],
      [0.55, '#e9cdb0'],
      [1, '#d2a482'],
    ],
  )
  ctx.fillRect(0, 0, 540, 960)
  drawNiche(ctx)
  drawShelves(ctx)
  drawLamp(ctx)
  ctx.fillStyle = radial(ctx, 400, 120, 560, [
    [0, 'rgba(255,246,224,.55)'],
    [0.5, 'rgba(255,240,212,.16)'],
    [1, 'rgba(255,240,212,0)'],
  ])
  ctx.fillRect(0, 0, 540, 960)
}

function drawNiche(ctx) {
  const arch = 'M78 760 V318 C78 190 164 104 270 104 C376 104 462 190 462 318 V760 Z'
  shape(
    ctx,
    arch,
    linear(
      ctx,
      [78, 0],
      [462, 0],
      [
        [0, '#b8765a'],
        [0.2, '#c98b6b'],
        [0.75, '#d79f7d'],
        [1, '#e0ae8c'],
      ],
    ),
  )
  ctx.save()
  ctx.clip(new Path2D(arch))
  shape(
    ctx,
    'M78 760 V318 C78 190 164 104 270 104 C282 104 294 105 304 107 C206 122 116 204 116 330 V760 Z',
    'rgba(112,58,38,.28)',
  )
  ctx.fillStyle = radial(ctx, 300, 330, 300, [
    [0, 'rgba(255,226,190,.62)'],
    [1, 'rgba(255,226,190,0)'],
  ])
  ctx.fillRect(60, 90, 420, 680)
  ctx.restore()
  line(ctx, 'M78 760 V318 C78 190 164 104 270 104 C376 104 462 190 462 318 V760', 'rgba(255,244,228,.5)', 4)
}

function drawShelves(ctx) {
  for (const [x, y, width] of [
    [-10, 352, 76],
    [476, 300, 80],
    [476, 486, 80],
  ]) {
    box(ctx, x, y + 10, width, 10, 2, 'rgba(90,48,30,.18)')
    box(
      ctx,
      x,
      y,
      width,
      11,
      3,
      linear(
        ctx,
        [0, y],
        [0, y + 11],
        [
          [0, '#a76b48'],
          [1, '#7e4a30'],
        ],
      ),
    )
  }
  shape(
    ctx,
    'M14 352 C2 330 6 306 20 298 V272 H36 V298 C50 306 54 330 42 352 Z',
    linear(
      ctx,
      [4, 0],
      [52, 0],
      [
        [0, '#f4ece0'],
        [1, '#cdb9a2'],
      ],
    ),
  )
  line(ctx, 'M28 272 C22 232 34 214 26 176 M28 272 C38 236 48 226 52 196', '#8a7350', 2.5)
  for (const [x, y] of [
    [26, 176],
    [22, 200],
    [33, 214],
    [52, 196],
    [44, 220],
  ])
    oval(ctx, x, y, 6, 11, '#d9b98c', 0.3)
  box(ctx, 486, 238, 13, 62, 2, '#35506b')
  box(ctx, 500, 230, 11, 70, 2, '#c4573b')
  box(ctx, 512, 244, 15, 56, 2, '#ead9bd')
  shape(
    ctx,
    'M484 452 H536 C534 474 526 486 510 486 C494 486 486 474 484 452 Z',
    linear(
      ctx,
      [484, 0],
      [536, 0],
      [
        [0, '#5f7f6b'],
        [1, '#3f5d4d'],
      ],
    ),
  )
  oval(ctx, 510, 452, 26, 5, '#2f4a3c')
}

function drawLamp(ctx) {
  line(ctx, 'M428 0 V86', '#5b3a2a', 2.5)
  ctx.fillStyle = radial(ctx, 428, 136, 150, [
    [0, 'rgba(255,238,196,.75)'],
    [1, 'rgba(255,238,196,0)'],
  ])
  ctx.fillRect(270, 0, 270, 300)
  oval(ctx, 428, 128, 18, 13, '#fff4d6')
  shape(
    ctx,
    'M382 128 C386 98 406 84 428 84 C450 84 470 98 474 128 Z',
    linear(
      ctx,
      [382, 0],
      [474, 0],
      [
        [0, '#8f5a3d'],
        [0.4, '#d9a06f'],
        [1, '#7b4a31'],
      ],
    ),
  )
}

/** What lives in the room: leaves in a draught, and the light of the window wandering over the wall. */
export function drawLife(ctx, t) {
  ctx.save()
  ctx.globalAlpha = 0.16 + 0.05 * wave(t, 3)
  const slide = 10 * wave(t, 1)
  for (const x of [150, 232]) {
    shape(
      ctx,
      `M${x + slide} 100 l58 -16 l-110 420 l-64 12 Z`,
      linear(
        ctx,
        [0, 90],
        [0, 470],
        [
          [0, '#fff3d8'],
          [1, 'rgba(255,243,216,0)'],
        ],
      ),
    )
  }
  ctx.restore()
  const leaves = [
    [-1.02, 172, '#3f6a50'],
    [-0.66, 214, '#4d7d5d'],
    [-0.36, 244, '#3a6249'],
    [-0.06, 226, '#578a66'],
    [0.26, 186, '#467356'],
    [0.54, 146, '#5c8f6b'],
  ]
  leaves.forEach(([lean, length, color], index) => {
    at(ctx, { x: 56, y: 694, turn: lean + 0.035 * wave(t, 9 + (index % 3), index * 1.7) }, () => {
      shape(
        ctx,
        `M0 0 C-34 ${-length * 0.4} -28 ${-length * 0.8} 0 ${-length} C28 ${-length * 0.8} 34 ${-length * 0.4} 0 0 Z`,
        color,
      )
      line(ctx, `M0 -6 L0 ${-length * 0.92}`, 'rgba(225,240,215,.3)', 2)
    })
  })
}
