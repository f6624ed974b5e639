package org.auscult.prediction;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The call that asked; ids only.
 *
 * @param service id of the CDS service
 * @param instance the caller's hookInstance: the same one again is a retry
 * @param fhirServer the caller's, to which the ids of user and patient belong; null if not told
 * @param user the caller's user reference; null if not told
 * @param patient the caller's id of the patient; null for what is no hook
 */
public record Call(
    String service,
    String hook,
    String instance,
    @Nullable String fhirServer,
    @Nullable String user,
    @Nullable String patient) {
  public Call {
    Objects.requireNonNull(service);
    Objects.requireNonNull(hook);
    Objects.requireNonNull(instance);
  }

  /** What is no hook: an operation that is its own service, and nobody's retry. */
  public static Call ofOperation(String name, String instance) {
    return new Call(name, name, instance, null, null, null);
  }
}
