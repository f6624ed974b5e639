package org.auscult.feature;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.auscult.timeline.ResourceKind;

/**
 * The CDS Hooks prefetch templates that bring what feature sets read.
 *
 * <p>They use only what CDS Hooks 2.0 recommends (section "Prefetch query restrictions"): a patient
 * reference and tokens. No {@code _count}: over several codes it would limit all of them together,
 * and a truncated answer proves no absence (safety rules 4 and 27). No status, so that a value that
 * does not count can be told from none. No {@code _sort}, which not every server has.
 *
 * <p>Types are asked for without codes where R4's search cannot find every fact by code: orders may
 * name their medication by reference; encounters are coded by class and type; claims by item; and
 * of a family of codes nobody can say all.
 */
public final class PrefetchTemplates {
  private static final String PATIENT = "patient={{context.patientId}}";

  /** Longer queries are refused by some servers and proxies. */
  private static final int LONGEST_CODE_LIST = 1500;

  /**
   * R4's {@code code} does not look into components, so what stands in a panel is also asked for by
   * the panel's code: blood pressure panel with all children, and with mean.
   */
  private static final Map<Code, List<Code>> PANELS =
      Map.of(
          Code.loinc("8480-6"), List.of(Code.loinc("85354-9"), Code.loinc("55284-4")),
          Code.loinc("8462-4"), List.of(Code.loinc("85354-9"), Code.loinc("55284-4")));

  private PrefetchTemplates() {}

  /** The templates for all of these sets together, the patient first. */
  public static List<PrefetchTemplate> from(Collection<ResolvedFeatureSet> sets) {
    Map<ResourceKind, SortedSet<String>> tokens = new EnumMap<>(ResourceKind.class);
    Set<ResourceKind> byFamilies = EnumSet.noneOf(ResourceKind.class);
    sets.stream()
        .flatMap(set -> set.needs().stream())
        .filter(need -> CodeFamilies.areAmong(need.codes()))
        .forEach(need -> byFamilies.add(need.kind()));
    sets.stream()
        .flatMap(set -> set.needs().stream())
        .forEach(
            need ->
                need.codes().stream()
                    .flatMap(code -> withPanels(code).stream())
                    .map(PrefetchTemplates::token)
                    .forEach(
                        t -> tokens.computeIfAbsent(need.kind(), k -> new TreeSet<>()).add(t)));
    List<PrefetchTemplate> templates = new ArrayList<>();
    templates.add(
        new PrefetchTemplate("patient", ResourceKind.PATIENT, "Patient/{{context.patientId}}"));
    tokens.forEach(
        (kind, codes) ->
            templates.addAll(
                byFamilies.contains(kind) ? List.of(whole(kind)) : ofKind(kind, codes)));
    return List.copyOf(templates);
  }

  private static String key(ResourceKind kind) {
    String type = kind.fhirType();
    return type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
  }

  private static PrefetchTemplate whole(ResourceKind kind) {
    return new PrefetchTemplate(key(kind), kind, kind.fhirType() + "?" + PATIENT);
  }

  private static List<PrefetchTemplate> ofKind(ResourceKind kind, SortedSet<String> tokens) {
    String type = kind.fhirType();
    String key = key(kind);
    return switch (kind) {
      case PATIENT -> List.of();
      case OBSERVATION, CONDITION, PROCEDURE, ALLERGY_INTOLERANCE, DIAGNOSTIC_REPORT ->
          byCode(kind, key, "code", tokens);
      case IMMUNIZATION -> byCode(kind, key, "vaccine-code", tokens);
      case ENCOUNTER, CLAIM, EXPLANATION_OF_BENEFIT -> List.of(whole(kind));
      case MEDICATION_REQUEST, MEDICATION_ADMINISTRATION, MEDICATION_STATEMENT ->
          List.of(
              new PrefetchTemplate(
                  key, kind, type + "?" + PATIENT + "&_include=" + type + ":medication"));
    };
  }

  private static List<PrefetchTemplate> byCode(
      ResourceKind kind, String key, String parameter, SortedSet<String> tokens) {
    List<PrefetchTemplate> templates = new ArrayList<>();
    StringBuilder codes = new StringBuilder();
    for (String token : tokens) {
      if (codes.length() + token.length() > LONGEST_CODE_LIST && !codes.isEmpty()) {
        templates.add(template(kind, key, templates.size(), parameter, codes));
        codes.setLength(0);
      }
      codes.append(codes.isEmpty() ? "" : ",").append(token);
    }
    templates.add(template(kind, key, templates.size(), parameter, codes));
    return templates;
  }

  private static PrefetchTemplate template(
      ResourceKind kind, String key, int before, String parameter, StringBuilder codes) {
    return new PrefetchTemplate(
        before == 0 ? key : key + "-" + (before + 1),
        kind,
        kind.fhirType() + "?" + PATIENT + "&" + parameter + "=" + codes);
  }

  private static List<Code> withPanels(Code code) {
    List<Code> all = new ArrayList<>(PANELS.getOrDefault(code, List.of()));
    all.add(code);
    return all;
  }

  /** {@code system|code}; the bar and the slashes stay readable, as in the specification. */
  private static String token(Code code) {
    return escaped(code.system()) + "|" + escaped(code.code());
  }

  private static String escaped(String text) {
    String fhir = text.replace("\\", "\\\\").replace(",", "\\,").replace("|", "\\|");
    return URLEncoder.encode(fhir, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%2F", "/")
        .replace("%3A", ":");
  }
}
