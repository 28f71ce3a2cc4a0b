/** What viewers wrote in the recorded show: second, id, name, text. */
export const TALK = [
  [3.2, 'c1', 'Anna', 'Hello from Tallinn!'],
  [5.1, 'c2', 'Илья', 'Добрый вечер всем'],
  [7.4, 'c3', 'Ben', 'that collar though'],
  [9.8, 'c4', 'Noor', 'Is the camel lighter than on the site?'],
  [13.5, 'c5', 'Марина', 'А есть что-нибудь спокойнее, не красное?'],
  [16.9, 'c6', 'Sofia', 'carmine please 😍'],
  [20.2, 'c7', 'Ben', 'my sister would love this'],
  [24.6, 'c8', 'Tom', 'Filter or espresso?'],
  [27.3, 'c9', 'Anna', 'I get the kilo every month'],
  [31.8, 'c10', 'Илья', 'Зерно мелете?'],
  [35.7, 'c11', 'Yuki', 'How high is the seat?'],
  [39.4, 'c12', 'Noor', 'Rust would look so good by my window'],
  [45.3, 'c13', 'Марина', 'Кружка в посудомойку можно?'],
  [47.9, 'c14', 'Anna', 'Does it survive the dishwasher?'],
  [49.6, 'c15', 'Tom', '👏👏'],
  [52.2, 'c16', 'Sofia', 'just got two!'],
  [56.8, 'c17', 'Ben', 'wait, a car?'],
  [59.3, 'c18', 'Илья', 'Сколько проходит зимой?'],
  [68.4, 'c19', 'Yuki', 'Does the coat come in L in ink?'],
  [74.1, 'c20', 'Anna', 'Clay is lovely'],
  [79.6, 'c21', 'Noor', 'same, clay ❤️'],
  [86.5, 'c22', 'Tom', 'Breakfast price, yes!'],
  [91.2, 'c23', 'Марина', 'Беру килограмм'],
  [99.4, 'c24', 'Sofia', 'could two people lift it up four floors?'],
  [108.7, 'c25', 'Ben', 'moss glaze is sold out in large 😢'],
  [117.5, 'c26', 'Илья', 'А тест-драйв в субботу?'],
  [126.2, 'c27', 'Yuki', 'hi again, I lost connection for a bit'],
  [133.6, 'c28', 'Anna', 'What wool is it?'],
  [144.8, 'c29', 'Noor', 'free delivery, thank you!'],
  [152.3, 'c30', 'Tom', 'ordered 🎉'],
  [166.7, 'c31', 'Марина', 'Спасибо, очень уютный эфир'],
  [178.9, 'c32', 'Sofia', 'when is the next show?'],
  [192.4, 'c33', 'Ben', 'got the coat. camel, M'],
  [207.1, 'c34', 'Илья', 'До встречи!'],
  [221.5, 'c35', 'Anna', 'Bye Mira 👋'],
]

/** What the host answered: second, id, the message answered, text. */
export const ANSWERS = [
  [12.6, 'h1', 'c4', 'A touch lighter by daylight, yes.'],
  [18.3, 'h2', 'c5', 'Попробуйте оттенок «Глина», он самый тихий.'],
  [29.4, 'h3', 'c8', 'Filter first. It is kind to a moka pot too.'],
  [41.6, 'h4', 'c11', '43 centimetres.'],
  [50.9, 'h5', 'c14', 'Yes, top rack. I do it daily.'],
  [63.1, 'h6', 'c18', 'Около 330 км в мороз, проверяли сами.'],
  [71.8, 'h7', 'c19', 'It does, three left.'],
  [104.2, 'h8', 'c24', 'We carry it in for you, any floor.'],
  [138.4, 'h9', 'c28', 'Merino from Biella, 620 grams.'],
  [184.6, 'h10', 'c32', 'Next Friday, the same hour.'],
]

/** What viewers asked: second, id, name, product, text, votes, second of the answer, the answer in words where there is one. */
export const QUESTIONS = [
  [11.2, 'q1', 'Noor', 'coat', 'Does the camel match a black bag?', 6, 21.4, undefined],
  [
    ...[26.1, 'q2', 'Tom', 'coffee', 'Is there a decaf of it?', 4, 88.3],
    { en: 'From January on, the same farm.', ru: 'С января, с той же фермы.' },
  ],
  [
    ...[46.4, 'q3', 'Anna', 'mug', 'Does the glaze differ from cup to cup?', 9, 112.7],
    { en: 'It does. No two are the same.', ru: 'Да, двух одинаковых нет.' },
  ],
  [58.2, 'q4', 'Илья', 'car', 'Фаркоп можно поставить?', 3, 176.5, { en: 'Yes, up to 750 kg.', ru: 'Да, до 750 кг.' }],
  [105.3, 'q5', 'Марина', 'lipstick', 'Стойкая? До вечера хватит?', 7, undefined, undefined],
]
