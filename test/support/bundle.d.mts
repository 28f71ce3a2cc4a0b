import type { Plugin } from 'rollup'
export function bundle(entry: string, plugins?: Plugin[]): Promise<ReadonlyMap<string, string>>
