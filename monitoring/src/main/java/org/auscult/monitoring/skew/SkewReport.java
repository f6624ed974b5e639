package org.auscult.monitoring.skew;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.auscult.monitoring.skew.VectorCheck.Different;
import org.auscult.monitoring.skew.VectorCheck.NotChecked;

/**
 * What came of holding a sample of served vectors against the record.
 *
 * @param predictions journal entries in the sample
 * @param vectors of them; each is equal, different or unchecked
 * @param unchecked how many could not be checked, by reason
 * @param lines what differs, by feature and kind
 */
public record SkewReport(
    int predictions,
    int vectors,
    int equal,
    int different,
    Map<Unchecked, Integer> unchecked,
    List<Line> lines) {
  private static final int MOST_EXAMPLES = 10;

  public SkewReport {
    unchecked = Map.copyOf(unchecked);
    lines = List.copyOf(lines);
  }

  /**
   * One way in which one feature differs.
   *
   * @param vectors in how many vectors it does
   * @param examples ids of predictions, ten at most
   */
  public record Line(Difference difference, int vectors, List<UUID> examples) {
    public Line {
      examples = List.copyOf(examples);
    }
  }

  /** Share of the vectors that could not be checked, 0 to 1; 0 of none. */
  public double uncheckedShare() {
    return vectors == 0 ? 0 : (double) (vectors - equal - different) / vectors;
  }

  /** Counts checks. */
  public static final class Tally {
    private final Map<Unchecked, Integer> unchecked = new EnumMap<>(Unchecked.class);
    private final Map<String, Counted> lines = new TreeMap<>();
    private int predictions;
    private int vectors;
    private int equal;
    private int different;

    private static final class Counted {
      final Difference difference;
      final Set<UUID> examples = new LinkedHashSet<>();
      int vectors;

      Counted(Difference difference) {
        this.difference = difference;
      }
    }

    /** Adds what came of one entry. */
    public Tally add(UUID entry, List<VectorCheck> checks) {
      predictions++;
      for (VectorCheck check : checks) {
        vectors++;
        if (check instanceof Different found) {
          different++;
          found.differences().forEach(difference -> add(entry, difference));
        } else if (check instanceof NotChecked none) {
          unchecked.merge(none.reason(), 1, Integer::sum);
        } else {
          equal++;
        }
      }
      return this;
    }

    private void add(UUID entry, Difference difference) {
      Counted counted =
          lines.computeIfAbsent(
              difference.definition() + " " + difference.kind(), k -> new Counted(difference));
      counted.vectors++;
      if (counted.examples.size() < MOST_EXAMPLES) {
        counted.examples.add(entry);
      }
    }

    /** What was counted. */
    public SkewReport report() {
      return new SkewReport(
          predictions,
          vectors,
          equal,
          different,
          unchecked,
          lines.values().stream()
              .map(c -> new Line(c.difference, c.vectors, List.copyOf(c.examples)))
              .toList());
    }
  }
}
