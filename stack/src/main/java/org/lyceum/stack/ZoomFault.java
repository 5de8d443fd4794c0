package org.lyceum.stack;

/** What {@link ZoomServer} can be told to do instead of answering. */
public enum ZoomFault {
  /** 500, as in a storm of them. */
  SERVER_ERROR,
  /** The right reply, of which only the first half comes before the connection ends. */
  CUT,
  /** 200 with a page for people. */
  HTML,
  /** No reply before the server is closed. */
  SLOW,
  /** 429 of a limit per second: go on in a second. */
  PER_SECOND_LIMIT,
  /** 429 of a limit per day, with the moment when to go on. */
  DAILY_LIMIT,
  /** 429 of a limit per day whose message alone says when to go on. */
  DAILY_LIMIT_WITHOUT_HEADERS,
  /** 404 with code 3001, as shortly after a meeting's end. */
  NOT_YET,
  /** 401 with code 124, as if the access token had just ended. */
  TOKEN_ENDED,
  /** 400 with code 300, as if the page token had just ended. */
  PAGE_TOKEN_ENDED
}
