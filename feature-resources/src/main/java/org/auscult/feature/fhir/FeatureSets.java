package org.auscult.feature.fhir;

import java.util.ArrayList;
import java.util.List;
import org.auscult.feature.FeatureSet;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;

/** Reads feature sets from Libraries. */
public final class FeatureSets {
  private FeatureSets() {}

  /** Whether a Library claims to be a feature set. */
  public static boolean isOne(Library library) {
    return Profiles.claims(library, FeatureUrls.FEATURE_SET);
  }

  /** The set, or all of its problems. */
  public static Parsed<FeatureSet> read(Library library) {
    List<Problem> problems = new ArrayList<>();
    if (!library.hasUrl() || library.getUrl().contains("|")) {
      problems.add(new Problem("Library.url", "there is no plain canonical URL", "Give one."));
    }
    if (!library.hasVersion()) {
      problems.add(new Problem("Library.version", "it is missing", "Give one such as 1.0.0."));
    }
    if (!library.hasName()) {
      problems.add(new Problem("Library.name", "it is missing", "Give a machine name."));
    }
    List<String> members =
        library.getRelatedArtifact().stream()
            .filter(a -> a.getType() == RelatedArtifactType.COMPOSEDOF)
            .map(a -> String.valueOf(a.getResource()))
            .toList();
    if (members.isEmpty()) {
      problems.add(
          new Problem(
              "Library.relatedArtifact",
              "the set has no members",
              "Name each as a relatedArtifact of type composed-of, in tensor order."));
    }
    for (int i = 0; i < members.size(); i++) {
      String where = "Library.relatedArtifact[" + i + "].resource";
      if (!members.get(i).matches("[^|]+\\|[^|]+")) {
        problems.add(
            new Problem(where, members.get(i) + " names no version", "Write url|version."));
      }
      if (members.indexOf(members.get(i)) != i) {
        problems.add(new Problem(where, members.get(i) + " stands there twice", "Remove one."));
      }
    }
    return problems.isEmpty()
        ? new Parsed.Accepted<>(
            new FeatureSet(library.getUrl(), library.getVersion(), library.getName(), members))
        : new Parsed.Refused<>(problems);
  }
}
