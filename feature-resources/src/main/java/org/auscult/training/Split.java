package org.auscult.training;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How rows are shared out. By patient and by slot a hash of seed and key decides, so that a patient
 * stays where he is whoever else joins the cohort; by time, two days between which the middle share
 * lies.
 *
 * @param train share of the training part, 0 to 1; the three add up to 1
 */
public record Split(By by, long seed, BigDecimal train, BigDecimal validation, BigDecimal test) {
  /** What decides. */
  public enum By {
    /** All rows of a patient go together. */
    PATIENT,
    /**
     * All rows of the patients who share birth date and sex go together: in synthetic data these
     * may be copies of one person.
     */
    SLOT,
    /** Earlier rows train, later ones test; a patient may be in several parts. */
    TIME;

    /** As a request spells it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int BITS = 53;

  public Split {
    Objects.requireNonNull(by);
    boolean isNegative =
        train.signum() < 0 || validation.signum() < 0 || test.signum() < 0 || train.signum() == 0;
    if (isNegative || train.add(validation).add(test).compareTo(BigDecimal.ONE) != 0) {
      throw new IllegalArgumentException(
          "train, validation and test are "
              + train
              + ", "
              + validation
              + " and "
              + test
              + "; they take shares that add up to 1, that of train more than 0");
    }
  }

  /** The part of a key: a patient's id, or a slot. */
  public Part of(String key) {
    double place = place(key);
    if (place < train.doubleValue()) {
      return Part.TRAIN;
    }
    return place < train.add(validation).doubleValue() ? Part.VALIDATION : Part.TEST;
  }

  /** A number from 0 (inclusive) to 1 (exclusive), the same for the same seed and key for ever. */
  private double place(String key) {
    byte[] hash = sha256(seed + "\n" + key);
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << Byte.SIZE | hash[i] & 0xff;
    }
    return (bits >>> (Long.SIZE - BITS)) * 0x1.0p-53;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /**
   * The days (UTC) at which the parts of a split by time begin.
   *
   * @param validation null if there is no such part
   * @param test null if there is no such part
   */
  public record Days(@Nullable LocalDate validation, @Nullable LocalDate test) {
    /** The part of an index time. */
    public Part of(Instant time) {
      LocalDate day = time.atZone(ZoneOffset.UTC).toLocalDate();
      if (test != null && !day.isBefore(test)) {
        return Part.TEST;
      }
      return validation != null && !day.isBefore(validation) ? Part.VALIDATION : Part.TRAIN;
    }
  }

  /**
   * The days that come nearest to the shares: a part begins with the first day before which at
   * least the shares of the earlier parts lie.
   *
   * @param rows how many index times there are on each day
   */
  public Days days(Map<LocalDate, Long> rows) {
    NavigableMap<LocalDate, Long> sorted = new TreeMap<>(rows);
    long all = sorted.values().stream().mapToLong(Long::longValue).sum();
    return new Days(
        validation.signum() == 0 ? null : begin(sorted, all, train),
        test.signum() == 0 ? null : begin(sorted, all, train.add(validation)));
  }

  private static LocalDate begin(
      NavigableMap<LocalDate, Long> rows, long all, BigDecimal shareBefore) {
    BigDecimal due = shareBefore.multiply(BigDecimal.valueOf(all));
    long before = 0;
    for (Map.Entry<LocalDate, Long> day : rows.entrySet()) {
      if (BigDecimal.valueOf(before).compareTo(due) >= 0) {
        return day.getKey();
      }
      before += day.getValue();
    }
    // Nothing is left for it.
    return rows.isEmpty() ? LocalDate.EPOCH : rows.lastKey().plusDays(1);
  }
}
