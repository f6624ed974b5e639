package org.auscult.server.notification;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.feature.fhir.Problem;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.server.alert.AlertUrls;
import org.hl7.fhir.r4.model.DetectedIssue;

/**
 * Of which issues a subscription is. The criteria are a FHIR search that finds them, of these
 * parameters alone: {@code code} in the CodeSystem of monitoring ({@code system|} is every code of
 * it), and {@code implicated}, the Devices of models; each may name several, separated by commas.
 *
 * @param codes of kinds of finding
 * @param devices references; none: of all, and of what is about no model
 */
record IssueCriteria(Set<String> codes, Set<String> devices) {
  private static final String TYPE = "DetectedIssue?";
  private static final String SYSTEM = AlertUrls.KIND_SYSTEM.concat("|");
  private static final String WHERE = "Subscription.criteria";
  private static final Set<String> KINDS =
      Arrays.stream(FindingKind.values()).map(FindingKind::code).collect(Collectors.toSet());

  IssueCriteria {
    codes = Set.copyOf(codes);
    devices = Set.copyOf(devices);
  }

  /**
   * Reads criteria.
   *
   * @param problems what is wrong with them is added
   */
  static IssueCriteria parse(String criteria, List<Problem> problems) {
    Set<String> codes = new HashSet<>();
    Set<String> devices = new HashSet<>();
    if (!criteria.startsWith(TYPE)) {
      problems.add(
          new Problem(
              WHERE, "it is no search of DetectedIssue", "Write " + TYPE + "code=" + SYSTEM + "."));
      return new IssueCriteria(codes, devices);
    }
    List<String> seen = new ArrayList<>();
    for (String parameter : criteria.substring(TYPE.length()).split("&")) {
      String[] parts = parameter.split("=", 2);
      List<String> values =
          parts.length == 1
              ? List.of()
              : Arrays.stream(parts[1].split(",")).map(IssueCriteria::decoded).toList();
      if (seen.contains(parts[0])) {
        problems.add(new Problem(WHERE, "'" + parts[0] + "' stands there twice", "Name it once."));
      }
      seen.add(parts[0]);
      switch (parts[0]) {
        case "code" -> values.forEach(value -> code(value, codes, problems));
        case "implicated" -> values.forEach(value -> device(value, devices, problems));
        default ->
            problems.add(
                new Problem(
                    WHERE,
                    "'" + parts[0] + "' is none of its parameters",
                    "They are code and implicated."));
      }
    }
    if (!seen.contains("code")) {
      problems.add(
          new Problem(
              WHERE,
              "it is not of monitoring alone",
              "Say code=" + SYSTEM + ", or one of its codes."));
    }
    return new IssueCriteria(codes, devices);
  }

  private static void code(String token, Set<String> codes, List<Problem> problems) {
    String code = token.startsWith(SYSTEM) ? token.substring(SYSTEM.length()) : null;
    if (code != null && code.isEmpty()) {
      codes.addAll(KINDS);
    } else if (code != null && KINDS.contains(code)) {
      codes.add(code);
    } else {
      problems.add(
          new Problem(
              WHERE,
              "'" + token + "' is no code of monitoring",
              "They are "
                  + SYSTEM
                  + " with one of "
                  + String.join(", ", KINDS.stream().sorted().toList())
                  + "."));
    }
  }

  private static void device(String value, Set<String> devices, List<Problem> problems) {
    if (value.matches("Device/[A-Za-z0-9.-]{1,64}")) {
      devices.add(value);
    } else {
      problems.add(
          new Problem(
              WHERE, "'" + value + "' is no model", "Name its Device: implicated=Device/ID."));
    }
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // It is then refused as what it is.
      return value;
    }
  }

  /** Whether it is of this issue. */
  boolean matches(DetectedIssue issue) {
    return issue.getCode().getCoding().stream()
            .anyMatch(
                coding ->
                    AlertUrls.KIND_SYSTEM.equals(coding.getSystem())
                        && codes.contains(coding.getCode()))
        && (devices.isEmpty()
            || issue.getImplicated().stream()
                .anyMatch(model -> devices.contains(model.getReference())));
  }
}
