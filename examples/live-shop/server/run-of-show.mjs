/** Seconds until the video is back where it began, and each product's share of them. */
export const LOOP_SECONDS = 64
export const TURN_SECONDS = LOOP_SECONDS / 6

/** Seconds from the beginning of a turn until its product is in the host's hand. */
export const IN_HAND = 0.9

/**
 * What the host does in each turn of the loop: the product in the picture, and a line for the chat, one of which is used
 * each time round.
 */
export const TURNS = [
  {
    product: 'coat',
    lines: [
      'The coat runs true to size. Between two? Take the larger.',
      'Camel in L: four left, and we sew the next ones in spring.',
    ],
  },
  {
    product: 'lipstick',
    lines: ['I am wearing Carmine. Clay is the quiet one.', 'Which shade are you? Tell me in the chat.'],
  },
  {
    product: 'coffee',
    lines: ['Roasted on Monday, ground never: whole beans only.', 'The kilo bag comes to 3.90 € per 100 g.'],
  },
  {
    product: 'armchair',
    lines: ['Seat height is 43 cm, for those who asked.', 'The bouclé comes off and goes into the machine, 30 °C.'],
  },
  {
    product: 'mug',
    lines: ['Dishwasher? Yes, top rack. I do it daily.', 'The glaze runs where it wants. That is the point.'],
  },
  {
    product: 'car',
    lines: ['Test drives are on Saturdays; the coffee is on us.', '410 km on one charge, a little less in winter.'],
  },
]

/** The offers of the autopilot, one each time round. */
export const OFFERS = [
  {
    turn: 4,
    percentOff: 15,
    seconds: 45,
    quantity: 40,
    productIds: ['mug'],
    title: { en: 'Kiln-warm price', ru: 'Цена из печи' },
  },
  {
    turn: 2,
    percentOff: 20,
    seconds: 40,
    quantity: 60,
    productIds: ['coffee'],
    title: { en: 'Breakfast price', ru: 'Цена к завтраку' },
  },
  {
    turn: 1,
    percentOff: 25,
    seconds: 45,
    quantity: 30,
    productIds: ['lipstick'],
    title: { en: 'Evening price', ru: 'Вечерняя цена' },
  },
]
