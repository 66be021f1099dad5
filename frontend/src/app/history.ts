import { createBrowserHistory, parseHref, type RouterHistory } from '@tanstack/history';

/**
 * Addresses after `#`, so that any host can serve the page from one file. Unlike the library's own hash history it
 * leaves the query in front of the `#` alone: that one belongs to the host.
 */
export const afterHash = (): RouterHistory =>
  createBrowserHistory({
    parseLocation: () => parseHref(window.location.hash.slice(1) || '/', window.history.state),
    createHref: (href) => `${window.location.pathname}${window.location.search}#${href}`,
  });
