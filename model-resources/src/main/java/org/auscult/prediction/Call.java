package org.auscult.prediction;

import java.util.Objects;

/**
 * The call that asked; ids only.
 *
 * @param service id of the CDS service
 * @param instance the caller's hookInstance: the same one again is a retry
 */
public record Call(String service, String hook, String instance, Caller caller) {
  public Call {
    Objects.requireNonNull(service);
    Objects.requireNonNull(hook);
    Objects.requireNonNull(instance);
    Objects.requireNonNull(caller);
  }

  /** What is no hook: an operation that is its own service, and nobody's retry. */
  public static Call ofOperation(String name, String instance) {
    return new Call(name, name, instance, Caller.NONE);
  }
}
