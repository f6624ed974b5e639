package org.auscult.deidentification;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What became of each resource, and which elements were dropped. Threads: not safe. */
public final class Tally {
  private final SortedMap<String, Long> written = new TreeMap<>();
  private final SortedMap<String, Map<LeftOut, Long>> leftOut = new TreeMap<>();
  private final SortedMap<String, Long> dropped = new TreeMap<>();

  /** Why a resource is not in the copy. */
  public enum LeftOut {
    TYPE("its type does not pass"),
    MODIFIER("something in it that we do not know changes its meaning"),
    EMPTIED("what may not pass is what it is about"),
    AI_WRITTEN("a model wrote it"),
    PROTECTED("its codes are under special protection"),
    BELOW_K("too few persons are like its person"),
    UNREADABLE("it cannot be read");

    private final String text;

    LeftOut(String text) {
      this.text = text;
    }

    /** For people. */
    public String text() {
      return text;
    }
  }

  /** A resource is in the copy. */
  public void written(String type) {
    written.merge(type, 1L, Long::sum);
  }

  /** A resource is not in the copy. */
  public void leftOut(String type, LeftOut why) {
    leftOut.computeIfAbsent(type, t -> new EnumMap<>(LeftOut.class)).merge(why, 1L, Long::sum);
  }

  /**
   * An element is not in the copy.
   *
   * @param path of names of FHIR's, never of content
   */
  public void dropped(String path) {
    dropped.merge(path, 1L, Long::sum);
  }

  /** Resources in the copy, by type. */
  public SortedMap<String, Long> written() {
    return new TreeMap<>(written);
  }

  /** Resources left out, by type and reason. */
  public SortedMap<String, Map<LeftOut, Long>> leftOut() {
    return new TreeMap<>(leftOut);
  }

  /** How many were left out for one reason. */
  public long leftOut(LeftOut why) {
    return leftOut.values().stream().mapToLong(counts -> counts.getOrDefault(why, 0L)).sum();
  }

  /** Elements dropped, by path. */
  public SortedMap<String, Long> dropped() {
    return new TreeMap<>(dropped);
  }
}
