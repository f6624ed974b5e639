package org.auscult.cds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Paging of search results. */
public final class Bundles {
  private Bundles() {}

  /** The link to the next page; empty text if there is such a link without an address. */
  public static Optional<String> next(JsonNode bundle) {
    for (JsonNode link : bundle.path("link")) {
      if (link.path("relation").asText().equals("next")) {
        return Optional.of(link.path("url").asText());
      }
    }
    return Optional.empty();
  }
}
