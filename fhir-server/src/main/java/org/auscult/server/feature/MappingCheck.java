package org.auscult.server.feature;

import java.util.ArrayList;
import java.util.List;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.feature.fhir.SourceMapping;
import org.auscult.feature.fhir.SourceMappings;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.jspecify.annotations.Nullable;

/** Holds mapping resources to what can be read of them; an active one never changes. */
final class MappingCheck {
  private final StoredDefinitions stored;

  MappingCheck(StoredDefinitions stored) {
    this.stored = stored;
  }

  /**
   * Refuses what is wrong.
   *
   * @param former the version before; null for a new one
   */
  void check(ConceptMap map, @Nullable ConceptMap former) {
    List<Problem> problems = new ArrayList<>();
    if (SourceMappings.isOne(map)) {
      if (SourceMappings.read(map) instanceof Parsed.Refused<SourceMapping> refused) {
        problems.addAll(refused.problems());
      } else {
        stored
            .otherConceptMap(map)
            .ifPresent(
                other ->
                    problems.add(
                        new Problem(
                            "ConceptMap.version",
                            "%s|%s is already ConceptMap/%s"
                                .formatted(
                                    map.getUrl(),
                                    map.getVersion(),
                                    other.getIdElement().getIdPart()),
                            "Give the new one a version of its own.")));
      }
    }
    if (former != null && isSettled(former, map) && !comparable(former, map)) {
      problems.add(
          new Problem(
              "ConceptMap",
              former.getUrl() + "|" + former.getVersion() + " is active and does not change",
              "Publish the change under a new version; only the status may become retired."));
    }
    Refused.ifAny("The mapping is refused", problems);
  }

  private static boolean isSettled(ConceptMap former, ConceptMap map) {
    return SourceMappings.isOne(former)
        && former.getStatus() == PublicationStatus.ACTIVE
        && (!SourceMappings.isOne(map) || former.getVersion().equals(map.getVersion()));
  }

  private static boolean comparable(ConceptMap former, ConceptMap map) {
    return SourceMappings.isOne(map) && bare(former).equalsDeep(bare(map));
  }

  private static ConceptMap bare(ConceptMap map) {
    ConceptMap copy = map.copy();
    copy.setMeta(null);
    copy.setText(null);
    copy.setId((String) null);
    copy.setStatus(null);
    return copy;
  }
}
