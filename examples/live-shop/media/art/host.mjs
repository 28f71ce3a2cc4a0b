import { at, clamp, line, linear, oval, radial, shape, wave } from './brush.mjs'
import { KNIT, SHADE, SKIN } from './palette.mjs'
import { isSpeaking } from './words.mjs'

/** How the host holds the head and moves the face at a moment: degrees of turn, lids, lips. Repeats with the loop. */
export function mood(t) {
  const speech = isSpeaking(t)
  const sound = 0.5 + 0.28 * wave(t, 211) + 0.26 * wave(t, 139, 0.7) + 0.2 * wave(t, 317, 2)
  return {
    yaw: 0.55 * wave(t, 5) + 0.35 * wave(t, 13, 1) + 0.1 * wave(t, 29),
    pitch: 0.5 * wave(t, 11, 2) + speech * 0.4 * wave(t, 53),
    tilt: 0.035 * wave(t, 7, 0.5) + speech * 0.018 * wave(t, 37),
    lift: 3 * wave(t, 16),
    blink: Math.max(
      ...[
        1.7, 5.1, 8.4, 8.75, 12.9, 16.6, 20.2, 24.4, 27.3, 31.5, 31.9, 35.8, 40.1, 43.2, 47.7, 51.4, 55, 55.4, 59.3,
        62.6,
      ].map((at) => clamp(1 - Math.abs(t - at) / 0.11)),
    ),
    open: speech * clamp(sound),
    wide: 0.6 + 0.25 * wave(t, 97) * speech + 0.2 * (1 - speech),
    brow: 0.5 * wave(t, 9) + 0.5 * speech * wave(t, 41, 1),
  }
}

/** Hair that falls behind the shoulders' line: drawn before the body. */
export function drawBackHair(ctx, face) {
  at(ctx, { x: 270 + face.yaw * 3, y: 312 + face.lift, turn: face.tilt }, () => {
    const swing = -face.tilt * 160 - face.yaw * 4
    shape(
      ctx,
      `M-92 -12 C-104 -124 104 -124 92 -12 C104 50 ${112 + swing} 104 ${86 + swing} 138 C${50 + swing} 152 ${-50 + swing} 152 ${-86 + swing} 138 C${-112 + swing} 104 -104 50 -92 -12 Z`,
      linear(
        ctx,
        [-100, -100],
        [90, 140],
        [
          [0, '#4a2a20'],
          [0.5, '#381d16'],
          [1, '#27130e'],
        ],
      ),
    )
  })
}

/** Neck, shoulders and the knitted jumper, breathing. */
export function drawBody(ctx, t) {
  const breath = 2.2 * wave(t, 16)
  shape(
    ctx,
    `M236 384 V446 C236 476 304 476 304 446 V384 Z`,
    linear(
      ctx,
      [0, 400],
      [0, 470],
      [
        [0, '#bf7d5d'],
        [1, SKIN],
      ],
    ),
  )
  at(ctx, { x: 270, y: 470 + breath * 0.6 }, () => {
    shape(
      ctx,
      `M-44 -38 C-64 -16 -118 -14 -140 42 C-152 78 -156 180 -158 330 L158 330 C156 180 152 78 140 42 C118 -14 64 -16 44 -38 C30 -14 -30 -14 -44 -38 Z`,
      linear(ctx, [-150, -20], [150, 300], KNIT),
    )
    line(ctx, 'M-44 -38 C-30 -10 30 -10 44 -38', '#3b6188', 11)
    line(ctx, 'M-44 -38 C-30 -10 30 -10 44 -38', 'rgba(255,255,255,.10)', 3)
    for (const x of [-78, -40, 0, 40, 78])
      line(
        ctx,
        `M${x} ${6 + Math.abs(x) * 0.12} C${x * 1.03} 90 ${x * 1.06} 190 ${x * 1.08} 300`,
        'rgba(255,255,255,.045)',
        7,
      )
    shape(ctx, 'M-158 330 C-156 180 -152 78 -140 42 C-128 110 -120 210 -116 330 Z', 'rgba(8,18,32,.22)')
    shape(ctx, 'M-34 -22 C-20 -8 20 -8 34 -22 C24 -2 -24 -2 -34 -22 Z', 'rgba(0,0,0,.12)')
  })
}

/** The head over the body: face, features that follow its turn, and the front hair. */
export function drawHead(ctx, face) {
  at(ctx, { x: 270 + face.yaw * 3, y: 312 + face.lift, turn: face.tilt }, () => {
    for (const side of [-1, 1]) oval(ctx, side * 71, 12, 11, 18, SHADE)
    const jaw = face.open * 5
    shape(
      ctx,
      `M-72 -30 C-77 34 -60 72 -32 ${96 + jaw} C-14 ${110 + jaw} 14 ${110 + jaw} 32 ${96 + jaw} C60 72 77 34 72 -30 C72 -104 -72 -104 -72 -30 Z`,
      linear(
        ctx,
        [-60, -40],
        [60, 100],
        [
          [0, '#f3c4a2'],
          [0.6, SKIN],
          [1, '#dc9f7b'],
        ],
      ),
    )
    at(ctx, { x: face.yaw * 9, y: face.pitch * 3 }, () => drawFeatures(ctx, face, jaw))
    drawFringe(ctx, face)
    for (const side of [-1, 1]) drawEarring(ctx, side, face)
  })
}

