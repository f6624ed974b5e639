package org.auscult.cds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the caller's server answered for one key.
 *
 * @param pages in order, as they came
 * @param shortfall why this is not all; null if nothing is known to lack
 */
public record Fetched(List<JsonNode> pages, @Nullable Shortfall shortfall) {
  public Fetched {
    pages = List.copyOf(pages);
  }

  /** Never shown: the pages are a patient's. */
  @Override
  public String toString() {
    return "Fetched(" + pages.size() + " pages, " + shortfall + ")";
  }
}
