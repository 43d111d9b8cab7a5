/* The frame around the messages. */

function render() {
  const { cases, certificate, sources } = documents;
  document.documentElement.lang = state.language === 'zh' ? 'zh-CN' : 'en';
  document.title = `${word('title')} ${cases.case.number}`;
  $('title').replaceChildren(`${word('title')} ${cases.case.number} · `, line(cases.case.title));
  $('language').textContent = word('language');
  $('search').placeholder = word('search');
  $('search').setAttribute('aria-label', word('search'));
  $('contents').replaceChildren(
    make(
      'p',
      { class: 'soft' },
      ...[cases.pack.recipient, cases.pack.purpose, cases.pack.id]
        .filter(Boolean)
        .flatMap((one, i) => [i === 0 ? '' : ' · ', line(one)]),
    ),
    make('h2', {}, word('exhibits')),
    make(
      'ul',
      {},
      ...cases.exhibits.map((exhibit) =>
        make(
          'li',
          {},
          make('a', { href: `#x-${exhibit.number}` }, exhibit.number, ' ', line(exhibit.description)),
        ),
      ),
    ),
    make('h2', {}, word('certificate')),
    make('p', { class: 'soft' }, certificate.statement[state.language]),
    make(
      'ul',
      {},
      ...certificate.conversations.map((one) =>
        make(
          'li',
          { class: 'soft' },
          line(one.name ?? one.conversationId),
          `: ${word('total')} ${one.total} · ${word('inPeriod')} ${one.inPeriod} · ${word('shown')} ${one.selected + one.context} · ${word('leftOut')} ${one.leftOut.reduce((sum, { count }) => sum + count, 0)}`,
        ),
      ),
    ),
    make('h2', {}, word('sources')),
    make(
      'ul',
      {},
      ...sources.sources.map(({ file, sha256: digest }) =>
        make('li', { class: 'soft' }, line(file), ` · ${digest}`),
      ),
    ),
  );
  $('notice').replaceChildren(
    ...(certificate.selective
      ? [
          make(
            'p',
            { class: 'warn' },
            make('b', {}, `${word('excerpt')} · `),
            certificate.statement[state.language],
          ),
        ]
      : []),
  );
  $('trust').textContent = word('trust');
  $('drop-words').textContent = word('drop');
  $('given-words').textContent = word('given');
  $('wanted').placeholder = word('wanted');
  $('wanted').setAttribute('aria-label', word('wanted'));
  const sections = cases.exhibits.map((exhibit) => {
    const own = blocks.filter((block) => block.exhibit === exhibit.number);
    for (const block of own) {
      block.filled = null;
      block.element = make('div', {});
      block.element.style.minHeight = `${block.count * 5}rem`;
      watcher.observe(block.element);
    }
    return make(
      'section',
      {},
      make('h2', { id: `x-${exhibit.number}` }, exhibit.number, ' ', line(exhibit.description)),
      ...own.map(({ element }) => element),
    );
  });
  $('messages').replaceChildren(...sections);
  showChecks();
}
