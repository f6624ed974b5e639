package org.auscult.cds.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call as it was read. The caller's access token is not kept: nothing is fetched with it yet.
 *
 * @param fhirServer canonical base URL; null if not told
 * @param user reference of who is looking
 * @param prefetch by key; a value may be JSON's null
 */
record HookRequest(
    String hook,
    UUID instance,
    @Nullable String fhirServer,
    String patient,
    String user,
    Map<String, JsonNode> prefetch) {
  HookRequest {
    Objects.requireNonNull(hook);
    Objects.requireNonNull(instance);
    Objects.requireNonNull(patient);
    Objects.requireNonNull(user);
    prefetch = Collections.unmodifiableMap(new LinkedHashMap<>(prefetch));
  }

  /** Whether who is looking is no clinician (safety rule 26). */
  boolean isForLayPerson() {
    return user.startsWith("Patient/") || user.startsWith("RelatedPerson/");
  }

  /** Ids only. */
  @Override
  public String toString() {
    return "HookRequest(" + hook + ", " + instance + ")";
  }
}
