package org.auscult.monitoring.cause;

import java.time.Instant;
import java.util.Objects;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;

/**
 * The latest of a patient's facts of one code, unit, site, device and method, as the record had it
 * when a prediction was made.
 *
 * @param display the code's text for people; empty if the record gives none
 * @param unit as it was recorded; empty for what is no quantity
 * @param site logical id of the Organization; empty if the record names none
 * @param device codes of what it was measured with; empty if the record names none
 * @param method codes of how it was measured, such as an assay; empty if the record names none
 * @param effective when it was true
 * @param known when it arrived
 * @param firstKnown when the first one of the same code, unit, site, device and method arrived
 */
public record SeenFact(
    ResourceKind kind,
    Code code,
    String display,
    String unit,
    String site,
    String device,
    String method,
    Instant effective,
    Instant known,
    Instant firstKnown) {
  public SeenFact {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(code);
    Objects.requireNonNull(display);
    Objects.requireNonNull(unit);
    Objects.requireNonNull(site);
    Objects.requireNonNull(device);
    Objects.requireNonNull(method);
    Objects.requireNonNull(effective);
    Objects.requireNonNull(known);
    Objects.requireNonNull(firstKnown);
  }
}
