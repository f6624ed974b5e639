package org.auscult.server.auth.launch;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The context in which an application runs.
 *
 * @param patient id; null if none is open
 * @param encounter id; null if none is open
 * @param fhirContext further resources: each an object with {@code reference} or {@code canonical}
 *     or {@code identifier}, {@code type}, and {@code role} as an absolute URI
 * @param intent what the launch is for; null if nothing was said
 * @param needPatientBanner whether the application must itself show whose record is open
 * @param tenant of the launching system; null if there is none
 * @param appContext what the card that opened the application says: its id; null if none did
 */
public record Launch(
    @Nullable String patient,
    @Nullable String encounter,
    List<Map<String, String>> fhirContext,
    @Nullable String intent,
    boolean needPatientBanner,
    @Nullable String tenant,
    @Nullable String appContext) {
  private static final List<String> NAMES =
      List.of("reference", "canonical", "identifier", "type", "role");

  public Launch {
    fhirContext = fhirContext.stream().map(Map::copyOf).toList();
    fhirContext.forEach(Launch::check);
    checkId(patient);
    checkId(encounter);
  }

  /** A context that no card has opened. */
  public Launch(
      @Nullable String patient,
      @Nullable String encounter,
      List<Map<String, String>> fhirContext,
      @Nullable String intent,
      boolean needPatientBanner,
      @Nullable String tenant) {
    this(patient, encounter, fhirContext, intent, needPatientBanner, tenant, null);
  }

  /** A patient alone: what a standalone launch knows. */
  public static Launch of(String patient) {
    return new Launch(patient, null, List.of(), null, true, null);
  }

  private static void checkId(@Nullable String id) {
    if (id != null && !id.matches("[A-Za-z0-9.-]{1,64}")) {
      throw new IllegalArgumentException("A launch names patient and encounter by their ids");
    }
  }

  /** Source: SMART App Launch 2.2, fhirContext. */
  private static void check(Map<String, String> item) {
    if (!NAMES.containsAll(item.keySet())) {
      throw new IllegalArgumentException("An item of fhirContext has other members than " + NAMES);
    }
    String reference = item.get("reference");
    if (reference == null && item.get("canonical") == null && item.get("identifier") == null) {
      throw new IllegalArgumentException("An item of fhirContext names a resource");
    }
    if (reference != null && !reference.matches("[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}")) {
      throw new IllegalArgumentException("fhirContext has relative references such as Task/1");
    }
    String role = item.get("role");
    if (role != null && !role.equals("launch") && !role.matches("[a-z][a-z0-9+.-]*:.+")) {
      throw new IllegalArgumentException("A role of fhirContext is an absolute URI");
    }
  }
}
