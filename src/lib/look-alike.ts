/** Small letters of other alphabets, and digits, each with the Latin letter that it is taken for at a glance. */
const ALIKE = new Map(
  'аa вb еe кk мm нh оo рp сc тt уy хx іl јj ѕs һh ԁd ԛq ԝw ɡg αa βb εe ηn ιl κk νv οo ρp τt υu χx ωw ıl il |l !l 0o 1l 3e 5s 8b'
    .split(' ')
    .map(([letter = '', latin = '']) => [letter, latin]),
)

/** A name as the eye takes it: without case, marks, spaces and signs, and with look-alikes of other alphabets made one. */
function outline(name: string): string {
  const plain = name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
  const letters = Array.from(plain, (letter) => ALIKE.get(letter) ?? letter).join('')
  return letters
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
}

/** From how many letters on a name is known inside another word: shorter ones are part of too many names, as Eva is of Evan. */
const LONG = 5

/** Whether a name would be taken for one of `names` at a glance, alone or with something around it. */
export function lookAlikes(names: Iterable<string>): (name: string) => boolean {
  const wanted = Array.from(names, outline).filter(({ length }) => length > 1)
  return (name) => {
    const seen = outline(name)
    const words = [seen, ...name.split(/[^\p{L}\p{N}\p{M}]+/u).map(outline)]
    return wanted.some((one) => (one.length < LONG ? words.includes(one) : seen.includes(one)))
  }
}
