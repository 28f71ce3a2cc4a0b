/** Hearts in the air at most. */
const CROWD = 24
/** Hearts that stand for any larger number that came at once. */
const BATCH = 8
/** ms over which a batch takes off. */
const SPREAD = 900

/** Lets hearts rise in `sky` and be gone; nothing where the viewer wants little motion, or it cannot be drawn. */
export function flyHearts(sky: HTMLElement, count: number): void {
  if (!('animate' in sky) || matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const crowd = Math.min(count, BATCH, CROWD - sky.childElementCount)
  for (let i = 0; i < crowd; i++) flyHeart(sky, (i / BATCH) * SPREAD)
}

function flyHeart(sky: HTMLElement, delay: number): void {
  const heart = document.createElement('i')
  const drift = (Math.random() - 0.5) * 56
  const rise = 140 + Math.random() * 120
  const size = 0.7 + Math.random() * 0.5
  sky.append(heart)
  const flight = heart.animate(
    [
      { opacity: 0, transform: 'translate(0, 0) scale(0.3)' },
      { opacity: 1, transform: `translate(${drift / 3}px, ${-rise / 4}px) scale(${size})`, offset: 0.2 },
      { opacity: 0, transform: `translate(${drift}px, ${-rise}px) scale(${size}) rotate(${drift / 3}deg)` },
    ],
    { duration: 1800 + Math.random() * 800, delay, easing: 'cubic-bezier(0.3, 0.6, 0.5, 1)', fill: 'backwards' },
  )
  const land = () => heart.remove()
  flight.onfinish = land
  flight.oncancel = land
}
