#!/usr/bin/env node
/** Serves this repository's files on this machine for the small examples: node examples/serve.mjs (after `npm run build`). */
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'
import { isLoopbackHost, listen } from './live-shop/server/http.mjs'

const files = sirv(fileURLToPath(new URL('../', import.meta.url)), { dev: true, etag: true })

/**
 * @param {number} port 0 takes any free one
 * @returns {Promise<{ address: string, stop(): void }>}
 */
export async function serveExamples(port) {
  const server = createServer((request, response) => {
    if (isLoopbackHost(request)) files(request, response)
    else response.writeHead(403).end()
  })
  const address = `http://127.0.0.1:${await listen(server, port)}/`
  return {
    address,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { address } = await serveExamples(Number(process.env.PORT ?? 4180))
  console.log(
    `  <cast-cart>   ${address}examples/element/\n  Inline JSON   ${address}examples/inline-json/\n\n  Ctrl+C stops it`,
  )
}
