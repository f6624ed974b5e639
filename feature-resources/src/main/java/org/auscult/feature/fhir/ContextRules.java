package org.auscult.feature.fhir;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.auscult.feature.ContextRule;
import org.auscult.feature.ContextRule.AtTime;
import org.auscult.feature.ContextRule.Lent;
import org.auscult.feature.Operator;
import org.auscult.feature.Selection;
import org.auscult.timeline.ResourceKind;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.jspecify.annotations.Nullable;

/** Reads context rules from Libraries, and says everything that is wrong with one. */
public final class ContextRules {
  private static final String OURS = FeatureUrls.BASE + "/StructureDefinition/";
  private static final Set<String> READ =
      Set.of(
          ContextUrls.RECORDED,
          ContextUrls.FACT,
          ContextUrls.TIME,
          ContextUrls.ZONE,
          FeatureUrls.EXPANSION);
  private static final Set<RelatedArtifactType> EVIDENCE =
      EnumSet.of(RelatedArtifactType.CITATION, RelatedArtifactType.JUSTIFICATION);

  private ContextRules() {}

  /** Whether a Library claims to be a context rule. */
  public static boolean isOne(Library library) {
    return Profiles.claims(library, ContextUrls.CONTEXT_RULE);
  }

  /** The rules that a feature or an outcome names, by canonical. */
  public static List<String> named(Library library) {
    return library.getExtensionsByUrl(FeatureUrls.CONTEXT_RULE).stream()
        .map(Problems::text)
        .flatMap(Stream::ofNullable)
        .filter(Problems::isPinned)
        .distinct()
        .toList();
  }

  /** The rule, or all of its problems. */
  public static Parsed<ContextRule> read(Library library) {
    Problems problems = new Problems();
    Extensions extensions = new Extensions(library, problems);
    String url = problems.url("Library.url", library.getUrl());
    String version =
        problems.required("Library.version", library.getVersion(), "a version such as 1.0.0");
    problems.required("Library.name", library.getName(), "a name such as glucose_and_meals");
    if (!library.hasStatus()) {
      problems.add("Library.status", "there is no status", "Say draft, active or retired.");
    }
    Selection facts = new SelectionReading(library, extensions, problems).read(Operator.EXISTS);
    if (facts != null && facts.kind() == ResourceKind.PATIENT) {
      problems.add(
          "Library.dataRequirement.type", "a Patient has no context", "Name another type.");
    }
    ContextReading reading = new ContextReading(extensions, problems);
    List<ContextRule.Recorded> recorded = reading.recorded();
    List<Lent> lent = reading.lent();
    List<AtTime> times = reading.times();
    ZoneId zone = zone(extensions);
    if (!extensions.has(ContextUrls.FACT) && !extensions.has(ContextUrls.TIME)) {
      problems.add(
          "Library.extension",
          "there is no condition, so nothing is inferred",
          "Give context-fact or context-time.");
    }
    checkOverlaps(lent, times, extensions);
    checkEvidence(library, problems);
    checkUnread(library, problems);
    UnreadParts.check(library, problems);
    if (!problems.isEmpty() || facts == null) {
      return new Parsed.Refused<>(problems.all());
    }
    return new Parsed.Accepted<>(new ContextRule(url, version, facts, recorded, lent, times, zone));
  }

  private static @Nullable ZoneId zone(Extensions extensions) {
    String zone = extensions.text(ContextUrls.ZONE);
    if (zone == null || ZoneId.getAvailableZoneIds().contains(zone)) {
      return zone == null ? null : ZoneId.of(zone);
    }
    extensions.problem(
        ContextUrls.ZONE,
        "'" + zone + "' is no time zone",
        "Name one of the IANA database, such as Europe/Vienna, or leave it out: then it is the"
            + " site's.");
    return null;
  }

  private static void checkOverlaps(List<Lent> lent, List<AtTime> times, Extensions extensions) {
    for (int i = 0; i < lent.size(); i++) {
      for (int k = i + 1; k < lent.size(); k++) {
        if (lent.get(i).overlaps(lent.get(k)) && areOfOne(lent.get(i).by(), lent.get(k).by())) {
          extensions.problem(
              ContextUrls.FACT,
              "intervals " + i + " and " + k + " overlap, and one fact would be in both",
              "Let one end before the other begins; both ends count.");
        }
      }
    }
    for (int i = 0; i < times.size(); i++) {
      for (int k = i + 1; k < times.size(); k++) {
        if (times.get(i).overlaps(times.get(k))) {
          extensions.problem(
              ContextUrls.TIME,
              "intervals " + i + " and " + k + " overlap",
              "Let one begin where the other ends; the end does not count.");
        }
      }
    }
  }

  private static boolean areOfOne(Selection a, Selection b) {
    return a.kind() == b.kind()
        && (!Collections.disjoint(a.codes(), b.codes())
            || (a.valueSet() != null && a.valueSet().equals(b.valueSet())));
  }

  /** A rule says of a record what is not in it: on what ground must be told. */
  private static void checkEvidence(Library library, Problems problems) {
    if (library.getRelatedArtifact().stream().noneMatch(ContextRules::isEvidence)) {
      problems.add(
          "Library.relatedArtifact",
          "there is no evidence",
          "Cite a source in relatedArtifact of type citation or justification.");
    }
  }

  private static boolean isEvidence(RelatedArtifact artifact) {
    return EVIDENCE.contains(artifact.getType())
        && (artifact.hasCitation() || artifact.hasUrl() || artifact.hasDocument());
  }

  private static void checkUnread(Library library, Problems problems) {
    List<String> unread = new ArrayList<>();
    for (Extension extension : library.getExtension()) {
      String url = String.valueOf(extension.getUrl());
      boolean isOurs =
          url.startsWith(OURS)
              && (url.startsWith("context-", OURS.length())
                  || url.startsWith("feature-", OURS.length()));
      if (isOurs && !READ.contains(url)) {
        unread.add(url);
      }
    }
    unread.stream()
        .distinct()
        .forEach(
            url ->
                problems.add(Extensions.at(url), "a context rule does not take it", "Remove it."));
  }
}
