package org.auscult.prove.physionet;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.prove.physionet.StayFile.Stay;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.timeline.fhir.Projection;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Resource;

/**
 * Stays by the core alone: FHIR JSON is parsed and projected as the server does it, and the vector
 * made of that timeline; the database and HTTP are left out, since 1.7 million resources would take
 * more than an hour.
 */
final class CoreRun {
  private static final Instant LOADED = Instant.parse("2020-01-01T00:00:00Z");

  private final ResolvedFeatureSet set;
  private final FactProjector projector = new FactProjector(ZoneOffset.UTC, CodeUnits.standard());
  private final FeatureEvaluator evaluator =
      new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC);

  CoreRun(ResolvedFeatureSet set) {
    this.set = set;
  }

  /** Compares a stay's vector of each hour. */
  void run(Stay stay, HourlyComparison comparison) {
    PatientTimeline timeline = timeline(stay);
    HourlyTable table = new HourlyTable(stay);
    for (int hour = 1; hour <= PhysionetProof.HOURS; hour++) {
      AsOf asOf = AsOf.instant(PhysionetProof.at(hour));
      FeatureVector vector = evaluator.evaluate(set, timeline.asOf(asOf));
      comparison.add(stay.id(), hour, table.at(60 * hour), numbers(vector));
    }
  }

  private PatientTimeline timeline(Stay stay) {
    IParser parser = FhirContext.forR4Cached().newJsonParser();
    List<Fact> facts = new ArrayList<>();
    for (ObjectNode json : StayResources.of(stay)) {
      Resource resource = (Resource) parser.parseResource(json.toString());
      resource.getMeta().setVersionId("1").setLastUpdated(Date.from(LOADED));
      resource
          .getMeta()
          .addTag()
          .setSystem(FactProjector.HISTORY.system())
          .setCode(FactProjector.HISTORY.code());
      facts.addAll(projector.project(resource, Projection.RECORD));
    }
    return new PatientTimeline(
        StayResources.patient(stay), 1, facts, Set.of(ResourceKind.values()));
  }

  private static Map<String, Double> numbers(FeatureVector vector) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (FeatureVector.Entry entry : vector.entries()) {
      numbers.put(
          entry.name(), entry.value() instanceof Present present ? present.value() : Double.NaN);
    }
    return numbers;
  }
}
