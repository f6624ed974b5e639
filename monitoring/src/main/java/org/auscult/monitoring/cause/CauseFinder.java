package org.auscult.monitoring.cause;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.auscult.monitoring.cause.Traces.OfFeature;
import org.auscult.monitoring.cause.Traces.SeenCode;
import org.auscult.monitoring.drift.DriftReport;
import org.auscult.monitoring.drift.DriftedVariable;
import org.auscult.monitoring.drift.ServedColumn;
import org.auscult.monitoring.drift.ServedSample;
import org.auscult.statistics.drift.NumericDrift;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.PValue;
import org.auscult.statistics.sample.Numbers;
import org.auscult.statistics.uncertainty.Proportion;
import org.auscult.unit.CodeUnits;
import org.jspecify.annotations.Nullable;

/**
 * Names why features drifted, by what the record held of some rows of now, and of the reference.
 *
 * <p>Idea: a feature reads codes, in units, from sources. What it was read from is compared, trait
 * by trait; where what it lists has become rare, something that it does not list is looked for that
 * bears its words (of several what is most like it), or comes in a unit that can be read, and has
 * become frequent. A share counts that rose by ten of a hundred, in more than ten rows, at the
 * level 0.001 by the chi-squared test, corrected by Bonferroni for all that are compared; and if
 * both with it and without it there are more than ten rows, only if their values differ. What has
 * not drifted is not asked about.
 */
public final class CauseFinder {
  private static final double LEVEL = 0.001;
  private static final int FEW = 10;
  private static final int MOST_OTHER_CODES = 3;

  /** Of rows without what a feature lists, so many have what stands for it, if no word tells. */
  private static final double NEARLY_ALL = 0.8;

  private final CodeUnits units;
  private final ZoneId zone;

  /**
   * @param zone the site's, whose days are told
   */
  public CauseFinder(CodeUnits units, ZoneId zone) {
    this.units = units;
    this.zone = zone;
  }

  /**
   * What is known.
   *
   * @param sources of each feature of the model those that read codes: itself, or what it is made
   *     of
   * @param before what the record held of rows of the reference
   * @param now what it held of rows of now
   */
  public record Known(
      Map<String, List<TracedFeature>> sources, Traces before, List<LookedRow> now) {
    public Known {
      sources = Map.copyOf(sources);
      now = List.copyOf(now);
    }
  }

  /**
   * Why features drifted, in their order; nothing of those of which nothing is found.
   *
   * @param report of the two samples
   */
  public List<Cause> find(
      DriftReport report, ServedSample reference, ServedSample current, Known known) {
    List<Cause> all = new ArrayList<>();
    List<DriftedVariable> drifted = report.drifted();
    for (DriftedVariable feature : drifted) {
      List<Cause> causes = new ArrayList<>();
      for (TracedFeature source : known.sources().getOrDefault(feature.name(), List.of())) {
        OneFeature one = new OneFeature(feature.name(), source, known, drifted.size());
        one.definition().ifPresent(causes::add);
        causes.addAll(one.traits());
        causes.addAll(one.otherCodes());
      }
      if (causes.isEmpty()) {
        causes.addAll(missing(feature.name(), reference, current));
      }
      all.addAll(causes);
    }
    return all;
  }

  private static List<Cause> missing(String name, ServedSample reference, ServedSample current) {
    Optional<ServedColumn> before = reference.feature(name);
    Optional<ServedColumn> now = current.feature(name);
    List<Cause> causes = new ArrayList<>();
    if (before.isPresent() && now.isPresent()) {
      for (Map.Entry<String, Long> reason : now.get().missing().entrySet()) {
        long former = before.get().missing().getOrDefault(reason.getKey(), 0L);
        Contrast contrast =
            new Contrast(
                new Proportion(former, reference.rows()),
                new Proportion(reason.getValue(), current.rows()));
        if (contrast.hasRisen(now.get().missing().size())) {
          causes.add(Sentences.missing(name, reason.getKey(), contrast));
        }
      }
    }
    return causes;
  }

  /** One source of one feature that drifted. */
  private final class OneFeature {
    private final String name;
    private final TracedFeature source;
    private final Known known;
    private final int drifted;
    private final OfFeature before;
    private final OfFeature now;
    private final Traces traces;

