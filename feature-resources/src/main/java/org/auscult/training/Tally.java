package org.auscult.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Counts of a data set, by path: {@code rows/train}, {@code missing/age/not-recorded}. Those of its
 * shards add up to those of the whole. Threads: not safe.
 */
public final class Tally {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SortedMap<String, Long> counts = new TreeMap<>();

  /** Adds one. */
  public void add(String path) {
    add(path, 1);
  }

  /** Adds so many. */
  public void add(String path, long howMany) {
    counts.merge(path, howMany, Long::sum);
  }

  /** Adds all of another. */
  public void add(Tally other) {
    other.counts.forEach(this::add);
  }

  /** How many there are. */
  public long get(String path) {
    return counts.getOrDefault(path, 0L);
  }

  /** All counts. */
  public SortedMap<String, Long> counts() {
    return Collections.unmodifiableSortedMap(counts);
  }

  /** The counts below a path, by what follows it. */
  public SortedMap<String, Long> below(String path) {
    SortedMap<String, Long> found = new TreeMap<>();
    each(path, found::put);
    return found;
  }

  private void each(String path, BiConsumer<String, Long> take) {
    String before = path + "/";
    counts
        .subMap(before, path + (char) ('/' + 1))
        .forEach((name, count) -> take.accept(name.substring(before.length()), count));
  }

  /** As it is kept. */
  public String write() {
    try {
      return JSON.writeValueAsString(counts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Counts cannot be written", e);
    }
  }

  /** What {@link #write} wrote. */
  public static Tally read(String json) {
    try {
      Tally tally = new Tally();
      Map<String, Long> counts = JSON.readValue(json, new TypeReference<Map<String, Long>>() {});
      counts.forEach(tally::add);
      return tally;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("These are no counts", e);
    }
  }
}
