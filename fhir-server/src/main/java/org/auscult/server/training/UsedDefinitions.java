package org.auscult.server.training;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.server.feature.StoredDefinitions;
import org.auscult.server.training.TrainingPlan.Cohort;
import org.auscult.server.training.TrainingPlan.UsedDefinition;
import org.auscult.timeline.Code;
import org.auscult.training.Labeller;
import org.hl7.fhir.r4.model.DomainResource;
import org.jspecify.annotations.Nullable;

/** The definitions on which a data set rests, with hashes of what they said. */
final class UsedDefinitions {
  private final StoredDefinitions stored;
  private final StoredGroups groups;
  private final FhirContext fhir;

  UsedDefinitions(StoredDefinitions stored, StoredGroups groups, FhirContext fhir) {
    this.stored = stored;
    this.groups = groups;
    this.fhir = fhir;
  }

  /**
   * The criteria of cohorts, the outcome, the set, and the features of it all with what they are
   * made of.
   */
  List<UsedDefinition> of(
      @Nullable ResolvedFeatureSet set,
      @Nullable Labeller labeller,
      List<Cohort.Described> cohorts) {
    List<UsedDefinition> used = new ArrayList<>();
    Deque<ResolvedFeature> next = new ArrayDeque<>();
    for (Cohort.Described cohort : cohorts) {
      used.add(
          new UsedDefinition(
              "cohort", "Group/" + cohort.group(), hash(groups.describing(cohort.group())), null));
      cohort.criteria().all().forEach(criterion -> next.add(criterion.feature()));
    }
    if (labeller != null) {
      String canonical = labeller.definition();
      used.add(new UsedDefinition("outcome", canonical, hash(canonical), codes(labeller)));
    }
    if (set != null) {
      used.add(new UsedDefinition("feature-set", set.canonical(), hash(set.canonical()), null));
      next.addAll(set.features());
    }
    Map<String, ResolvedFeature> all = new LinkedHashMap<>();
    while (!next.isEmpty()) {
      ResolvedFeature feature = next.removeFirst();
      if (all.putIfAbsent(feature.definition().canonical(), feature) == null) {
        next.addAll(feature.inputs());
      }
    }
    all.values().stream()
        .map(ResolvedFeature::context)
        .flatMap(Stream::ofNullable)
        .distinct()
        .forEach(
            rule ->
                used.add(
                    new UsedDefinition(
                        "context-rule",
                        rule.rule().canonical(),
                        hash(rule.rule().canonical()),
                        Hashing.sha256(String.join("\n", lines("code", rule.allCodes()))))));
    all.forEach(
        (canonical, feature) ->
            used.add(
                new UsedDefinition("feature", canonical, hash(canonical), expansion(feature))));
    return used;
  }

  /** All that is read for labels: its ValueSets', and those of the features that it names. */
  private static String codes(Labeller labeller) {
    return Hashing.sha256(
        labeller.needs().stream()
            .flatMap(need -> lines(need.kind().fhirType(), need.codes()).stream())
            .sorted()
            .distinct()
            .collect(Collectors.joining("\n")));
  }

  private static String expansion(ResolvedFeature feature) {
    List<String> lines =
        Stream.of(
                lines("code", feature.codes()),
                lines("true", feature.trueAnswers()),
                lines("false", feature.falseAnswers()))
            .flatMap(Collection::stream)
            .toList();
    return Hashing.sha256(String.join("\n", lines));
  }

  private static List<String> lines(String what, Collection<Code> codes) {
    return codes.stream().map(code -> what + " " + code).sorted().toList();
  }

  private String hash(String canonical) {
    return hash(stored.library(canonical));
  }

  /** Of a resource as JSON, without what a server adds to it; empty if it is not there. */
  private String hash(Optional<? extends DomainResource> found) {
    if (found.isEmpty()) {
      return "";
    }
    DomainResource plain = found.get().copy();
    plain.setId((String) null);
    plain.setMeta(null);
    plain.setText(null);
    return Hashing.sha256(
        fhir.newJsonParser().encodeResourceToString(plain).getBytes(StandardCharsets.UTF_8));
  }
}
