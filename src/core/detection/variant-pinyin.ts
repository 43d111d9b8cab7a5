/** Which runs of Latin letters are pinyin. */
const MAX_SYLLABLE = 6;
/** A run of more letters is none. */
const MAX_SPELLED = 24;

/** English and other words that are made of syllables. */
const NO_PINYIN = new Set(
  'a ai an ang ban bang banana bin bing can cha chai chang change china dan dance dang dao de di die dong e en fan fang gang ge gene geng gong ha he hen her hi hua in jin juan la lan lang le lie line lin ling long lu man mao me men mini nan ne nei na no o ou pa pan panda pang pen pie pin pine pi ping pu ran rang rao ri run sa san sang she shen song sue sun ta tai tan tang taxi ti tie to tong tou tu tuna wan wang we women wo xi yang yao ye yin yu zen zone fine mine wine dine nine cute lane mane sane pane cane wife safe life fate late date gate rate hate mate made fade wade case base lose rose nose hope cope home come same name game fame tame dame came pipe'.split(
    ' ',
  ),
);

/** Whether a run of letters is a common word of another language that happens to be made of syllables. */
export function isOtherWord(letters: string): boolean {
  return NO_PINYIN.has(letters);
}

/** What was found out of runs of letters: chats say the same ones again and again. */
const known = new Map<string, Uint8Array | undefined>();
const MOST_KNOWN = 4096;

/** As `beginningsIn`; the answer is used again. */
export function syllableBeginnings(
  letters: string,
  syllables: ReadonlyMap<string, number>,
): Uint8Array | undefined {
  if (letters.length > MAX_SPELLED) return undefined;
  const beginnings = known.get(letters);
  if (beginnings !== undefined || known.has(letters)) return beginnings;
  if (known.size === MOST_KNOWN) known.clear();
  const found = beginningsIn(letters, syllables);
  known.set(letters, found);
  return found;
}

/**
 * Where syllables may begin in `letters`, 1 for each such place; undefined where the run is not made
 * of syllables. `syllables` has those there are.
 */
function beginningsIn(letters: string, syllables: ReadonlyMap<string, number>): Uint8Array | undefined {
  const { length } = letters;
  const reached = new Uint8Array(length + 1);
  reached[0] = 1;
  let farthest = 0;
  for (let at = 0; at < length && at <= farthest; at++) {
    if (reached[at] === 0) continue;
    for (let size = 1; size <= MAX_SYLLABLE && at + size <= length; size++) {
      if (!syllables.has(letters.slice(at, at + size))) continue;
      reached[at + size] = 1;
      farthest = Math.max(farthest, at + size);
    }
  }
  if (reached[length] === 0) return undefined;
  // What leads nowhere is taken back.
  for (let at = length - 1; at >= 0; at--) {
    if (reached[at] === 0) continue;
    let leads = false;
    for (let size = 1; size <= MAX_SYLLABLE && at + size <= length && !leads; size++) {
      leads = reached[at + size] === 1 && syllables.has(letters.slice(at, at + size));
    }
    if (!leads) reached[at] = 0;
  }
  return reached;
}
