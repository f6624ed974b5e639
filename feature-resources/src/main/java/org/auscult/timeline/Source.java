package org.auscult.timeline;

import java.util.Objects;

/**
 * Where a fact stands: one place in one version of one resource.
 *
 * @param origin base URL of the server that holds the resource; empty for our own record
 * @param kind the resource's type
 * @param id the resource's logical id
 * @param version its version; 0 where the origin gave none
 * @param slot which fact of the resource: 0 for itself, 1..n for its components, from 1000 for
 *     demographics of a Patient
 */
public record Source(String origin, ResourceKind kind, String id, long version, int slot) {
  public Source {
    Objects.requireNonNull(origin);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(id);
  }

  /** The versioned reference, such as {@code Observation/12/_history/3}, absolute if foreign. */
  public String reference() {
    String local = kind.fhirType() + "/" + id + (version > 0 ? "/_history/" + version : "");
    return origin.isEmpty() ? local : origin + "/" + local;
  }
}
