import { at, box, line, linear, oval, radial, shape, wave } from './brush.mjs'

/** The room behind the host, which never moves: a plastered wall, an arched niche, shelves and a lamp. */
export function drawRoom(ctx) {
  ctx.fillStyle = linear(ctx, [0, 0], [0, 760], [[0, '#f3e2cb'], [0.55, '#e9cdb0'], [1, '#d2a482']])
  ctx.fillRect(0, 0, 540, 960)
  drawNiche(ctx)
  drawShelves(ctx)
  drawLamp(ctx)
  ctx.fillStyle = radial(ctx, 400, 120, 560, [[0, 'rgba(255,246,224,.55)'], [0.5, 'rgba(255,240,212,.16)'], [1, 'rgba(255,240,212,0)']])
  ctx.fillRect(0, 0, 540, 960)
}

function drawNiche(ctx) {
  const arch = 'M78 760 V318 C78 190 164 104 270 104 C376 104 462 190 462 318 V760 Z'
  shape(ctx, arch, linear(ctx, [78, 0], [462, 0], [[0, '#b8765a'], [0.2, '#c98b6b'], [0.75, '#d79f7d'], [1, '#e0ae8c']]))
  ctx.save()
  ctx.clip(new Path2D(arch))
  shape(ctx, 'M78 760 V318 C78 190 164 104 270 104 C282 104 294 105 304 107 C206 122 116 204 116 330 V760 Z', 'rgba(112,58,38,.28)')
  ctx.fillStyle = radial(ctx, 300, 330, 300, [[0, 'rgba(255,226,190,.62)'], [1, 'rgba(255,226,190,0)']])
  ctx.fillRect(60, 90, 420, 680)
  ctx.restore()
  line(ctx, 'M78 760 V318 C78 190 164 104 270 104 C376 104 462 190 462 318 V760', 'rgba(255,244,228,.5)', 4)
}

function drawShelves(ctx) {
  for (const [x, y, width] of [[-10, 352, 76], [476, 300, 80], [476, 486, 80]]) {
    box(ctx, x, y + 10, width, 10, 2, 'rgba(90,48,30,.18)')
    box(ctx, x, y, width, 11, 3, linear(ctx, [0, y], [0, y + 11], [[0, '#a76b48'], [1, '#7e4a30']]))
  }
  shape(ctx, 'M14 352 C2 330 6 306 20 298 V272 H36 V298 C50 306 54 330 42 352 Z', linear(ctx, [4, 0], [52, 0], [[0, '#f4ece0'], [1, '#cdb9a2']]))
  line(ctx, 'M28 272 C22 232 34 214 26 176 M28 272 C38 236 48 226 52 196', '#8a7350', 2.5)
  for (const [x, y] of [[26, 176], [22, 200], [33, 214], [52, 196], [44, 220]]) oval(ctx, x, y, 6, 11, '#d9b98c', 0.3)
  box(ctx, 486, 238, 13, 62, 2, '#35506b')
  box(ctx, 500, 230, 11, 70, 2, '#c4573b')
  box(ctx, 512, 244, 15, 56, 2, '#ead9bd')
  shape(ctx, 'M484 452 H536 C534 474 526 486 510 486 C494 486 486 474 484 452 Z', linear(ctx, [484, 0], [536, 0], [[0, '#5f7f6b'], [1, '#3f5d4d']]))
  oval(ctx, 510, 452, 26, 5, '#2f4a3c')
}

function drawLamp(ctx) {
  line(ctx, 'M428 0 V86', '#5b3a2a', 2.5)
  ctx.fillStyle = radial(ctx, 428, 136, 150, [[0, 'rgba(255,238,196,.75)'], [1, 'rgba(255,238,196,0)']])
  ctx.fillRect(270, 0, 270, 300)
  oval(ctx, 428, 128, 18, 13, '#fff4d6')
  shape(ctx, 'M382 128 C386 98 406 84 428 84 C450 84 470 98 474 128 Z', linear(ctx, [382, 0], [474, 0], [[0, '#8f5a3d'], [0.4, '#d9a06f'], [1, '#7b4a31']]))
}

