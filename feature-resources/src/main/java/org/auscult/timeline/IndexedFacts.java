package org.auscult.timeline;

import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one reading, past and future alike, in the order in which they were read. What is
 * asked of them is indexed when it is first asked, and then looked at as of many times.
 *
 * <p>Threads: safe; what two make at once is the same.
 */
final class IndexedFacts extends AbstractList<Fact> implements RandomAccess {
  /** Questions of a hundred feature sets; who asks more asks anew each time. */
  private static final int MOST_ANSWERS = 5_000;

  private final List<Fact> facts;
  private final Map<FactQuestion<?>, Strand<?>> answers = new ConcurrentHashMap<>();
  private volatile @Nullable Instant latest;
  private volatile @Nullable Map<Code, List<Fact>> byCode;
  private volatile @Nullable Map<Code, List<Fact>> byFamily;

  private IndexedFacts(List<Fact> facts) {
    this.facts = List.copyOf(facts);
  }

  static IndexedFacts of(List<Fact> facts) {
    return facts instanceof IndexedFacts indexed ? indexed : new IndexedFacts(facts);
  }

  @Override
  public Fact get(int index) {
    return facts.get(index);
  }

  @Override
  public int size() {
    return facts.size();
  }

  /** Those that were visible by then: themselves, if they all were. */
  IndexedFacts until(Instant at) {
    if (!latest().isAfter(at)) {
      return this;
    }
    return of(facts.stream().filter(fact -> !fact.effective().visibleFrom().isAfter(at)).toList());
  }

  private Instant latest() {
    Instant known = latest;
    if (known == null) {
      known = Instant.MIN;
      for (Fact fact : facts) {
        Instant visible = fact.effective().visibleFrom();
        known = visible.isAfter(known) ? visible : known;
      }
      latest = known;
    }
    return known;
  }

  /** What a question finds, whenever it was. */
  <T> Strand<T> answer(FactQuestion<T> question) {
    @SuppressWarnings("unchecked") // Put in below, for the same question.
    Strand<T> known = (Strand<T>) answers.get(question);
    if (known == null) {
      known = new Strand<>(find(question.kind(), question.codes()), question);
      if (answers.size() < MOST_ANSWERS) {
        answers.put(question, known);
      }
    }
    return known;
  }

  /** Facts of a kind with any of these codes, or one of a family among them, but no errors. */
  List<Fact> find(ResourceKind kind, Collection<Code> codes) {
    if (codes.size() == 1 && !CodeFamilies.areAmong(codes)) {
      List<Fact> ofCode = byCode().getOrDefault(codes.iterator().next(), List.of());
      List<Fact> ofKind = new ArrayList<>(ofCode.size());
      for (Fact fact : ofCode) {
        if (fact.source().kind() == kind) {
          ofKind.add(fact);
        }
      }
      return ofKind;
    }
    List<Fact> found = new ArrayList<>();
    Set<Fact> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Code code : codes) {
      Map<Code, List<Fact>> index = CodeFamilies.isFamily(code) ? byFamily() : byCode();
      for (Fact fact : index.getOrDefault(code, List.of())) {
        if (fact.source().kind() == kind && seen.add(fact)) {
          found.add(fact);
        }
      }
    }
    return found;
  }

  private Map<Code, List<Fact>> byCode() {
    Map<Code, List<Fact>> index = byCode;
    if (index == null) {
      index = new HashMap<>();
      List<Code> codes = List.of();
      List<Fact> run = List.of();
      for (Fact fact : facts) {
        if (fact.context().status().equals("entered-in-error")) {
          continue;
        }
        if (fact.codes().size() != 1) {
          for (Code code : Set.copyOf(fact.codes())) {
            index.computeIfAbsent(code, c -> new ArrayList<>()).add(fact);
          }
        } else {
          // Facts of one code mostly come one behind the other, with one list of it.
          if (fact.codes() != codes) {
            codes = fact.codes();
            run = index.computeIfAbsent(codes.get(0), c -> new ArrayList<>());
          }
          run.add(fact);
        }
      }
      byCode = index;
    }
    return index;
  }

  /** Made when it is first asked for: most features name no family. */
  private Map<Code, List<Fact>> byFamily() {
    Map<Code, List<Fact>> index = byFamily;
    if (index == null) {
      index = new HashMap<>();
      for (Map.Entry<Code, List<Fact>> entry : byCode().entrySet()) {
        for (Code family : CodeFamilies.of(entry.getKey())) {
          index.computeIfAbsent(family, f -> new ArrayList<>()).addAll(entry.getValue());
        }
      }
      byFamily = index;
    }
    return index;
  }
}
