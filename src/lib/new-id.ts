/** A fresh id, 128 random bits in hex. Unlike `crypto.randomUUID` it exists on plain http pages too. */
export function newId(): string {
  let id = ''
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) id += byte.toString(16).padStart(2, '0')
  return id
}
