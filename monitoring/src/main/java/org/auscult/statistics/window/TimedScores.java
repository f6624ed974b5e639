package org.auscult.statistics.window;

import java.time.Instant;
import java.util.Arrays;
import org.auscult.statistics.sample.LabelledScores;

/**
 * Scores with labels in the order of their time, to the millisecond; those of one time in the order
 * in which they were given.
 *
 * <p>Memory: 17 bytes for each row, and as much again while they are put in order.
 */
public final class TimedScores {
  private final long[] times;
  private final double[] scores;
  private final boolean[] events;

  private TimedScores(long[] times, double[] scores, boolean[] events) {
    this.times = times;
    this.scores = scores;
    this.events = events;
  }

  /** To be filled with rows. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gathers rows, in whatever order. Not for several threads. */
  public static final class Builder {
    private long[] times = new long[16];
    private double[] scores = new double[16];
    private boolean[] events = new boolean[16];
    private int size;

    private Builder() {}

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException if the score is not finite
     */
    public void add(Instant time, double score, boolean event) {
      if (!Double.isFinite(score)) {
        throw new IllegalArgumentException("A score is a finite number, not " + score);
      }
      if (size == times.length) {
        int more = size + (size >> 1);
        times = Arrays.copyOf(times, more);
        scores = Arrays.copyOf(scores, more);
        events = Arrays.copyOf(events, more);
      }
      times[size] = time.toEpochMilli();
      scores[size] = score;
      events[size] = event;
      size++;
    }

    /** All rows so far. */
    public TimedScores build() {
      long[] sorted = Arrays.copyOf(times, size);
      Arrays.sort(sorted);
      TimedScores rows = new TimedScores(sorted, new double[size], new boolean[size]);
      int[] placed = new int[size];
      for (int i = 0; i < size; i++) {
        int first = rows.before(times[i]);
        int place = first + placed[first]++;
        rows.scores[place] = scores[i];
        rows.events[place] = events[i];
      }
      return rows;
    }
  }

  /** Rows. */
  public int n() {
    return times.length;
  }

  /** When the i-th row was, ascending from 0. */
  public Instant time(int i) {
    return Instant.ofEpochMilli(times[i]);
  }

  /** Its score. */
  public double score(int i) {
    return scores[i];
  }

  /** Whether it has the event. */
  public boolean event(int i) {
    return events[i];
  }

  /** How many rows were before this instant. */
  private int before(long millis) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < millis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The rows from one instant until before another. */
  LabelledScores between(Instant from, Instant until) {
    LabelledScores.Builder builder = LabelledScores.builder();
    int end = before(until.toEpochMilli());
    for (int i = before(from.toEpochMilli()); i < end; i++) {
      builder.add(scores[i], events[i]);
    }
    return builder.build();
  }
}
