package org.lyceum.bench;

/** A benchmark that has no result: a command failed, or a side does not hold what the log holds. */
final class BenchFailure extends Exception {
  BenchFailure(String message) {
    super(message);
  }
}
