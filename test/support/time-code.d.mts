/** The parts of ImageData that a time code is read from. */
export interface PictureData {
  readonly data: ArrayLike<number>
  readonly width: number
  readonly height: number
}
export const TIME_CODE: {
  readonly blocks: number
  readonly height: number
  readonly fps: number
  readonly loop: number
  readonly frame: number
}
export function timeCodeBits(frame: number): number[]
export function readTimeCode(image: PictureData): number | null
export function dateOfTimeCode(code: number, startedAt: number, estimate: number): number