    OneFeature(String name, TracedFeature source, Known known, int drifted) {
      this.name = name;
      this.source = source;
      this.known = known;
      this.drifted = drifted;
      this.traces = Traces.of(List.of(source), known.now());
      this.now = traces.features().get(0);
      this.before =
          known
              .before()
              .feature(source.name())
              .orElse(new OfFeature(source.name(), source.expansion(), 0, List.of()));
    }

    Optional<Cause> definition() {
      return before.expansion().isEmpty()
              || source.expansion().isEmpty()
              || before.expansion().equals(source.expansion())
          ? Optional.empty()
          : Optional.of(Sentences.definition(name, source, before.expansion(), source.expansion()));
    }

    List<Cause> traits() {
      List<Cause> causes = new ArrayList<>();
      int looks = drifted * now.traits().size();
      for (Traces.Counted counted : now.traits()) {
        Trait trait = counted.trait();
        Contrast contrast =
            new Contrast(
                new Proportion(before.count(trait), before.rows()),
                new Proportion(counted.rows(), now.rows()));
        boolean isSaid = !trait.value().isEmpty() || trait.kind() == Trait.Kind.UNIT;
        if (isSaid && contrast.hasRisen(looks) && explains(trait)) {
          causes.add(cause(trait, contrast));
        }
      }
      return causes;
    }

    /** Whether values with it and without it differ, where there are enough of both. */
    private boolean explains(Trait trait) {
      Numbers.Builder with = Numbers.builder();
      Numbers.Builder without = Numbers.builder();
      for (LookedRow row : known.now()) {
        SeenFact evidence = source.evidence(row.at(), row.facts());
        if (evidence != null) {
          Numbers.Builder to = Trait.of(evidence).contains(trait) ? with : without;
          Double value = row.values().get(name);
          if (value == null) {
            to.addMissing();
          } else {
            to.add(value);
          }
        }
      }
      Numbers having = with.build();
      Numbers others = without.build();
      return having.rows() <= FEW || others.rows() <= FEW || differ(others, having);
    }

    private Cause cause(Trait trait, Contrast contrast) {
      Since since = new Since();
      for (LookedRow row : known.now()) {
        SeenFact evidence = source.evidence(row.at(), row.facts());
        if (evidence != null) {
          if (Trait.of(evidence).contains(trait)) {
            since.with(day(evidence.firstKnown()));
          } else {
            since.without(day(evidence.known()));
          }
        }
      }
      LocalDate day = since.day();
      Contrast told =
          day == null ? contrast : new Contrast(contrast.before(), since.shareSince(day));
      boolean isReadable =
          trait.kind() != Trait.Kind.UNIT
              || units
                  .convert(source.codes(), Sentences.one(trait.value()), source.unit())
                  .isPresent();
      String display =
          trait.kind() == Trait.Kind.CODE
              ? traces.codes().stream()
                  .filter(code -> code.asCode().toString().equals(trait.value()))
                  .map(SeenCode::display)
                  .findFirst()
                  .orElse("")
              : "";
      return Sentences.trait(
          name,
          source,
          new Sentences.OfTrait(trait, display, before.usual(trait.kind()), before.rows()),
          day,
          told,
          isReadable);
    }

    /** What has come in the place of what the feature lists. */
    List<Cause> otherCodes() {
      int rows = known.now().size();
      Contrast absent =
          new Contrast(
              new Proportion(known.before().rows() - before.rows(), known.before().rows()),
              new Proportion(rows - now.rows(), rows));
      if (!absent.hasRisen(drifted)) {
        return List.of();
      }
      List<Candidate> candidates = new ArrayList<>();
      for (SeenCode code : traces.codes()) {
        if (code.kind() == source.kind()) {
          candidate(code).ifPresent(candidates::add);
        }
      }
      double most = candidates.stream().mapToDouble(Candidate::likeness).max().orElse(0);
      return candidates.stream()
          .filter(candidate -> candidate.likeness() == most)
          .sorted(
              Comparator.comparingLong((Candidate one) -> -one.contrast().now().count())
                  .thenComparing(one -> one.code().asCode().toString()))
          .limit(MOST_OTHER_CODES)
          .map(candidate -> cause(candidate, absent))
          .toList();
    }

