package org.auscult.feature;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.timeline.Code;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.Medications;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery.Need;

/**
 * A feature set with all of its definitions expanded.
 *
 * @param features in tensor order
 */
public record ResolvedFeatureSet(
    String url, String version, String name, List<ResolvedFeature> features) {
  public ResolvedFeatureSet {
    Objects.requireNonNull(url);
    Objects.requireNonNull(version);
    Objects.requireNonNull(name);
    features = List.copyOf(features);
    Set<String> names = new HashSet<>();
    for (ResolvedFeature feature : features) {
      if (!names.add(feature.definition().name())) {
        throw new IllegalArgumentException(
            "Feature set " + url + " names " + feature.definition().name() + " twice");
      }
    }
  }

  /** {@code url|version}. */
  public String canonical() {
    return url + "|" + version;
  }

  public Optional<ResolvedFeature> feature(String featureName) {
    return features.stream().filter(f -> f.definition().name().equals(featureName)).findFirst();
  }

  /**
   * What to read of a timeline for this set. Facts before the look-back window are asked for too:
   * that a value lies outside the window is another reason than that there is none. So are orders
   * of which nobody can tell the medication.
   */
  public List<Need> needs() {
    List<Need> needs = new ArrayList<>();
    needs.add(
        new Need(
            ResourceKind.PATIENT,
            Set.of(
                Demographics.BIRTH_DATE,
                Demographics.GENDER,
                Demographics.BIRTH_SEX,
                Demographics.SEX_PARAMETER_FOR_CLINICAL_USE,
                Demographics.DECEASED,
                Demographics.INACTIVE),
            null));
    for (ResolvedFeature feature : features) {
      ResourceKind kind = feature.definition().kind();
      if (kind != null) {
        Set<Code> codes = new HashSet<>(feature.codes());
        if (Medications.isKind(kind)) {
          codes.add(Medications.UNRESOLVED);
        }
        needs.add(new Need(kind, codes, null));
      }
    }
    return needs;
  }
}
