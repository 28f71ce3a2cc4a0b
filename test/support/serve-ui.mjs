import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { build } from 'vite'
import { cssText } from '../../scripts/css-text.mjs'

const TYPES = { '.svg': 'image/svg+xml', '.webp': 'image/webp', '.js': 'text/javascript', '.html': 'text/html' }
const SHOP = 'examples/live-shop'

/** Flat and noisy pictures in place of the host's, to judge what is written over them. */
const PICTURES = {
  white: '<rect width="9" height="16" fill="#fff"/>',
  black: '<rect width="9" height="16" fill="#000"/>',
  noise:
    '<filter id="n"><feTurbulence baseFrequency=".9" numOctaves="3"/><feColorMatrix values="3 0 0 0 -1 0 3 0 0 -1 0 0 3 0 -1 0 0 0 0 1"/></filter><rect width="9" height="16" filter="url(#n)"/>',
}
const picture = (name) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 16" width="540" height="960">${PICTURES[name]}</svg>`

const page = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,"><title>Stone mug</title><style>body{margin:0;font:17px/1.5 Georgia,serif;color:#222;background:#f4f1ec}header{padding:18px 24px;border-bottom:1px solid #ddd6ca;letter-spacing:.2em}
main{display:flex;flex-wrap:wrap;gap:24px;padding:24px}img{width:min(420px,100%);background:#e9e2d6;border-radius:4px}</style>
<header>KAAMOS</header><main><img src="/images/mug-ink.svg" alt=""><div><h1>Stone mug</h1><p>Thrown by hand, 320 ml, dishwasher safe.</p><p>€24.00</p></div></main>
<script type="module" src="/harness.js"></script>`

/** The interface over hand-filled stores, served on a port of its own. The caller closes it. */
export async function serveHarness() {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [cssText()],
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: {
        input: 'test/support/ui-page.tsx',
        output: { entryFileNames: 'harness.js', chunkFileNames: '[name].js' },
      },
    },
  })
  const files = new Map(built.output.map((file) => [`/${file.fileName}`, file.code ?? file.source]))
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://harness')
    const name = pathname.split('/').pop()
    const file = pathname.startsWith('/media/') ? join(SHOP, 'media', name) : join(SHOP, 'store/images', name)
    const body =
      pathname === '/' ? page : pathname.startsWith('/pictures/') ? picture(name.slice(0, -4)) : files.get(pathname)
    response.setHeader('content-type', TYPES[extname(pathname) || '.html'] ?? 'text/plain')
    if (body !== undefined) response.end(body)
    else if (existsSync(file)) createReadStream(file).pipe(response)
    else response.writeHead(404).end()
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() }
}
