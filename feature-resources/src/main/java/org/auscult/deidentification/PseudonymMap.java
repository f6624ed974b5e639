package org.auscult.deidentification;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Who is behind which pseudonym, and by how much each person's dates are shifted.
 *
 * <p>A pseudonym is 128 random bits, and never follows from what it stands for (safety rule 33):
 * who has the copy and a list of identifiers cannot link them, only who has this map. Threads: not
 * safe.
 */
public final class PseudonymMap {
  /** Half a year to either side. */
  static final int LONGEST_SHIFT_DAYS = 182;

  private final SecureRandom random;
  private final Map<String, String> pseudonyms = new HashMap<>();
  private final Map<String, Integer> shifts = new HashMap<>();

  public PseudonymMap(SecureRandom random) {
    this.random = random;
  }

  /**
   * The pseudonym of one original; made when it is first asked for.
   *
   * @param original type and logical id, such as {@code Patient/12}
   */
  public String pseudonym(String original) {
    return pseudonyms.computeIfAbsent(original, o -> fresh());
  }

  /** A pseudonym of nothing that has a name. */
  public String fresh() {
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    String hex = HexFormat.of().formatHex(bits);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  /** By how many days a person's dates are shifted: 1 to 182 to either side, never 0. */
  public int shiftDays(String original) {
    return shifts.computeIfAbsent(original, o -> shift());
  }

  private int shift() {
    int days = 1 + random.nextInt(LONGEST_SHIFT_DAYS);
    return random.nextBoolean() ? days : -days;
  }

  /** What a pseudonym stands for; it may be written with its type, as {@code Patient/…}. */
  public Optional<String> original(String pseudonym) {
    String bare = pseudonym.substring(pseudonym.lastIndexOf('/') + 1);
    return pseudonyms.entrySet().stream()
        .filter(entry -> entry.getValue().equals(bare))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** How many pseudonyms it has given. */
  public int size() {
    return pseudonyms.size();
  }

  /** Tells each original and its pseudonym. */
  public void eachPseudonym(BiConsumer<String, String> told) {
    pseudonyms.forEach(told);
  }

  /** Tells each person and their shift in days. */
  public void eachShift(BiConsumer<String, Integer> told) {
    shifts.forEach(told);
  }

  /** Takes a pseudonym that was given before. */
  public void restore(String original, String pseudonym) {
    pseudonyms.put(original, pseudonym);
  }

  /** Takes a shift that was given before. */
  public void restoreShift(String original, int days) {
    shifts.put(original, days);
  }

  /** Neither originals nor pseudonyms. */
  @Override
  public String toString() {
    return "PseudonymMap[" + size() + "]";
  }
}
