/** Seconds until every movement of the show is back where it began. */
export const LOOP = 64

/** A sine that repeats with the loop: `turns` whole periods in 64 s, between -1 and 1. */
export const wave = (t, turns, phase = 0) => Math.sin((2 * Math.PI * turns * t) / LOOP + phase)

export const clamp = (x, low = 0, high = 1) => Math.min(high, Math.max(low, x))
export const mix = (a, b, k) => a + (b - a) * k
export const ease = (x) => {
  const k = clamp(x)
  return k * k * k * (k * (k * 6 - 15) + 10)
}

/** Arrives with a small overshoot, as a thing put into view by a hand does. */
export const spring = (x) => {
  const k = clamp(x)
  return 1 - (1 - k) ** 3 * Math.cos(k * Math.PI * 1.1)
}

export function linear(ctx, from, to, stops) {
  const fill = ctx.createLinearGradient(...from, ...to)
  for (const [at, color] of stops) fill.addColorStop(at, color)
  return fill
}

export function radial(ctx, x, y, radius, stops) {
  const fill = ctx.createRadialGradient(x, y, 0, x, y, radius)
  for (const [at, color] of stops) fill.addColorStop(at, color)
  return fill
}

/** Fills an SVG path; the shortest way to write a curved shape down. */
export function shape(ctx, path, fill) {
  ctx.fillStyle = fill
  ctx.fill(new Path2D(path))
}

export function line(ctx, path, stroke, width) {
  ctx.strokeStyle = stroke
  ctx.lineWidth = width
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  ctx.stroke(new Path2D(path))
}

export function oval(ctx, x, y, rx, ry, fill, turn = 0) {
  ctx.fillStyle = fill
  ctx.beginPath()
  ctx.ellipse(x, y, rx, ry, turn, 0, Math.PI * 2)
  ctx.fill()
}

export function box(ctx, x, y, width, height, radius, fill) {
  ctx.fillStyle = fill
  ctx.beginPath()
  ctx.roundRect(x, y, width, height, radius)
  ctx.fill()
}

/** Draws with a moved, turned and scaled paper, and puts the paper back. */
export function at(ctx, { x = 0, y = 0, turn = 0, scale = 1, alpha = 1 }, draw) {
  ctx.save()
  ctx.translate(x, y)
  ctx.rotate(turn)
  ctx.scale(scale, scale)
  ctx.globalAlpha *= alpha
  draw(ctx)
  ctx.restore()
}
