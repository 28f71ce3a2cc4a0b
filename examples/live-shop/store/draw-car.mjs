import { at, blend, box, glow, oval, path, picture, shadow, stroke, tone } from './draw.mjs'

function wheel(x) {
  const spokes = [0, 72, 144, 216, 288].map(
    (turn) => `<path d="M0 0V-15" stroke="#4d4742" stroke-width="5.5" transform="rotate(${turn})"/>`,
  )
  return [
    oval(x, -25, 33, 33, 'rgba(30,6,2,.55)'),
    oval(x, -23, 29, 29, '#1b1718'),
    oval(x, -23, 19, 19, '#d5cec5'),
    at(x, -23, 1, [...spokes, oval(0, 0, 5, 5, '#f4ede3')]),
  ]
}

function carParts(sheet, color) {
  const paint = blend(
    sheet,
    [0, -134, 0, -14],
    [
      [0, tone(color, 0.26)],
      [0.46, color],
      [0.72, tone(color, -0.2)],
      [1, tone(color, -0.46)],
    ],
  )
  const glass = blend(
    sheet,
    [0, -122, 0, -80],
    [
      [0, '#dcf0f6'],
      [1, '#6a93a8'],
    ],
  )
  return [
    path(
      'M-176-26C-184-62-164-74-118-80C-86-122-52-134 6-134C66-134 92-116 120-84C158-78 178-66 178-26C178-18 172-14 164-14H-164C-172-14-176-18-176-26Z',
      paint,
    ),
    path('M-98-82C-76-113-50-121-6-121V-80Z', glass),
    path('M6-121C56-121 80-108 102-82L6-80Z', glass),
    path('M-72-84L-44-119H-24L-54-82ZM26-82L44-119H56L42-82Z', 'rgba(255,255,255,.34)'),
    stroke('M-166-58C-90-66 70-68 168-58', 'rgba(255,240,230,.5)', 3),
    stroke('M0-80C2-56 0-34-2-20M-100-80C-96-60-92-48-80-30M106-82C108-66 104-50 92-34', 'rgba(40,6,2,.34)', 2),
    box(-36, -66, 24, 5, 2.5, tone(color, 0.62)),
    box(40, -66, 24, 5, 2.5, tone(color, 0.62)),
    path('M-150-16H150L140-8H-140Z', '#2a1d1a'),
    path('M152-62C166-62 176-54 177-42C166-40 154-46 152-62Z', '#fff6d8'),
    path('M-176-58C-164-60-158-52-160-42H-178Z', '#ff9d8a'),
    ...wheel(-104),
    ...wheel(108),
  ]
}

/** The car, from the side, on the hill behind the shop. */
export const drawCar = (color, ground) =>
  picture(
    ground,
    (sheet) => [
      path('M0 470C120 400 230 452 340 410C480 356 640 402 800 342V620H0Z', tone(ground[1], 0.3)),
      path('M0 540C160 486 300 540 460 500C600 464 700 490 800 462V640H0Z', tone(ground[1], 0.12)),
      ...[
        [92, 500],
        [150, 486],
        [688, 470],
      ].flatMap(([x, y]) => [stroke(`M${x} ${y}v-44`, '#6b4a33', 7), oval(x, y - 84, 30, 52, tone(ground[1], -0.24))]),
      oval(
        620,
        190,
        62,
        62,
        glow(
          sheet,
          [620, 190, 62],
          [
            [0, '#fff7df', 1],
            [0.8, '#fff2cf', 0.9],
            [1, '#fff2cf', 0],
          ],
        ),
      ),
      box(
        0,
        612,
        800,
        188,
        0,
        blend(
          sheet,
          [0, 612, 0, 800],
          [
            [0, '#8d857c'],
            [1, '#aaa299'],
          ],
        ),
      ),
      stroke('M20 742H180M300 742H460M580 742H740', 'rgba(255,250,235,.55)', 8),
      shadow(sheet, 404, 668, 390, 34, 0.6),
      at(400, 664, 2.02, carParts(sheet, color)),
    ],
    { floor: 620 },
  )
