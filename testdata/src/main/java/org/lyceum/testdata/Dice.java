package org.lyceum.testdata;

/**
 * A seed in, a fixed sequence of numbers out (SplitMix64, Steele, Lea and Flood 2014). The sequence
 * depends on nothing else: not on the platform, and not on the version of Java.
 */
final class Dice {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private long state;

  /** Mixes two numbers to one that looks like neither. */
  static long mix(long seed, long number) {
    return scramble(seed + scramble(number + GOLDEN));
  }

  /** Starts the sequence that belongs to this number under this seed. */
  Dice start(long seed, long number) {
    state = mix(seed, number);
    return this;
  }

  long next() {
    state += GOLDEN;
    return scramble(state);
  }

  /** A number from 0 to bound - 1; the bound is below 2^31. */
  int below(int bound) {
    return (int) (((next() >>> 33) * bound) >>> 31);
  }

  long below(long bound) {
    return Math.floorMod(next(), bound);
  }

  /** True in so many of a thousand cases. */
  boolean perMille(int share) {
    return below(1000) < share;
  }

  String of(String[] choices) {
    return choices[below(choices.length)];
  }

  private static long scramble(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
