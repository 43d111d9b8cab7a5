import fc from 'fast-check';

/** Characters that the tables treat in every way there is, lone halves of pairs among them. */
const NOTABLE = Array.from(
  '赌博微信加我刷單单返利你好abcxyzABCＡｂｃ０１9７ⓥⓧ𝐕𝐗𝟏㈱㎏ﬁ①⑵一二壹éïñаеоνρ★·*-_ ,，。！?；\n\t\u200b\u00ad\u0301\ufe0f😀🐧🇨🇳𠀀\u2028…',
);

export const notableText = fc
  .array(fc.constantFrom(...NOTABLE, '\ud83d', '\ude00'), { maxLength: 60 })
  .map((chars) => chars.join(''));

/** Any UTF-16 string, half pairs included, or one of notable characters. */
export const anyText = fc.oneof(
  notableText,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((codes) => String.fromCharCode(...codes)),
);

/** Words over a small alphabet, so that texts over the same alphabet contain many of them. */
export const words = fc.uniqueArray(
  fc
    .array(fc.constantFrom(...Array.from('赌博單单微abＡc9é株𝐕*')), { minLength: 1, maxLength: 5 })
    .map((chars) => chars.join('')),
  { minLength: 1, maxLength: 12 },
);
