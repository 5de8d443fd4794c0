package org.lyceum.transforms.io.http;

import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;

/** How a session says who it is. None of these shows its secret as text. */
public sealed interface HttpAuth {

  static HttpAuth none() {
    return new None();
  }

  /** Digest authentication: a host's challenge is answered, and used until it gives another. */
  static HttpAuth digest(String user, String password) {
    return new Digest(user, password);
  }

  /**
   * A bearer token: fetched before the first request, a minute before it expires, and once more
   * when a host refuses it.
   *
   * @param tokens fetches a fresh token; called by one thread at a time, its exceptions pass
   *     through to whoever asked
   */
  static HttpAuth bearer(Supplier<Token> tokens) {
    return new Bearer(tokens);
  }

  /** A token and when it is over. */
  record Token(String value, Instant expiresAt) {
    public Token {
      Objects.requireNonNull(value);
      Objects.requireNonNull(expiresAt);
    }

    @Override
    public String toString() {
      return "a token until " + expiresAt;
    }
  }

  /** Says nothing. */
  record None() implements HttpAuth {}

  /** User and password. */
  record Digest(String user, String password) implements HttpAuth {
    public Digest {
      Objects.requireNonNull(user);
      Objects.requireNonNull(password);
    }

    @Override
    public String toString() {
      return "digest";
    }
  }

  /** Tokens from somewhere else. */
  record Bearer(Supplier<Token> tokens) implements HttpAuth {
    public Bearer {
      Objects.requireNonNull(tokens);
    }

    @Override
    public String toString() {
      return "bearer";
    }
  }
}
