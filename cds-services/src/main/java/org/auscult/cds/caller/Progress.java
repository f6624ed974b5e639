package org.auscult.cds.caller;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.auscult.cds.fhir.Fetched;
import org.auscult.cds.fhir.Shortfall;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one answer, written by the thread that reads them and taken by the one that waits.
 */
final class Progress {
  private final List<JsonNode> pages = new ArrayList<>();
  private @Nullable Shortfall shortfall;
  private boolean ended;

  /** Adds a page, unless whoever waits has given up. */
  synchronized void add(JsonNode page) {
    if (!ended) {
      pages.add(page);
    }
  }

  /** Only the first end counts. */
  synchronized void end(@Nullable Shortfall why) {
    if (!ended) {
      ended = true;
      shortfall = why;
    }
  }

  /** What there is; from now on nothing is added. */
  synchronized Fetched take() {
    end(Shortfall.TIMEOUT);
    return new Fetched(pages, shortfall);
  }
}
