package org.auscult.feature;

import java.util.Objects;
import org.auscult.timeline.ResourceKind;

/**
 * One FHIR query that a caller may run ahead of a hook call.
 *
 * @param key the prefetch key, such as {@code observation}; further queries of the same type are
 *     numbered: {@code observation-2}
 * @param kind the type of resource that it asks for; a kind was searched completely only if all of
 *     its keys were answered in full
 * @param query relative to the caller's server, with {@code {{context.patientId}}} for the patient
 */
public record PrefetchTemplate(String key, ResourceKind kind, String query) {
  public PrefetchTemplate {
    Objects.requireNonNull(key);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(query);
  }
}
