import { at, ease, line, linear, mix, shape } from './brush.mjs'
import { KNIT, SHADE } from './palette.mjs'

/** A sleeve from shoulder to wrist, its elbow at the side of the body. Returns the forearm's angle for the hand. */
export function drawArm(ctx, side, hand) {
  const shoulder = { x: 270 + side * 120, y: 516 }
  const elbow = {
    x: shoulder.x + side * 38 + 0.25 * (hand.x - shoulder.x),
    y: shoulder.y + 128 + 0.25 * (hand.y - shoulder.y - 150),
  }
  const angle = Math.atan2(hand.y - elbow.y, hand.x - elbow.x)
  const wrist = { x: hand.x - Math.cos(angle) * 26, y: hand.y - Math.sin(angle) * 26 }
  const knit = linear(ctx, [120, 450], [420, 770], KNIT)
  const start = `M${shoulder.x} ${shoulder.y}`
  line(
    ctx,
    `M${mix(shoulder.x, elbow.x, 0.35)} ${mix(shoulder.y, elbow.y, 0.35)} L${elbow.x} ${elbow.y} L${wrist.x} ${wrist.y}`,
    'rgba(8,18,32,.3)',
    62,
  )
  line(ctx, `${start} L${elbow.x} ${elbow.y}`, knit, 60)
  line(ctx, `M${elbow.x} ${elbow.y} L${wrist.x} ${wrist.y}`, knit, 52)
  line(ctx, `M${elbow.x} ${elbow.y} L${wrist.x} ${wrist.y}`, 'rgba(150,190,230,.10)', 52)
  line(ctx, `M${elbow.x} ${elbow.y - 8} L${wrist.x} ${wrist.y - 8}`, 'rgba(255,255,255,.07)', 22)
  at(ctx, { ...wrist, turn: angle }, () => {
    shape(ctx, 'M-12 -27 Q-6 -30 12 -25 V25 Q-6 30 -12 27 Z', '#3b6188')
    for (const x of [-7, 0, 7]) line(ctx, `M${x} -24 V24`, 'rgba(10,24,40,.25)', 2)
  })
  return angle
}

/** The part of a hand that is behind what it holds. */
export function drawPalm(ctx, hand, angle, side) {
  at(ctx, { x: hand.x, y: hand.y, turn: angle }, () => {
    shape(
      ctx,
      'M-22 -18 C-8 -24 14 -24 22 -14 C28 -4 28 8 20 17 C8 25 -10 23 -22 18 Z',
      linear(
        ctx,
        [-20, -20],
        [20, 20],
        [
          [0, '#f0bf9c'],
          [1, SHADE],
        ],
      ),
    )
    if (hand.grip < 0.5) drawFingers(ctx, hand, side)
  })
}

function drawFingers(ctx, hand, side) {
  const spread = 0.16 + 0.1 * (1 - ease(hand.grip * 2))
  for (let finger = 0; finger < 4; finger++) {
    at(ctx, { x: 16, y: (finger - 1.5) * 9, turn: (finger - 1.5) * spread }, () => {
      line(ctx, `M0 0 L${[24, 31, 33, 27][side > 0 ? finger : 3 - finger]} 0`, SHADE, 12.5)
      line(ctx, `M0 -1 L${[24, 31, 33, 27][side > 0 ? finger : 3 - finger]} -1`, '#efbd9b', 10)
    })
  }
  line(ctx, `M-4 ${-side * 14} q12 ${-side * 20} 24 ${-side * 20}`, '#efbd9b', 13)
}

/** The fingers that close in front of what is held. */
export function drawGrip(ctx, hand, angle, side) {
  if (hand.grip < 0.5) return
  at(ctx, { x: hand.x, y: hand.y, turn: angle }, () => {
    for (let finger = 0; finger < 4; finger++) {
      const y = (finger - 1.5) * 10.5
      line(ctx, `M14 ${y} Q24 ${y} 18 ${y} L-4 ${y}`, '#c9865f', 12.5)
      line(ctx, `M14 ${y - 1} L-3 ${y - 1}`, '#f1c19f', 9.5)
    }
    line(ctx, `M-12 ${-side * 16} q14 ${-side * 12} 26 ${-side * 5}`, '#f1c19f', 13)
  })
}
