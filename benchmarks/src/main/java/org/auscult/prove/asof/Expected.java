package org.auscult.prove.asof;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one feature is, whoever says so: the reference, or an answer of the server.
 *
 * @param missing why there is no value; empty if there is one
 * @param value the number, truth as 1 and 0; 0 if missing
 * @param unit empty for a truth and for what is missing
 * @param origin record or default; empty if missing
 */
record Expected(
    String name,
    String missing,
    double value,
    String unit,
    String origin,
    Set<String> evidence,
    @Nullable Instant effective,
    @Nullable Instant known) {
  static Expected missing(String name, String reason) {
    return new Expected(name, reason, 0, "", "", Set.of(), null, null);
  }

  /** A value made of facts. */
  static Expected of(String name, double value, String unit, Collection<Stated> facts) {
    Set<String> evidence = new TreeSet<>();
    Instant effective = null;
    Instant known = null;
    for (Stated fact : facts) {
      evidence.add(fact.reference());
      // The facts come in order, and the last one says when the value was true.
      effective = fact.isDated() ? fact.from() : null;
      known = later(known, fact.known());
    }
    return new Expected(name, "", value, unit, "record", evidence, effective, known);
  }

  private static Instant later(@Nullable Instant a, Instant b) {
    return a == null || b.isAfter(a) ? b : a;
  }

  static Expected fallback(String name, double value, String unit) {
    return new Expected(name, "", value, unit, "default", Set.of(), null, null);
  }

  boolean isMissing() {
    return !missing.isEmpty();
  }

  static List<String> names(List<Expected> all) {
    return all.stream().map(Expected::name).toList();
  }
}
