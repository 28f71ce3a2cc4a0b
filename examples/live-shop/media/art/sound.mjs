import { writeFileSync } from 'node:fs'

const RATE = 48_000
const LENGTH = RATE * 64
const BEAT = 64 / 96
const hertz = (note) => 440 * 2 ** ((note - 69) / 12)

/** Four bars that are played six times, once for each product: bass note, then the chord. */
const chords = [
  [41, [57, 60, 64, 67]],
  [40, [55, 59, 62, 67]],
  [38, [57, 60, 65, 69]],
  [43, [55, 60, 62, 65]],
]
const melodies = [
  [72, 0, 76, 74, 0, 72, 69, 0],
  [71, 0, 74, 0, 79, 0, 74, 71],
  [72, 74, 0, 77, 0, 76, 72, 0],
  [74, 0, 72, 0, 67, 0, 0, 0],
]

/**
 * Writes the show's music, 64 s of gentle electric piano that ends where it begins, to a file of 16-bit stereo PCM at 48 kHz.
 * Every note's tail runs over the end into the beginning, so the loop has no seam.
 */
export function writeMusic(file) {
  const mix = [new Float32Array(LENGTH), new Float32Array(LENGTH)]
  for (let bar = 0; bar < 24; bar++) playBar(mix, bar)
  const out = new Int16Array(LENGTH * 2)
  for (let i = 0; i < LENGTH; i++) {
    for (const side of [0, 1]) out[i * 2 + side] = Math.round(Math.tanh(mix[side][i] * 0.8) * 24_000)
  }
  writeFileSync(file, out)
}

function playBar(mix, bar) {
  const start = bar * 4 * BEAT
  const [bass, chord] = chords[bar % 4]
  for (const [beat, length] of [
    [0, 1.6],
    [1.5, 0.6],
    [2.5, 1.4],
  ])
    addNote(mix, start + beat * BEAT, hertz(bass), 0.2, length, 0.5, bassVoice)
  chord.forEach((note, index) => {
    for (const beat of [0, 2.5])
      addNote(
        mix,
        start + beat * BEAT + index * 0.018,
        hertz(note),
        beat ? 0.05 : 0.075,
        2.4,
        0.25 + index * 0.17,
        pianoVoice,
      )
  })
  const melody = melodies[(bar + Math.floor(bar / 8)) % 4]
  const tune = bar % 8 > 1 ? melody : []
  tune.forEach((note, index) => {
    if (note) addNote(mix, start + (index * BEAT) / 2, hertz(note), 0.06, 1.5, 0.62, bellVoice)
  })
  for (let half = 0; half < 8; half++)
    addBrush(mix, start + (half * BEAT) / 2, half % 4 === 2 ? 0.026 : 0.011, bar * 8 + half)
}

const bassVoice = (phase, age) => (Math.sin(phase) + 0.25 * Math.sin(2 * phase)) * Math.exp(-age * 2.2)
const pianoVoice = (phase, age) =>
  Math.sin(phase + 0.9 * Math.exp(-age * 4) * Math.sin(phase * 2)) *
  Math.exp(-age * 1.5) *
  (1 + 0.12 * Math.sin(age * 28))
const bellVoice = (phase, age) =>
  (Math.sin(phase) + 0.3 * Math.sin(phase * 3) * Math.exp(-age * 6)) * Math.exp(-age * 3)

function addNote(mix, start, frequency, volume, length, pan, voice) {
  const first = Math.round(start * RATE)
  const count = Math.round(length * RATE)
  for (let i = 0; i < count; i++) {
    const age = i / RATE
    const edge = Math.min(1, age / 0.008, (length - age) / 0.2)
    const sample = voice(2 * Math.PI * frequency * age, age) * edge * volume
    const at = (first + i) % LENGTH
    mix[0][at] += sample * (1 - pan) * 1.4
    mix[1][at] += sample * pan * 1.4
  }
}

function addBrush(mix, start, volume, seed) {
  const first = Math.round(start * RATE)
  let state = seed * 7919 + 1
  let last = 0
  for (let i = 0; i < 4800; i++) {
    state = (state * 48_271) % 2_147_483_647
    const noise = state / 1_073_741_823 - 1
    const sample = (noise - last) * Math.exp(-i / 900) * Math.min(1, i / 120) * volume
    last = noise
    const at = (first + i) % LENGTH
    mix[0][at] += sample
    mix[1][at] += sample * 0.8
  }
}
