package org.auscult.cds.fhir;

import java.util.Objects;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * What prefetch lacks under one key.
 *
 * @param query the key's template, as discovery states it
 * @param next where the rest stands if prefetch brought a first page; null if the query must be
 *     asked
 */
public record Wanted(String key, ResourceKind kind, String query, @Nullable String next) {
  public Wanted {
    Objects.requireNonNull(key);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(query);
  }

  /** Whether one resource is read by its id, and not searched for. */
  public boolean isRead() {
    return !query.contains("?");
  }

  /** Key and kind: a next link may hold identifiers. */
  @Override
  public String toString() {
    return "Wanted(" + key + ", " + kind + ")";
  }
}
