package org.auscult.statistics.uncertainty;

/**
 * Chance that is the same wherever the seed is: 64 bits of state, stepped by a constant, mixed.
 *
 * <p>Source: Steele, Lea, Flood, Fast splittable pseudorandom number generators, OOPSLA 2014; the
 * mixing constants of Stafford's variant 13. Threads: not for several.
 */
public final class SplitMix64 {
  private long state;

  public SplitMix64(long seed) {
    state = seed;
  }

  /** 64 bits. */
  public long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A number in [0, 1): the upper 53 bits, times 2⁻⁵³. */
  public double uniform() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /** A whole number in [0, bound): the upper half of the product, which is even to 2⁻³². */
  public int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** A normal number, by Box and Muller from two uniform ones. */
  public double normal() {
    double radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    return radius * Math.cos(2 * Math.PI * uniform());
  }
}
