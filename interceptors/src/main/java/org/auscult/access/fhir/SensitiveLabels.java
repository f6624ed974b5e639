package org.auscult.access.fhir;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;

/**
 * The security labels of special protection: what bears one is shown to those whom the patient's
 * consent permits it, or to whom an emergency opens it (42 CFR Part 2, HIV, psychiatry and the
 * like; safety rule 34).
 */
final class SensitiveLabels {
  private static final String CONFIDENTIALITY =
      "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
  private static final String SENSITIVITY = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

  /** Restricted, and very restricted. */
  private static final Set<String> DEGREES = Set.of("R", "V");

  private static final Set<String> TOPICS =
      Set.of(
          "42CFRPart2",
          "ETH",
          "ETHUD",
          "OPIOIDUD",
          "SUD",
          "HIV",
          "PSY",
          "PSYTHPN",
          "MH",
          "BH",
          "STD",
          "SDV",
          "SEX");

  private SensitiveLabels() {}

  /** The codes of those that a resource bears. */
  static Set<String> of(Resource resource) {
    if (!resource.hasMeta() || !resource.getMeta().hasSecurity()) {
      return Set.of();
    }
    return resource.getMeta().getSecurity().stream()
        .filter(SensitiveLabels::isOne)
        .map(Coding::getCode)
        .collect(Collectors.toSet());
  }

  /** The codes of all. */
  static Set<String> codes() {
    Set<String> all = new HashSet<>(TOPICS);
    all.addAll(DEGREES);
    return all;
  }

  private static boolean isOne(Coding label) {
    return (SENSITIVITY.equals(label.getSystem()) && TOPICS.contains(label.getCode()))
        || (CONFIDENTIALITY.equals(label.getSystem()) && DEGREES.contains(label.getCode()));
  }
}
