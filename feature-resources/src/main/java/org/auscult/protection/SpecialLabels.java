package org.auscult.protection;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The security labels of special protection: what bears one is shown to those whom the patient's
 * consent permits it, or to whom an emergency opens it (42 CFR Part 2, HIV, psychiatry and the
 * like; safety rule 34).
 */
public final class SpecialLabels {
  /** Restricted: for what is protected and of no known topic. */
  public static final String RESTRICTED = "R";

  private static final String CONFIDENTIALITY =
      "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
  private static final String SENSITIVITY = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

  /** Restricted, and very restricted. */
  private static final Set<String> DEGREES = Set.of(RESTRICTED, "V");

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

  private SpecialLabels() {}

  /** Whether a coding is one. */
  public static boolean isOne(@Nullable String system, @Nullable String code) {
    return code != null
        && ((SENSITIVITY.equals(system) && TOPICS.contains(code))
            || (CONFIDENTIALITY.equals(system) && DEGREES.contains(code)));
  }

  /** The codes of all. */
  public static Set<String> codes() {
    Set<String> all = new HashSet<>(TOPICS);
    all.addAll(DEGREES);
    return all;
  }

  /** The code system in which a label stands. */
  public static String system(String label) {
    return DEGREES.contains(label) ? CONFIDENTIALITY : SENSITIVITY;
  }
}
