/* dateline: what a hand on the mouse or the keys gains. Every page is whole without it: it asks for the same pages,
   fills in the same two fields and follows the same links. Texts of documents reach the page only as the server's own
   markup, parsed and never run. */
(() => {
  'use strict';
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const NS = 'http://www.w3.org/2000/svg';
  const rtl = getComputedStyle(document.documentElement).direction === 'rtl';
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const form = $('#ask'), box = $('#q'), main = $('#main'), status = $('#status');
  const words = document.body.dataset;

  /* ---- search as you type: the same page, its main part put in place of the old one ---- */

  const PAUSE = 150, QUIET = 400;
  let timer = 0, asked = null, typing = false, held = false, moved = 0, latest = 0;

  const address = () => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== '' || name === 'q') query.append(name, value);
    return `${form.getAttribute('action')}?${query}`;
  };

  /* Nothing moves under the hand: a swap waits while the pointer is at work on the answer. */
  const quiet = async (mine) => {
    while (mine === latest && (held || performance.now() - moved < QUIET)) await new Promise((done) => setTimeout(done, 60));
  };

  const swap = (page, fields) => {
    const wasOpen = $$('.time details', main).some((table) => table.open);
    const next = $('#main', page);
    main.replaceChildren(...document.importNode(next, true).childNodes);
    for (const selector of ['.mast nav', '.colophon', '#news']) {
      const [old, fresh] = [$(selector), $(selector, page)];
      if (old && fresh) old.replaceWith(document.importNode(fresh, true));
    }
    $$('input[type=hidden]', form).forEach((input) => input.remove());
    $$('#ask input[type=hidden]', page).forEach((input) => form.append(document.importNode(input, true)));
    if (fields) for (const input of $$('input:not([type=hidden])', form)) {
      const other = $$('input', $('#ask', page)).find((known) => known.name === input.name && known.type === input.type);
      if (other) input.value = other.value;
    }
    document.title = page.title;
    words.revision = page.body.dataset.revision;
    /* Words that the box offers stand in the main part of an answer. */
    if (box && $('#words', main)) box.setAttribute('list', 'words'); else box?.removeAttribute('list');
    if (wasOpen) $$('.time details', main).forEach((table) => { table.open = true; });
    begin();
  };

  /* What is shown: an address without its fragment, which names a place in it. */
  const bare = (url) => { const { pathname, search } = new URL(url, location.href); return pathname + search; };
  let shown = bare(location.href);

  /* `how`: typed (one step of history for all that is typed in one go), go (a step of its own), back (none). What is
     shown already is no step. */
  const load = async (url, how, place = 0) => {
    clearTimeout(timer);
    asked?.abort();
    const own = asked = new AbortController(), mine = ++latest;
    main.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(url, { signal: own.signal, headers: { Accept: 'text/html' } });
      if (answer.status === 503 && how === 'typed') { timer = setTimeout(() => load(url, how), 1000); return; }
      if (!(answer.headers.get('content-type') || '').startsWith('text/html')) throw new TypeError('no page');
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (!$('#main', page)) throw new TypeError('no page of ours');
      if (how === 'typed') await quiet(mine);
      if (mine !== latest) return;
      const isSame = bare(url) === bare(location.href);
      if (how !== 'back' && !isSame && !(how === 'typed' && typing)) history.pushState(null, '', url);
      else if (how !== 'back') history.replaceState(null, '', url);
      typing = how === 'typed' && (typing || !isSame);
      swap(page, how !== 'typed');
      shown = bare(location.href);
      status.textContent = $('h1', main)?.firstChild?.textContent || '';
      if (how === 'go') $('#answer, h1', main)?.focus({ preventScroll: true });
      if (how === 'back') restore(place);
    } catch (error) {
      if (error.name !== 'AbortError' && how !== 'typed') location.href = url;
    } finally {
      if (mine === latest) main.removeAttribute('aria-busy');
    }
  };

  /* The place on a page that is come back to: where it was left, or what its address names. */
  const restore = (place) => {
    const named = location.hash && document.getElementById(location.hash.slice(1));
    if (place || !named) scrollTo({ top: place, behavior: 'instant' });
    else named.scrollIntoView({ behavior: 'instant' });
  };

  if (form && box) {
    /* Each step of history keeps the place where its page was left. */
    let resting = 0;
    addEventListener('scroll', () => {
      clearTimeout(resting);
      resting = setTimeout(() => { if (shown === bare(location.href)) history.replaceState({ place: scrollY }, ''); }, 100);
    }, { passive: true });
    addEventListener('popstate', (event) => {
      clearTimeout(timer);
      clearTimeout(resting);
      typing = false;
      if (bare(location.href) !== shown) { load(location.href, 'back', event.state?.place); return; }
      /* It is shown, and what was on its way in its place is not wanted any more. */
      latest += 1;
      asked?.abort();
      main.removeAttribute('aria-busy');
    });
    box.addEventListener('input', (event) => {
      clearTimeout(timer);
      if (event.isComposing) return;
      timer = setTimeout(() => load(address(), 'typed'), PAUSE);
    });
    /* What is typed after the box was left is a step of its own. */
    box.addEventListener('blur', () => { typing = false; });
    box.addEventListener('compositionend', () => box.dispatchEvent(new Event('input')));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      clearTimeout(timer);
      load(address(), 'go');
    });
    main.addEventListener('pointerdown', () => { held = true; });
    addEventListener('pointerup', () => { held = false; });
    addEventListener('pointercancel', () => { held = false; });
    main.addEventListener('pointermove', () => { moved = performance.now(); });
  }

  /* ---- the brush: drag over the line of dates; whole bars, both ends included ---- */

  let leave = null;
  const brush = () => {
    leave = null;
    const svg = $('.axis', main), picked = $('.picked', main);
    if (!svg || !picked || !form) return;
    const starts = svg.dataset.from.split(' '), ends = svg.dataset.to.split(' ');
    const counts = svg.dataset.counts.split(' ').map(Number), slots = +svg.dataset.slots;
    const from = $('#from'), to = $('#to'), typed = [from.value, to.value];
    const ground = document.createElementNS(NS, 'rect');
    for (const [name, value] of Object.entries({ class: 'brush', y: '0', height: '100%' })) ground.setAttribute(name, value);
    const months = new Intl.DateTimeFormat(document.documentElement.lang, { month: 'long', timeZone: 'UTC' });
    const say = (date) => {
      const [year, month, day] = date.split('-');
      return [day && +day, month && months.format(Date.UTC(2000, month - 1, 1)), +year].filter(Boolean).join(' ');
    };
    let a = -1, b = -1, x = 0, down = false, drawn = false;

    const at = (event) => {
      const place = svg.getBoundingClientRect();
      const share = (event.clientX - place.left) / place.width;
      return Math.min(starts.length - 1, Math.max(0, Math.floor((rtl ? 1 - share : share) * slots)));
    };
    const draw = () => {
      const first = Math.min(a, b), last = Math.max(a, b), width = 100 / slots;
      ground.setAttribute('x', `${rtl ? 100 - (last + 1) * width : first * width}%`);
      ground.setAttribute('width', `${(last - first + 1) * width}%`);
      svg.append(ground);
      [from.value, to.value] = [starts[first], ends[last]];
      const number = counts.slice(first, last + 1).reduce((sum, count) => sum + count, 0);
      const days = starts[first] === ends[last] ? say(starts[first]) : picked.dataset.range.replace('{a}', say(starts[first])).replace('{b}', say(ends[last]));
      picked.hidden = false;
      $('p', picked).textContent = `${days}: ${number === 1 ? picked.dataset.one : picked.dataset.many.replace('{n}', number)}`;
    };
    const drop = () => {
      ground.remove();
      picked.hidden = true;
      [from.value, to.value] = typed;
      a = b = -1;
    };
    /* A stretch of bars is asked for as each bar is by its link: the days of publication certain. */
    const apply = () => {
      $$('input[name=by], input[name=on], input[name=certain]', form).forEach((input) => input.remove());
      form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'certain', value: '1' }));
      form.requestSubmit();
    };
    svg.addEventListener('pointerdown', (event) => {
      if (event.button) return;
      down = true; drawn = false; x = event.clientX; a = at(event);
    });
    svg.addEventListener('pointermove', (event) => {
      if (!down || (!drawn && Math.abs(event.clientX - x) < 5)) return;
      if (!drawn) { drawn = true; svg.setPointerCapture(event.pointerId); }
      b = at(event); draw();
    });
    svg.addEventListener('pointerup', () => { down = false; });
    svg.addEventListener('pointercancel', () => { if (down && drawn) drop(); down = drawn = false; });
    svg.addEventListener('dragstart', (event) => event.preventDefault());
    svg.addEventListener('click', (event) => { if (drawn) { event.preventDefault(); event.stopPropagation(); drawn = false; } }, true);
    const [yes, no] = $$('button', picked);
    yes.addEventListener('click', apply);
    no.addEventListener('click', () => { drop(); $('a', svg)?.focus(); });
    leave = () => { if (picked.hidden) return false; no.click(); return true; };

    /* One stop for the whole line; arrows go along it, Shift picks a stretch, Enter on it shows it. */
    const bars = $$('a', svg);
    const slot = (bar) => {
      const place = Math.round(parseFloat($('rect', bar).getAttribute('x')) * slots / 100);
      return rtl ? slots - 1 - place : place;
    };
    bars.forEach((bar, number) => bar.setAttribute('tabindex', number ? '-1' : '0'));
    svg.addEventListener('keydown', (event) => {
      const bar = event.target.closest('a'), here = bars.indexOf(bar);
      if (here < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === 'Enter' && !picked.hidden) { event.preventDefault(); apply(); return; }
      const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1, Home: -here, End: bars.length - 1 - here }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const next = bars[Math.min(bars.length - 1, Math.max(0, here + step))];
      bars.forEach((known) => known.setAttribute('tabindex', known === next ? '0' : '-1'));
      next.focus();
      if (event.shiftKey) { if (a < 0) a = slot(bar); b = slot(next); draw(); }
    });
  };

  /* ---- the clipboard ---- */

  const copy = (button, text) => navigator.clipboard.writeText(text).then(() => {
    const label = button.firstChild, was = label.textContent;
    label.textContent = words.copied;
    status.textContent = words.copied;
    setTimeout(() => { label.textContent = was; }, 1500);
  }, () => {});
  if (navigator.clipboard) document.addEventListener('click', (event) => {
    const link = event.target.closest('a.link'), button = event.target.closest('button[data-copy]');
    if (button) copy(button, $(button.dataset.copy).textContent);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    copy(link, link.href);
  });

  /* ---- keys: single letters, never in a field, and they can be switched off ---- */

  const dialog = $('#keys'), switcher = $('#keys-off');
  const store = {
    get: () => { try { return localStorage.getItem('dateline-keys'); } catch { return null; } },
    set: (value) => { try { localStorage.setItem('dateline-keys', value); } catch { /* as before */ } },
  };
  let on = store.get() !== 'off';
  const label = () => { switcher.textContent = on ? switcher.dataset.off : switcher.dataset.on; };
  if (switcher) {
    label();
    switcher.addEventListener('click', () => { on = !on; store.set(on ? 'on' : 'off'); label(); });
    document.addEventListener('click', (event) => { if (event.target.closest('#keys-open')) dialog.showModal(); });
  }

  let hit = -1, mark = -1;
  const show = (element) => element?.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
  const toHit = (step) => {
    const hits = $$('.hits .hit', main);
    if (!hits.length) { $(step > 0 ? '#next' : '#previous')?.click(); return; }
    hits[hit]?.removeAttribute('aria-current');
    hit = Math.min(hits.length - 1, Math.max(0, hit + step));
    hits[hit].setAttribute('aria-current', 'true');
    $('h3 a', hits[hit]).focus({ preventScroll: true });
    show(hits[hit]);
  };
  /* From the last match of a part of a document the next one is in another part, or else in the next document. */
  const toMark = (step) => {
    const marks = $$('.text mark', main);
    const next = mark < 0 && step < 0 ? marks.length - 1 : mark + step;
    if (!marks[next]) {
      const [part, result] = step > 0 ? ['#later-match', '#next'] : ['#earlier-match', '#previous'];
      ($(part) || $(result))?.click();
      return;
    }
    mark = next;
    marks[mark].tabIndex = -1;
    marks[mark].focus({ preventScroll: true });
    show(marks[mark]);
  };
  const current = () => $$('.hits .hit', main)[hit];
  const act = {
    '/': () => { box?.focus(); box?.select(); },
    j: () => toHit(1), k: () => toHit(-1),
    o: () => { const link = current() && $('h3 a', current()); link?.click(); },
    n: () => toMark(1), p: () => toMark(-1),
    t: () => { const bar = $('.axis a', main); show($('.axis', main)); bar?.focus({ preventScroll: true }); },
    '[': () => $('#earlier')?.click(), ']': () => $('#later')?.click(),
    '+': () => $('#units [aria-current] + a')?.click(),
    '-': () => $('#units a:has(+ [aria-current])')?.click(),
    c: () => $('.cite-link', current() || main)?.click(),
    '?': () => dialog?.showModal(),
    Escape: () => { if (!leave?.()) $('#back')?.click(); },
  };
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || dialog?.open) return;
    if (event.target.closest?.('input, textarea, select')) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    if (!on && event.key !== 'Escape') return;
    const does = act[event.key];
    if (does) { event.preventDefault(); does(); }
  });

  /* ---- something new in the archive ---- */

  const EVERY = 30_000;
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch('/readyz', { cache: 'no-store' });
      const revision = answer.headers.get('dateline-revision');
      if (revision && words.revision && revision !== words.revision) $('#news').hidden = false;
    } catch { /* the server has stopped; the page stays as it is */ }
  };
  setInterval(look, EVERY);
  document.addEventListener('visibilitychange', look);

  /* What has to be looked for anew in every main part. */
  function begin() {
    hit = mark = -1;
    const opener = $('#keys-open');
    const help = $('#brush-help', main);
    if (opener) opener.hidden = false;
    if (help && $('.axis', main)) help.hidden = false;
    if (navigator.clipboard) $$('button[data-copy]', main).forEach((button) => { button.hidden = false; });
    brush();
  }
  begin();
})();
