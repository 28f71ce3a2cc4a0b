export declare function minified(entry: string): Promise<{ code: string; bytes: number }>
