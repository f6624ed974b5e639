package org.auscult.cds.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.auscult.cds.caller.CallerToken;
import org.jspecify.annotations.Nullable;

/**
 * A call as it was read.
 *
 * @param fhirServer canonical base URL; null if not told
 * @param token for that server; null if the call brought none
 * @param user reference of who is looking
 * @param context what fills the tokens of prefetch templates
 * @param prefetch by key; a value may be JSON's null
 */
record HookRequest(
    String hook,
    UUID instance,
    @Nullable String fhirServer,
    @Nullable CallerToken token,
    String patient,
    String user,
    ContextValues context,
    Map<String, JsonNode> prefetch) {
  HookRequest {
    Objects.requireNonNull(hook);
    Objects.requireNonNull(instance);
    Objects.requireNonNull(patient);
    Objects.requireNonNull(user);
    Objects.requireNonNull(context);
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
