/** What a reader counts as characters; an emoji of many code points is one. */
export function graphemeLength(text: string): number {
  const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : null
  return segmenter ? [...segmenter.segment(text)].length : [...text].length
}