    private Optional<Candidate> candidate(SeenCode code) {
      Map<String, Integer> unitsOf = new TreeMap<>();
      int alone = 0;
      int lacking = 0;
      int all = 0;
      boolean isListed = false;
      for (LookedRow row : known.now()) {
        boolean lacks = source.evidence(row.at(), row.facts()) == null;
        lacking += lacks ? 1 : 0;
        Optional<SeenFact> fact = latest(row, code);
        if (fact.isPresent()) {
          isListed |= source.lists(fact.get());
          all++;
          alone += lacks ? 1 : 0;
          unitsOf.merge(fact.get().unit(), 1, Integer::sum);
        }
      }
      Contrast contrast =
          new Contrast(
              new Proportion(
                  known.before().count(code.kind(), code.asCode()), known.before().rows()),
              new Proportion(all, known.now().size()));
      int looks = drifted * traces.codes().size();
      if (isListed || alone * 2 < lacking || !contrast.hasRisen(looks)) {
        return Optional.empty();
      }
      String unit =
          unitsOf.entrySet().stream()
              .reduce((a, b) -> b.getValue() > a.getValue() ? b : a)
              .map(Map.Entry::getKey)
              .orElse("");
      double likeness = Words.likeness(wordsOfFeature(), Words.of(code.display()));
      boolean isReadable =
          !unit.isEmpty()
              && units.convert(source.codes(), Sentences.one(unit), source.unit()).isPresent();
      return likeness > 0 || (isReadable && alone >= NEARLY_ALL * lacking)
          ? Optional.of(new Candidate(code, unit, likeness, contrast))
          : Optional.empty();
    }

    /** Of a code within the look-back. */
    private Optional<SeenFact> latest(LookedRow row, SeenCode code) {
      return row.facts().stream()
          .filter(fact -> fact.kind() == code.kind() && fact.code().equals(code.asCode()))
          .filter(fact -> source.isWithin(row.at(), fact))
          .max(Comparator.comparing(SeenFact::effective));
    }

    private Set<String> wordsOfFeature() {
      Set<String> words = new TreeSet<>(Words.of(source.title()));
      words.addAll(Words.of(source.name().replace('_', ' ').replace('-', ' ')));
      for (Traces seen : List.of(known.before(), traces)) {
        seen.codes().stream()
            .filter(listed -> isListed(listed))
            .forEach(listed -> words.addAll(Words.of(listed.display())));
      }
      return words;
    }

    private boolean isListed(SeenCode code) {
      return source.lists(
          new SeenFact(
              code.kind(),
              code.asCode(),
              "",
              "",
              "",
              "",
              "",
              Instant.EPOCH,
              Instant.EPOCH,
              Instant.EPOCH));
    }

    private Cause cause(Candidate candidate, Contrast absent) {
      Since since = new Since();
      for (LookedRow row : known.now()) {
        Optional<SeenFact> fact = latest(row, candidate.code());
        SeenFact evidence = source.evidence(row.at(), row.facts());
        if (fact.isPresent()) {
          since.with(day(fact.get().firstKnown()));
        } else if (evidence != null) {
          since.without(day(evidence.known()));
        }
      }
      return Sentences.otherCode(
          name,
          source,
          candidate.code(),
          candidate.unit(),
          since.day(),
          candidate.contrast(),
          absent);
    }
  }

  /**
   * What may stand for what a feature lists.
   *
   * @param likeness of its words and those of the feature
   */
  private record Candidate(SeenCode code, String unit, double likeness, Contrast contrast) {}

  private LocalDate day(Instant instant) {
    return instant.atZone(zone).toLocalDate();
  }

  private static boolean differ(Numbers one, Numbers other) {
    Map<String, Double> p = new HashMap<>();
    for (Estimate figure : NumericDrift.from(one).of(other)) {
      if (figure instanceof Estimate.Known known) {
        @Nullable PValue value = known.certainty().pValue();
        if (value != null) {
          p.put(figure.definition().name(), value.value());
        }
      }
    }
    return Objects.requireNonNullElse(p.get("ks"), 1.0) < LEVEL
        || Objects.requireNonNullElse(p.get("missing-rate-difference"), 1.0) < LEVEL;
  }
}
