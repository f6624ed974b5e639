package org.auscult.prove.asof;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of one resource, as its history gives it.
 *
 * @param json null for a deletion
 * @param stored when it was stored
 */
record Version(String type, String id, long number, @Nullable JsonNode json, Instant stored) {
  /** {@code Observation/12}. */
  String resource() {
    return type + "/" + id;
  }

  /** {@code Observation/12/_history/3}. */
  String reference() {
    return resource() + "/_history/" + number;
  }
}
