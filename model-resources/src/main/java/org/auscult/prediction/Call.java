package org.auscult.prediction;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The call that asked; ids only.
 *
 * @param service id of the CDS service
 * @param instance the caller's hookInstance: the same one again is a retry
 * @param user the caller's user reference; null if not told
 * @param deployment {@code url|version} of the deployment that answers; null for what is no hook
 */
public record Call(
    String service,
    String hook,
    String instance,
    @Nullable String user,
    @Nullable String deployment) {
  public Call {
    Objects.requireNonNull(service);
    Objects.requireNonNull(hook);
    Objects.requireNonNull(instance);
  }
}
