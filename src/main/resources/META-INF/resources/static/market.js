// Keeps the page up to date: the server says that there is news, and the page is read anew and laid over this one.
'use strict';

(() => {
  const LEAST_PAUSE = 2000; // milliseconds
  const live = document.getElementById('live');
  let reading = false;
  let readAt = 0;
  let soon = false;

  const say = text => {
    if (live.textContent !== text) live.textContent = text;
  };

  // Only what differs is touched, so that focus, selection and scroll position stay.
  const lay = (old, fresh) => {
    if (old.isEqualNode(fresh)) return;
    const same = old.nodeName === fresh.nodeName && old.childNodes.length === fresh.childNodes.length;
    if (!same) {
      old.replaceWith(document.importNode(fresh, true));
    } else if (old.nodeType === Node.TEXT_NODE) {
      old.data = fresh.data;
    } else {
      if (old.className !== fresh.className) old.className = fresh.className;
      if (old.href !== fresh.href) old.href = fresh.href;
      [...old.childNodes].forEach((child, index) => lay(child, fresh.childNodes[index]));
    }
  };

  // News that comes too soon after the last is read a little later, not left out.
  const later = pause => {
    if (soon) return;
    soon = true;
    setTimeout(() => {
      soon = false;
      read();
    }, pause);
  };

  const read = async () => {
    const pause = readAt + LEAST_PAUSE - Date.now();
    if (document.hidden) return;
    if (reading || pause > 0) {
      later(Math.max(pause, 100));
      return;
    }
    reading = true;
    readAt = Date.now();
    try {
      const answer = await fetch(location.href, { cache: 'no-cache' });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      lay(document.getElementById('main'), page.getElementById('main'));
      say('Live');
    } catch {
      say('Out of reach: what you see may be old');
    } finally {
      reading = false;
    }
  };

  const stream = new EventSource('/api/v1/stream');
  stream.addEventListener('open', () => say('Live'));
  stream.addEventListener('error', () => say('Out of reach: what you see may be old'));
  stream.addEventListener('market', read);
  stream.addEventListener('source', read);
  document.addEventListener('visibilitychange', read);
})();
