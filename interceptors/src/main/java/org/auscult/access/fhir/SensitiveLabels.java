package org.auscult.access.fhir;

import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.protection.SpecialLabels;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;

/** The labels of special protection that resources bear. */
final class SensitiveLabels {
  private SensitiveLabels() {}

  /** The codes of those that a resource bears. */
  static Set<String> of(Resource resource) {
    if (!resource.hasMeta() || !resource.getMeta().hasSecurity()) {
      return Set.of();
    }
    return resource.getMeta().getSecurity().stream()
        .filter(label -> SpecialLabels.isOne(label.getSystem(), label.getCode()))
        .map(Coding::getCode)
        .collect(Collectors.toSet());
  }

  /** The codes of all. */
  static Set<String> codes() {
    return SpecialLabels.codes();
  }
}
