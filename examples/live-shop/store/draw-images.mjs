#!/usr/bin/env node
/** Draws every picture of the shop into `images/`: node examples/live-shop/store/draw-images.mjs */
import { mkdirSync, writeFileSync } from 'node:fs'
import { createCatalogue } from './catalogue.mjs'
import { drawCar } from './draw-car.mjs'
import { drawHost } from './draw-host.mjs'
import { drawCoffee, drawCup, drawLipstick, drawMug, drawShades } from './draw-small-goods.mjs'
import { drawArmchair, drawCoat, drawCoatDetail } from './draw-soft-goods.mjs'

const folder = new URL('images/', import.meta.url)
const products = createCatalogue()

/** The colours of a product's first axis by value. */
const colors = (id) =>
  Object.fromEntries(
    products.find((product) => product.id === id)?.axes[0]?.values.map(({ id, color }) => [id, color]) ?? [],
  )

const GROUNDS = {
  coat: ['#e9e2d8', '#d3c5b2'],
  lipstick: ['#f3e0d9', '#e3c6bb'],
  coffee: ['#e4e2d3', '#c9bd9f'],
  armchair: ['#e9e0d2', '#b98d68'],
  mug: ['#e6e6e2', '#c3a888'],
  car: ['#d5e4e6', '#94ab8d'],
}

const pictures = {
  ...Object.fromEntries(
    Object.entries(colors('coat')).map(([id, color]) => [`coat-${id}`, drawCoat(color, GROUNDS.coat)]),
  ),
  'coat-detail': drawCoatDetail(colors('coat').camel, GROUNDS.coat),
  ...Object.fromEntries(
    Object.entries(colors('lipstick')).map(([id, color]) => [`lipstick-${id}`, drawLipstick(color, GROUNDS.lipstick)]),
  ),
  'lipstick-shades': drawShades(Object.values(colors('lipstick')), GROUNDS.lipstick),
  'coffee-250': drawCoffee('250 g', 2.3, GROUNDS.coffee),
  'coffee-1000': drawCoffee('1 kg', 2.72, GROUNDS.coffee),
  'coffee-cup': drawCup(GROUNDS.coffee),
  ...Object.fromEntries(
    Object.entries(colors('armchair')).map(([id, color]) => [
      `armchair-${id}`,
      drawArmchair(color, GROUNDS.armchair, id === 'rust' ? '#e5c9a0' : '#d99a5b'),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(colors('mug')).map(([id, color]) => [
      `mug-${id}`,
      drawMug(id === 'sand' ? '#c9a873' : color, GROUNDS.mug),
    ]),
  ),
  ...Object.fromEntries(Object.entries(colors('car')).map(([id, color]) => [`car-${id}`, drawCar(color, GROUNDS.car)])),
  host: drawHost(),
}

mkdirSync(folder, { recursive: true })
for (const [name, svg] of Object.entries(pictures)) {
  const titled = svg.replace('<defs>', `<title>${name.replaceAll('-', ', ')}</title><defs>`)
  writeFileSync(new URL(`${name}.svg`, folder), titled)
}
console.log(`${Object.keys(pictures).length} pictures, ${Object.values(pictures).join('').length} bytes`)
