package org.auscult.golden.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.FeatureVector;
import org.auscult.golden.fhir.CaseResult.Compared;
import org.auscult.golden.fhir.GoldenCase.Deletion;
import org.auscult.timeline.InMemoryTimeline;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.timeline.fhir.Projection;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Resource;

/**
 * Runs golden cases: each version of each resource is projected and written into a timeline as the
 * server writes it, which is read as of the case's time.
 */
public final class GoldenRunner {
  private final CodeUnits units;

  public GoldenRunner(CodeUnits units) {
    this.units = units;
  }

  /** What comes of a case. Whatever goes wrong in it is its result. */
  public CaseResult run(GoldenCase golden) {
    try {
      FeatureVector vector =
          new FeatureEvaluator(units, golden.zone())
              .evaluate(golden.features(), timeline(golden).asOf(golden.asOf()));
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
    InMemoryTimeline timeline = new InMemoryTimeline().patient(golden.patient(), 0);
    FactProjector projector = new FactProjector(golden.zone(), units, golden.medications());
    List<Deletion> deletions = new ArrayList<>(golden.deletions());
    for (Resource resource : golden.resources()) {
      Instant stored = ResourceVersions.stored(resource);
      delete(timeline, deletions, stored);
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
    PatientTimeline read =
        timeline
            .read(new TimelineQuery(golden.patient(), golden.asOf(), golden.features().needs()))
            .orElseThrow();
    return new PatientTimeline(read.patient(), read.epoch(), read.facts(), golden.complete());
  }

  /** Those before a time, and at it: then what is written is written anew. */
  private static void delete(InMemoryTimeline timeline, List<Deletion> deletions, Instant until) {
    List<Deletion> due = deletions.stream().filter(d -> !d.at().isAfter(until)).toList();
    due.forEach(d -> timeline.write(d.kind(), d.id(), d.at(), List.of()));
    deletions.removeAll(due);
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
