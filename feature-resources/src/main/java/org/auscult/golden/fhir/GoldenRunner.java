package org.auscult.golden.fhir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.cohort.CohortCriteria;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.FeatureVector;
import org.auscult.golden.fhir.CaseResult.Compared;
import org.auscult.golden.fhir.GoldenCase.Deletion;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.InMemoryTimeline;
import org.auscult.timeline.MedicationState;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.timeline.fhir.MedicationVersion;
import org.auscult.timeline.fhir.Projection;
import org.auscult.training.IndexRule;
import org.auscult.training.PatientHistory;
import org.auscult.training.RowMaker;
import org.auscult.training.Split;
import org.auscult.training.Tally;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Resource;

/**
 * Runs golden cases: each version of each resource is projected and written into a timeline as the
 * server writes it, which is read as of the case's time; and once more as a data set for training
 * reads it, which must give the same vector.
 */
public final class GoldenRunner {
  private final CodeUnits units;

  public GoldenRunner(CodeUnits units) {
    this.units = units;
  }

  /** What comes of a case. Whatever goes wrong in it is its result. */
  public CaseResult run(GoldenCase golden) {
    try {
      InMemoryTimeline written = written(golden);
      FeatureEvaluator evaluator = new FeatureEvaluator(units, golden.zone());
      FeatureVector vector =
          evaluator.evaluate(golden.features(), timeline(golden, written).asOf(golden.asOf()));
      Optional<FeatureVector> trained = inTrainingSet(golden, written, evaluator);
      if (trained.filter(row -> !row.entries().equals(vector.entries())).isPresent()) {
        return new CaseResult(golden, List.of(), "in a training set it has another vector");
      }
      Set<String> refusing =
          golden.features().refusals(vector).stream()
              .map(FeatureVector.Entry::name)
              .collect(Collectors.toSet());
      List<Compared> compared = new ArrayList<>();
      golden
          .expected()
          .forEach(
              (name, expected) -> {
                FeatureValue actual = vector.value(name).orElseThrow();
                boolean refuses = refusing.contains(name);
                compared.add(
                    new Compared(
                        name, expected, actual, refuses, differences(expected, actual, refuses)));
              });
      return new CaseResult(golden, compared, null);
    } catch (RuntimeException e) {
      return new CaseResult(golden, List.of(), "it broke off: " + e);
    }
  }

  /** The patient's timeline, as it was stored version by version. */
  public PatientTimeline timeline(GoldenCase golden) {
    return timeline(golden, written(golden));
  }

  private static PatientTimeline timeline(GoldenCase golden, InMemoryTimeline timeline) {
    PatientTimeline read =
        timeline
            .read(new TimelineQuery(golden.patient(), golden.asOf(), golden.features().needs()))
            .orElseThrow();
    return new PatientTimeline(read.patient(), read.epoch(), read.facts(), golden.complete());
  }

  /**
   * The vector of the row that {@code $training-set} makes at the case's time, listed as index
   * time.
   *
   * @return empty where no data set has such a row: for a time before the birth or after the death,
   *     one at which less is known than has happened, and where a feature refuses the vector
   */
  public Optional<FeatureVector> inTrainingSet(GoldenCase golden) {
    return inTrainingSet(golden, written(golden), new FeatureEvaluator(units, golden.zone()));
  }