function drawFeatures(ctx, face, jaw) {
  for (const side of [-1, 1]) {
    ctx.fillStyle = radial(ctx, side * 44, 40, 28, [
      [0, 'rgba(226,104,84,.34)'],
      [1, 'rgba(226,104,84,0)'],
    ])
    ctx.fillRect(side * 44 - 30, 10, 60, 60)
    drawEye(ctx, side, face)
    const raise = -31 - face.brow * 3
    line(
      ctx,
      `M${side * 15} ${raise + 3} C${side * 24} ${raise - 5} ${side * 38} ${raise - 6} ${side * 48} ${raise + 3}`,
      '#47271c',
      5,
    )
  }
  line(
    ctx,
    `M${face.yaw * 3 - 1} 2 C${face.yaw * 4 + 4} 16 ${face.yaw * 4 + 9} 25 ${face.yaw * 4 + 3} 31 C${face.yaw * 4} 34 -6 33 -8 30`,
    'rgba(176,104,76,.75)',
    3,
  )
  drawMouth(ctx, face, jaw)
}

function drawEye(ctx, side, face) {
  at(ctx, { x: side * 31, y: 2 }, () => {
    const open = 1 - face.blink
    const lid = 11.5 * open
    ctx.save()
    const white = new Path2D(
      `M-16 2 C-9 ${-lid - 2} 9 ${-lid - 2} 16 1 C8 ${lid * 0.72 + 1} -8 ${lid * 0.72 + 1} -16 2 Z`,
    )
    ctx.fillStyle = '#fffaf3'
    ctx.fill(white)
    ctx.clip(white)
    oval(ctx, face.yaw * 3.4, -0.5 + face.pitch, 8.2, 8.6, '#5f3a20')
    oval(ctx, face.yaw * 3.4, -0.5 + face.pitch, 4.2, 4.4, '#1c0e08')
    oval(ctx, face.yaw * 3.4 + 3, -3.6 + face.pitch, 2.5, 2.5, '#fff')
    ctx.restore()
    line(ctx, `M-17 2.5 C-9 ${-lid - 2} 9 ${-lid - 2} 17 1.5`, '#2a140d', 4)
    line(ctx, `M${side * 15} ${1 - open} l${side * 6} ${-4 * open + 1}`, '#2a140d', 3)
    line(ctx, `M-13 ${-lid - 3} C-6 ${-lid - 8} 6 ${-lid - 8} 13 ${-lid - 3}`, 'rgba(160,90,64,.5)', 2)
  })
}

function drawMouth(ctx, face, jaw) {
  const half = 20 + face.wide * 7 - face.open * 5
  const drop = face.open * 17
  at(ctx, { x: 0, y: 58 + jaw * 0.4 }, () => {
    const inside = new Path2D(
      `M${-half} -3 C${-half * 0.5} 3 ${half * 0.5} 3 ${half} -3 C${half * 0.6} ${9 + drop} ${-half * 0.6} ${9 + drop} ${-half} -3 Z`,
    )
    ctx.fillStyle = '#7a2430'
    ctx.fill(inside)
    ctx.save()
    ctx.clip(inside)
    shape(ctx, `M${-half} -8 H${half} L${half * 0.7} ${4 + drop * 0.22} H${-half * 0.7} Z`, '#fffaf4')
    oval(ctx, 0, 13 + drop * 0.8, half * 0.5, 6, '#cf6464')
    ctx.restore()
    line(ctx, `M${-half} -3 C${-half * 0.5} 3 ${half * 0.5} 3 ${half} -3`, '#b8473f', 4)
    line(
      ctx,
      `M${-half * 0.86} 1 C${-half * 0.56} ${9.5 + drop * 0.92} ${half * 0.56} ${9.5 + drop * 0.92} ${half * 0.86} 1`,
      '#c95850',
      5,
    )
    line(ctx, `M${-half - 3} -6 q-2 2 0 5 M${half + 3} -6 q2 2 0 5`, 'rgba(176,104,76,.6)', 2.5)
  })
}

function drawFringe(ctx, face) {
  const sway = -face.yaw * 3
  shape(
    ctx,
    `M-84 64 C-116 -136 116 -136 86 64 C82 30 ${78 + sway} -14 ${58 + sway} -42 C28 -54 -2 -64 -24 -84 C-36 -56 ${-62 + sway} -40 ${-70 + sway} -4 C-74 18 -78 40 -84 64 Z`,
    linear(
      ctx,
      [-80, -110],
      [80, 40],
      [
        [0, '#5a3427'],
        [0.45, '#43241b'],
        [1, '#2c1610'],
      ],
    ),
  )
  line(ctx, `M-20 -86 C6 -74 40 -66 ${66 + sway} -36`, 'rgba(255,206,160,.11)', 4)
  line(ctx, `M-14 -92 C24 -92 60 -74 76 -30`, 'rgba(255,206,160,.13)', 5)
  line(ctx, `M-34 -86 C-54 -72 -72 -52 -79 -14`, 'rgba(255,206,160,.11)', 4)
}

function drawEarring(ctx, side, face) {
  at(ctx, { x: side * 76 + face.yaw * 2, y: 34, turn: -face.tilt * 2.4 }, () => {
    ctx.strokeStyle = '#e8b44f'
    ctx.lineWidth = 3.4
    ctx.beginPath()
    ctx.arc(0, 10, 9.5, 0, Math.PI * 2)
    ctx.stroke()
  })
}