/** What lives in the room: leaves in a draught, and the light of the window wandering over the wall. */
export function drawLife(ctx, t) {
  ctx.save()
  ctx.globalAlpha = 0.16 + 0.05 * wave(t, 3)
  const slide = 10 * wave(t, 1)
  for (const x of [150, 232]) {
    shape(ctx, `M${x + slide} 100 l58 -16 l-110 420 l-64 12 Z`, linear(ctx, [0, 90], [0, 470], [[0, '#fff3d8'], [1, 'rgba(255,243,216,0)']]))
  }
  ctx.restore()
  const leaves = [[-1.02, 172, '#3f6a50'], [-0.66, 214, '#4d7d5d'], [-0.36, 244, '#3a6249'], [-0.06, 226, '#578a66'], [0.26, 186, '#467356'], [0.54, 146, '#5c8f6b']]
  leaves.forEach(([lean, length, color], index) => {
    at(ctx, { x: 56, y: 694, turn: lean + 0.035 * wave(t, 9 + (index % 3), index * 1.7) }, () => {
      shape(ctx, `M0 0 C-34 ${-length * 0.4} -28 ${-length * 0.8} 0 ${-length} C28 ${-length * 0.8} 34 ${-length * 0.4} 0 0 Z`, color)
      line(ctx, `M0 -6 L0 ${-length * 0.92}`, 'rgba(225,240,215,.3)', 2)
    })
  })
}

/** The table in front of the host, with its pot, dish and candle. */
export function drawTable(ctx, t) {
  shape(ctx, 'M6 690 H106 L94 796 H18 Z', linear(ctx, [6, 0], [106, 0], [[0, '#e9d8c2'], [0.5, '#d8bea0'], [1, '#a98667']]))
  box(ctx, 0, 682, 112, 20, 8, linear(ctx, [0, 0], [112, 0], [[0, '#f3e6d4'], [1, '#b99877']]))
  ctx.fillStyle = linear(ctx, [0, 748], [0, 838], [[0, '#a8683f'], [0.1, '#95582f'], [1, '#6f3e24']])
  ctx.fillRect(0, 752, 540, 90)
  ctx.fillStyle = 'rgba(255,228,190,.5)'
  ctx.fillRect(0, 751, 540, 3)
  for (const [y, x, length] of [[772, 60, 190], [790, 250, 240], [812, 30, 150], [820, 330, 190]]) {
    line(ctx, `M${x} ${y} q${length / 2} ${-4} ${length} 0`, 'rgba(70,34,16,.22)', 1.6)
  }
  ctx.fillStyle = linear(ctx, [0, 842], [0, 960], [[0, '#5a301c'], [1, '#2f180f']])
  ctx.fillRect(0, 842, 540, 120)
  ctx.fillStyle = 'rgba(255,214,170,.16)'
  ctx.fillRect(0, 842, 540, 2)
  drawCandle(ctx, t)
}

function drawCandle(ctx, t) {
  const flicker = 1 + 0.06 * wave(t, 173) + 0.05 * wave(t, 241, 1)
  ctx.fillStyle = radial(ctx, 492, 720, 74, [[0, 'rgba(255,214,140,.42)'], [1, 'rgba(255,214,140,0)']])
  ctx.fillRect(400, 640, 140, 160)
  oval(ctx, 492, 800, 44, 8, 'rgba(40,18,8,.35)')
  box(ctx, 462, 742, 60, 58, 10, linear(ctx, [462, 0], [522, 0], [[0, '#f7ead7'], [0.6, '#e6cfb1'], [1, '#bb9a78']]))
  oval(ctx, 492, 744, 27, 6, '#fff6df')
  at(ctx, { x: 492, y: 741, scale: flicker }, () => {
    shape(ctx, 'M0 2 C-9 -6 -5 -16 0 -27 C5 -16 9 -6 0 2 Z', '#ffb648')
    shape(ctx, 'M0 1 C-4 -4 -3 -9 0 -15 C3 -9 4 -4 0 1 Z', '#fff3c4')
  })
}