  private static Optional<FeatureVector> inTrainingSet(
      GoldenCase golden, InMemoryTimeline timeline, FeatureEvaluator evaluator) {
    Instant at = golden.asOf().at();
    if (!(golden.asOf().known() instanceof AsOf.Known.ByClock clock)
        || clock.instant().isBefore(at)) {
      return Optional.empty();
    }
    boolean isIndex = clock.instant().equals(at);
    RowMaker maker =
        new RowMaker(
            new RowMaker.Rules(
                golden.features(),
                CohortCriteria.NONE,
                new IndexRule.Listed(Set.of(at), Map.of()),
                new Split(Split.By.PATIENT, 0, BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ZERO),
                null,
                isIndex ? RowMaker.Knowledge.INDEX : RowMaker.Knowledge.CUT,
                clock.instant(),
                golden.zone()),
            evaluator);
    PatientHistory history =
        new PatientHistory(
            golden.patient(), 0, timeline.rows(golden.patient()), null, golden.complete());
    List<FeatureVector> made = new ArrayList<>();
    RowMaker.Taker taker = row -> made.add(row.vector());
    try {
      maker.rows(history, null, taker, new Tally());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return made.stream().findFirst();
  }

  private InMemoryTimeline written(GoldenCase golden) {
    InMemoryTimeline timeline = new InMemoryTimeline().patient(golden.patient(), 0);
    golden.medications().forEach(timeline::medication);
    FactProjector projector = new FactProjector(golden.zone(), units);
    write(timeline, projector, golden.resources(), golden.deletions());
    return timeline;
  }

  /**
   * Writes versions as a server stores them.
   *
   * @param resources in the order in which they were stored
   */
  static void write(
      InMemoryTimeline timeline,
      FactProjector projector,
      List<Resource> resources,
      List<Deletion> all) {
    List<Deletion> deletions = new ArrayList<>(all);
    for (Resource resource : resources) {
      Instant stored = ResourceVersions.stored(resource);
      delete(timeline, deletions, stored);
      if (resource instanceof Medication medication) {
        MedicationVersion version = MedicationVersion.of(medication);
        timeline.medication(version.id(), version.says());
      }
      Optional<ResourceKind> kind = ResourceVersions.kind(resource.fhirType());
      if (kind.isPresent()) {
        timeline.write(
            kind.get(),
            resource.getIdElement().getIdPart(),
            stored,
            projector.project(resource, Projection.RECORD));
      }
    }
    delete(timeline, deletions, Instant.MAX);
  }

  /** Those before a time, and at it: then what is written is written anew. */
  private static void delete(InMemoryTimeline timeline, List<Deletion> deletions, Instant until) {
    List<Deletion> due = deletions.stream().filter(d -> !d.at().isAfter(until)).toList();
    due.forEach(deletion -> delete(timeline, deletion));
    deletions.removeAll(due);
  }

  private static void delete(InMemoryTimeline timeline, Deletion deletion) {
    if (deletion.type().equals(ResourceVersions.MEDICATION)) {
      timeline.medication(deletion.id(), MedicationState.deleted(deletion.at()));
    } else {
      ResourceKind kind = ResourceVersions.kind(deletion.type()).orElseThrow();
      timeline.write(kind, deletion.id(), deletion.at(), List.of());
    }
  }

  private static List<String> differences(
      Expectation expected, FeatureValue actual, boolean refuses) {
    if (expected instanceof Expectation.None none) {
      List<String> differences = new ArrayList<>();
      if (!(actual instanceof Missing missing) || missing.reason() != none.reason()) {
        differences.add("missing");
      }
      if (none.refuses() != null && none.refuses() != refuses) {
        differences.add("refuses");
      }
      return differences;
    }
    Expectation.Value value = (Expectation.Value) expected;
    return actual instanceof Present present ? differences(value, present) : List.of("value");
  }

  private static List<String> differences(Expectation.Value expected, Present actual) {
    Map<String, Boolean> equal = new LinkedHashMap<>();
    equal.put("value", isClose(expected, actual.value()));
    equal.put("unit", expected.unit() == null || expected.unit().equals(actual.unit()));
    equal.put(
        "text",
        expected.text() == null || expected.text().equals(Optional.ofNullable(actual.text())));
    equal.put(
        "evidence",
        expected.evidence() == null
            || expected.evidence().equals(new HashSet<>(actual.evidence())));
    equal.put("origin", expected.origin() == null || expected.origin() == actual.origin());
    equal.put(
        "effective",
        expected.effective() == null
            || expected.effective().equals(Optional.ofNullable(actual.effective())));
    return equal.entrySet().stream().filter(e -> !e.getValue()).map(Map.Entry::getKey).toList();
  }

  private static boolean isClose(Expectation.Value expected, double actual) {
    double size = expected.value() == 0 ? 1 : Math.abs(expected.value());
    return Math.abs(actual - expected.value()) <= expected.tolerance() * size;
  }
}
