package org.auscult.feature;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.auscult.timeline.Quantity;

/**
 * Which recorded codes count as which others, and what recorded units mean: what the mapping
 * resources of a site say together. Facts stay as they were recorded; definitions are widened, so
 * that one read finds them.
 *
 * <p>One step: what counts as a code does not count as what that one counts as in turn.
 */
public final class Translation {
  /** Nothing is mapped. */
  public static final Translation NONE = new Translation(List.of(), List.of());

  private static final Comparator<Code> ORDER =
      Comparator.comparing(Code::system).thenComparing(Code::code);

  private final Map<Code, Set<Code>> meanings = new HashMap<>();
  private final Map<Code, Set<Code>> recorded = new HashMap<>();
  private final Map<Code, Code> representatives = new HashMap<>();
  private final Map<String, List<UnitRule>> units = new HashMap<>();
  private final boolean isEmpty;

  /**
   * A recorded code that counts as another one.
   *
   * @param recorded as it stands in the record
   * @param countsAs of the same meaning, or of a wider one
   */
  public record Pair(Code recorded, Code countsAs) {
    public Pair {
      Objects.requireNonNull(recorded);
      Objects.requireNonNull(countsAs);
    }
  }

  /**
   * What a unit means that is no UCUM.
   *
   * @param systems facts with a code of these; all if empty
   * @param text as recorded
   * @param ucum what it means
   */
  public record UnitRule(Set<String> systems, String text, String ucum) {
    public UnitRule {
      systems = Set.copyOf(systems);
      Objects.requireNonNull(text);
      Objects.requireNonNull(ucum);
    }

    boolean holdsFor(Collection<Code> codes) {
      return systems.isEmpty() || codes.stream().anyMatch(c -> systems.contains(c.system()));
    }
  }

  private Translation(Collection<Pair> pairs, Collection<UnitRule> rules) {
    for (Pair pair : pairs) {
      if (!pair.recorded().equals(pair.countsAs())) {
        add(meanings, pair.recorded(), pair.countsAs());
        add(recorded, pair.countsAs(), pair.recorded());
        CodeFamilies.of(pair.countsAs()).forEach(family -> add(recorded, family, pair.recorded()));
      }
    }
    rules.forEach(rule -> units.computeIfAbsent(rule.text(), t -> new ArrayList<>()).add(rule));
    meanings.keySet().forEach(this::represent);
    isEmpty = meanings.isEmpty() && units.isEmpty();
  }

  /** What these say together. */
  public static Translation of(Collection<Pair> pairs, Collection<UnitRule> rules) {
    return pairs.isEmpty() && rules.isEmpty() ? NONE : new Translation(pairs, rules);
  }

  private static void add(Map<Code, Set<Code>> to, Code key, Code value) {
    to.computeIfAbsent(key, k -> new TreeSet<>(ORDER)).add(value);
  }

  /** Codes that mean the same, each counting as the other, are all represented by one of them. */
  private void represent(Code code) {
    if (representatives.containsKey(code)) {
      return;
    }
    SortedSet<Code> same = new TreeSet<>(ORDER);
    Deque<Code> next = new ArrayDeque<>(List.of(code));
    while (!next.isEmpty()) {
      Code one = next.removeFirst();
      if (same.add(one)) {
        meanings.getOrDefault(one, Set.of()).stream()
            .filter(other -> meanings.getOrDefault(other, Set.of()).contains(one))
            .forEach(next::add);
      }
    }
    same.forEach(one -> representatives.put(one, same.first()));
  }

  /** Whether nothing is mapped. */
  public boolean isEmpty() {
    return isEmpty;
  }

  /** Codes, and behind them the recorded ones that count as them. */
  public Set<Code> widened(Set<Code> codes) {
    if (isEmpty) {
      return codes;
    }
    Set<Code> widened = new LinkedHashSet<>(codes);
    codes.forEach(code -> widened.addAll(recorded.getOrDefault(code, Set.of())));
    return widened;
  }

  /** A fact's codes, and behind them those that they count as. */
  Collection<Code> meanings(Collection<Code> codes) {
    if (isEmpty) {
      return codes;
    }
    Set<Code> all = new LinkedHashSet<>(codes);
    codes.forEach(code -> all.addAll(meanings.getOrDefault(code, Set.of())));
    return all;
  }

  /** Codes with one for each meaning. */
  Set<Code> represented(Collection<Code> codes) {
    if (isEmpty) {
      return Set.copyOf(codes);
    }
    Set<Code> all = new HashSet<>();
    codes.forEach(code -> all.add(representatives.getOrDefault(code, code)));
    return all;
  }

  /** A recorded number in the unit that was meant. */
  Quantity read(Collection<Code> codes, Quantity original) {
    if (units.isEmpty()) {
      return original;
    }
    return units.getOrDefault(original.unit().trim(), List.of()).stream()
        .filter(rule -> rule.holdsFor(codes))
        .findFirst()
        .map(rule -> new Quantity(original.value(), rule.ucum()))
        .orElse(original);
  }

  /** What is added to some codes, one line for each pair and each unit that may bear on them. */
  SortedSet<String> lines(Set<Code> codes) {
    SortedSet<String> lines = new TreeSet<>();
    if (isEmpty || codes.isEmpty()) {
      return lines;
    }
    for (Code code : codes) {
      recorded
          .getOrDefault(code, Set.of())
          .forEach(from -> lines.add("map\t" + from + "\t" + code));
    }
    Set<Code> widened = widened(codes);
    units.values().stream()
        .flatMap(List::stream)
        .filter(rule -> rule.holdsFor(widened))
        .forEach(rule -> lines.add("unit\t" + rule.text() + "\t" + rule.ucum()));
    return lines;
  }
}
