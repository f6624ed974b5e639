package org.auscult.prove.asof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares what the server answered with what the reference says, and looks for leaks. */
final class Comparison {
  /** Relative; the product reckons in decimals, the reference in floating point. */
  private static final double TOLERANCE = 1e-9;

  /** A difference: what differs, and where. */
  record Difference(String kind, String text) {}

  private Comparison() {}

  static List<Difference> compare(List<Expected> expected, List<Expected> answered) {
    List<Difference> differences = new ArrayList<>();
    if (!Expected.names(expected).equals(Expected.names(answered))) {
      differences.add(new Difference("order", "the features are not those of the set, in order"));
      return differences;
    }
    for (int i = 0; i < expected.size(); i++) {
      one(expected.get(i), answered.get(i), differences);
    }
    return differences;
  }

  private static void one(Expected must, Expected is, List<Difference> differences) {
    check("missing", must, is, must.missing().equals(is.missing()), differences);
    if (!must.isMissing() && !is.isMissing()) {
      double size = Math.max(1, Math.abs(must.value()));
      boolean same = Math.abs(must.value() - is.value()) <= TOLERANCE * size;
      check("value", must, is, same, differences);
      check("unit", must, is, must.unit().equals(is.unit()), differences);
      check("origin", must, is, must.origin().equals(is.origin()), differences);
      check("evidence", must, is, must.evidence().equals(is.evidence()), differences);
      check("effective", must, is, Objects.equals(must.effective(), is.effective()), differences);
      check("known", must, is, Objects.equals(must.known(), is.known()), differences);
    }
  }

  private static void check(
      String kind, Expected must, Expected is, boolean holds, List<Difference> differences) {
    if (!holds) {
      differences.add(new Difference(kind, "must be " + must + " but is " + is));
    }
  }

  /**
   * Whatever was used and lies after the index time, or was learnt after it was to be known.
   *
   * @param known since when the record knew each version, by versioned reference; from the
   *     histories
   */
  static List<Difference> leaks(
      Collection<Expected> answered,
      Instant at,
      Instant knownAt,
      Map<String, Standing> known,
      Statements statements) {
    List<Difference> leaks = new ArrayList<>();
    for (Expected value : answered) {
      if (value.effective() != null && value.effective().isAfter(at)) {
        leaks.add(new Difference("leak", value.name() + " is of " + value.effective()));
      }
      if (value.known() != null && value.known().isAfter(knownAt)) {
        leaks.add(new Difference("leak", value.name() + " was known from " + value.known()));
      }
      for (String reference : value.evidence()) {
        Standing standing = known.get(reference);
        if (standing == null) {
          leaks.add(new Difference("leak", value.name() + " rests on unknown " + reference));
        } else if (standing.from().isAfter(knownAt)) {
          leaks.add(new Difference("leak", value.name() + " used the later " + reference));
        } else if (statements
            .when(standing.version())
            .filter(w -> w.visible().isAfter(at))
            .isPresent()) {
          leaks.add(new Difference("leak", value.name() + " used the coming " + reference));
        }
      }
    }
    return leaks;
  }

  /** The versions of many histories by reference. */
  static Map<String, Standing> byReference(Iterable<Standing> all) {
    Map<String, Standing> known = new HashMap<>();
    all.forEach(s -> known.put(s.version().reference(), s));
    return known;
  }
}
