import { spawn } from 'node:child_process'

/** Runs ffmpeg; resolves when it ends well. `feed` gets its standard input. */
export async function ffmpeg(args, feed) {
  const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args], {
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`ffmpeg ended with ${code}`))))
  })
  if (feed) await feed(child.stdin)
  child.stdin.end()
  await ended
}
