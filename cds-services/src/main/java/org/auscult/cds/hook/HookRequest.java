package org.auscult.cds.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.auscult.cds.caller.CallerToken;
import org.auscult.cds.fhir.DraftOrders;
import org.auscult.order.DraftOrder;
import org.jspecify.annotations.Nullable;

/**
 * A call as it was read.
 *
 * @param fhirServer canonical base URL; null if not told
 * @param token for that server; null if the call brought none
 * @param user reference of who is looking; null where the hook does not tell it
 * @param encounter logical id at the caller; null if not told
 * @param context what fills the tokens of prefetch templates
 * @param prefetch by key; a value may be JSON's null
 * @param drafts the orders that the hook is about
 */
record HookRequest(
    String hook,
    UUID instance,
    @Nullable String fhirServer,
    @Nullable CallerToken token,
    String patient,
    @Nullable String user,
    @Nullable String encounter,
    ContextValues context,
    Map<String, JsonNode> prefetch,
    DraftOrders drafts) {
  HookRequest {
    Objects.requireNonNull(hook);
    Objects.requireNonNull(instance);
    Objects.requireNonNull(patient);
    Objects.requireNonNull(context);
    prefetch = Collections.unmodifiableMap(new LinkedHashMap<>(prefetch));
    Objects.requireNonNull(drafts);
  }

  /**
   * The orders that the hook is about: of order-select only those that were just selected, of
   * order-sign all. One that could not be read has no codes. Drugs that stand at the caller's
   * server only have none either: see {@link Gathered#orders()}.
   */
  List<DraftOrder> orders() {
    return drafts.orders();
  }

  /** How many orders could not be read. */
  int findings() {
    return drafts.findings();
  }

  /** Whether who is looking is no clinician (safety rule 26). */
  boolean isForLayPerson() {
    return user != null && (user.startsWith("Patient/") || user.startsWith("RelatedPerson/"));
  }

  /** Ids only. */
  @Override
  public String toString() {
    return "HookRequest(" + hook + ", " + instance + ")";
  }
}
