/** Seconds as a player writes them: `1:14`, `1:23:45`. Nothing below zero. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  const two = (value: number) => `${value}`.padStart(2, '0')
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`
}
