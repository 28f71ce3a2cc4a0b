import { drawArm, drawGrip, drawPalm } from './arm.mjs'
import { at, ease, LOOP, mix, spring, wave } from './brush.mjs'
import { drawBackHair, drawBody, drawHead, mood } from './host.mjs'
import { drawArmchair, drawCar, drawCoat } from './large-products.mjs'
import { drawLife, drawRoom } from './room.mjs'
import { drawCoffee, drawLipstick, drawMug, drawShades } from './small-products.mjs'
import { drawTable } from './table.mjs'

const TURN = LOOP / 6
const REST = { left: { x: 196, y: 850, grip: 0 }, right: { x: 344, y: 850, grip: 0 } }

/** Where the two hands are while each product is shown; left and right are those of the picture. */
const poses = [
  { left: { x: 236, y: 590, grip: 0 }, right: { x: 372, y: 418, grip: 1 } },
  { left: { x: 172, y: 560, grip: 0 }, right: { x: 372, y: 640, grip: 1 } },
  { left: { x: 196, y: 634, grip: 1 }, right: { x: 344, y: 622, grip: 1 } },
  { left: { x: 208, y: 612, grip: 0 }, right: { x: 420, y: 456, grip: 0 } },
  { left: { x: 196, y: 596, grip: 0 }, right: { x: 358, y: 600, grip: 1 } },
  { left: { x: 206, y: 616, grip: 0 }, right: { x: 424, y: 470, grip: 0 } },
]

/** Which product is in view, how far it has arrived (0 to 1) and how far it has left. */
export function turnAt(t) {
  const index = Math.floor(t / TURN) % 6
  const since = t - index * TURN
  return { index, since, come: spring((since - 0.35) / 1.1), gone: ease((since - TURN + 0.85) / 0.8) }
}

function handAt(t, side) {
  const { index, since, gone } = turnAt(t)
  const rest = REST[side]
  const pose = poses[index][side]
  const k = ease((since - 0.1) / 0.9) * (1 - gone)
  const busy = pose.grip ? 0.35 : 1
  const sway = side === 'left' ? 0 : 2.1
  return {
    x: mix(rest.x, pose.x, k) + k * busy * (9 * wave(t, 19, sway) + 6 * wave(t, 43, sway)),
    y: mix(rest.y, pose.y, k) + k * busy * (11 * wave(t, 23, sway) + 5 * wave(t, 47, sway)),
    grip: k > 0.25 ? pose.grip : 0,
  }
}

function drawProduct(ctx, t, hands) {
  const { index, since, come, gone } = turnAt(t)
  const below = 140 * (1 - ease(since / 0.5) + ease(gone * 2 - 1))
  const right = hands.right
  const place = [
    () => at(ctx, { x: right.x, y: right.y }, () => drawCoat(ctx, t)),
    () => at(ctx, { x: right.x - 4, y: right.y + below }, () => drawLipstick(ctx, t)),
    () => at(ctx, { x: right.x - 72, y: right.y + 72 + below }, () => drawCoffee(ctx, t)),
    () => at(ctx, { x: mix(760, 336, come) + 420 * gone, y: 790 }, () => drawArmchair(ctx)),
    () => at(ctx, { x: right.x - 74, y: right.y - 10 + below }, () => drawMug(ctx, t)),
    () => drawCarIn(ctx, t, come, gone),
  ]
  place[index]()
}

function drawCarIn(ctx, t, come, gone) {
  const x = mix(-240, 256, come) + 560 * gone
  at(ctx, { x, y: 800 }, () => drawCar(ctx, t, x))
}

/** The painter of the show: `paint(t)` draws the picture of a second of the loop on a canvas of 540 by 960. */
export function createScene(ctx) {
  const room = new OffscreenCanvas(540, 960)
  drawRoom(room.getContext('2d'))
  return (t) => {
    const face = mood(t)
    const { index, come, gone } = turnAt(t)
    const hands = { left: handAt(t, 'left'), right: handAt(t, 'right') }
    const inFront = index === 3 || index === 5
    ctx.drawImage(room, 0, 0)
    drawLife(ctx, t)
    drawBackHair(ctx, face)
    drawBody(ctx, t)
    drawHead(ctx, face)
    if (inFront) drawTable(ctx, t)
    const angles = { left: drawArm(ctx, -1, hands.left), right: drawArm(ctx, 1, hands.right) }
    drawPalm(ctx, hands.left, angles.left, -1)
    drawPalm(ctx, hands.right, angles.right, 1)
    drawProduct(ctx, t, hands)
    drawGrip(ctx, hands.left, angles.left, -1)
    drawGrip(ctx, hands.right, angles.right, 1)
    if (index === 1) drawShades(ctx, t, come * (1 - gone))
    if (!inFront) drawTable(ctx, t)
  }
}
