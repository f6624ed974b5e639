package org.auscult.golden.fhir;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.MedicationState;
import org.auscult.timeline.ResourceKind;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One golden case.
 *
 * @param patient logical id of the patient whose vector it is
 * @param zone the site's time zone
 * @param resources every version, in the order in which it was stored
 * @param medications by id, those that are known at all times
 * @param complete the kinds whose search is complete
 * @param features the features that it expects something of, and what they hang on
 * @param mutant a change under which it must fail; null if it names none
 */
public record GoldenCase(
    String file,
    String name,
    String patient,
    ZoneId zone,
    AsOf asOf,
    List<Resource> resources,
    List<Deletion> deletions,
    Map<String, MedicationState> medications,
    Set<ResourceKind> complete,
    ResolvedFeatureSet features,
    Map<String, Expectation> expected,
    @Nullable Mutant mutant) {
  public GoldenCase {
    Objects.requireNonNull(file);
    Objects.requireNonNull(name);
    resources = List.copyOf(resources);
    deletions = List.copyOf(deletions);
    medications = Map.copyOf(medications);
    complete = Set.copyOf(complete);
    expected = Collections.unmodifiableMap(new LinkedHashMap<>(expected));
  }

  /**
   * A resource that was deleted.
   *
   * @param type one that the timeline holds, or {@code Medication}
   */
  public record Deletion(String type, String id, Instant at) {
    public Deletion {
      Objects.requireNonNull(type);
      Objects.requireNonNull(id);
      Objects.requireNonNull(at);
    }
  }

  /**
   * The case with one thing changed.
   *
   * @param name what was changed
   */
  public record Mutant(String name, GoldenCase changed) {
    public Mutant {
      Objects.requireNonNull(name);
      Objects.requireNonNull(changed);
    }
  }

  @Override
  public String toString() {
    return file + ": " + name;
  }
}
