package org.auscult.golden.fhir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.auscult.feature.Translation;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.SourceMapping;
import org.auscult.feature.fhir.SourceMappings;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;

/** The mapping resources of a golden file: those that are active count, as on a server. */
final class Mappings {
  private Mappings() {}

  static Translation read(List<Node> nodes, FhirNodes fhir) {
    List<SourceMapping> active = new ArrayList<>();
    Set<String> urls = new HashSet<>();
    for (Node node : nodes) {
      ConceptMap map = fhir.read(node, ConceptMap.class);
      if (map == null) {
        continue;
      }
      if (!SourceMappings.isOne(map)) {
        node.complain(
            "it does not claim to be a mapping",
            "Name the profile source-mapping in meta.profile.");
        continue;
      }
      Parsed<SourceMapping> parsed = SourceMappings.read(map);
      if (parsed instanceof Parsed.Refused<SourceMapping> wrong) {
        wrong.problems().forEach(p -> node.complain(p.where() + ": " + p.what(), p.remedy()));
      } else if (map.getStatus() == PublicationStatus.ACTIVE) {
        if (!urls.add(map.getUrl())) {
          node.complain("two active ones have the url " + map.getUrl(), "Keep one.");
        }
        active.add(parsed.orThrow());
      }
    }
    return SourceMappings.together(active);
  }
}
