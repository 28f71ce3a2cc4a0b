export function id3Tag(text: string): Buffer
