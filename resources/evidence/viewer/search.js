/* Searching the rows, block by block. */

let searching = 0;
/** Searches under way: the checks wait for them. */
let awaited = 0;
async function search() {
  awaited++;
  try {
    await find();
  } finally {
    awaited--;
  }
}

async function find() {
  const needle = $('search').value.trim().toLowerCase();
  const run = ++searching;
  const box = $('results');
  box.hidden = needle === '';
  if (needle === '') return;
  const found = [];
  let total = 0;
  for (const block of blocks) {
    const text = await inflate(block.script);
    if (run !== searching) return;
    if (!text.toLowerCase().includes(JSON.stringify(needle).slice(1, -1))) continue;
    text
      .trimEnd()
      .split('\n')
      .forEach((raw, i) => {
        const row = JSON.parse(raw);
        const inside = JSON.stringify([
          row.message.text,
          row.message.carried,
          row.sender.name,
          row.message.senderName,
        ]).toLowerCase();
        if (!inside.includes(JSON.stringify(needle).slice(1, -1))) return;
        total++;
        if (found.length < LISTED) found.push({ number: block.first + i, row });
      });
  }
  box.replaceChildren(
    make(
      'b',
      {},
      total === 0 ? word('none') : `${total} ${word('results')}${total > LISTED ? ` (${word('more')})` : ''}`,
    ),
    make(
      'ul',
      {},
      ...found.map(({ number, row }) =>
        make(
          'li',
          {},
          make(
            'a',
            {
              href: `#r${number}`,
              onclick: (event) => {
                event.preventDefault();
                show(number);
              },
            },
            `#${number} `,
            line(row.sender.name ?? ''),
            ': ',
            line(row.message.text.slice(0, 80)),
          ),
        ),
      ),
    ),
  );
}
