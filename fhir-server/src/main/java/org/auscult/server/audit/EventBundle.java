package org.auscult.server.audit;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;

/**
 * One page of found events, with links to the others. Each read of the log adds to it; so links
 * hold how long the log was at the first page, and later pages tell of no more than that.
 *
 * <p>A total stands where it was asked for, or is known anyway since the page is the last.
 */
final class EventBundle {
  /** The parameter of links that says of how many leaves they tell. */
  static final String UP_TO = "_upto";

  private static final int DEFAULT_COUNT = 20;
  private static final int LARGEST_COUNT = 1_000;
  private static final int FARTHEST = 100_000;
  private static final Set<String> LEFT_OUT =
      Set.of(UP_TO, Constants.PARAM_OFFSET, Constants.PARAM_COUNT);

  private final RequestDetails request;
  private final long upTo;
  private final long archived;
  private final int offset;
  private final int count;

  /**
   * @param archived of how many first leaves some are in archives alone
   * @throws InvalidRequestException if that cannot be a page
   */
  EventBundle(
      RequestDetails request,
      long upTo,
      long archived,
      @Nullable Integer offset,
      @Nullable Integer count) {
    this.request = request;
    this.upTo = upTo;
    this.archived = archived;
    this.offset = offset == null ? 0 : offset;
    this.count = count == null ? DEFAULT_COUNT : Math.min(count, LARGEST_COUNT);
    if (this.count < 0 || this.offset < 0) {
      throw new InvalidRequestException("_count and _offset are not below 0.");
    }
    if (this.offset > FARTHEST) {
      throw new InvalidRequestException(
          "_offset is at most " + FARTHEST + "; narrow the search, by date for one.");
    }
  }

  long upTo() {
    return upTo;
  }

  int offset() {
    return offset;
  }

  int count() {
    return count;
  }

  /** A number alone. */
  Bundle of(int total) {
    return empty().setTotal(total);
  }

  /**
   * A page.
   *
   * @param counted gives the total if it was asked for, else null
   */
  Bundle of(List<AuditEvent> found, boolean isLast, Supplier<@Nullable Integer> counted) {
    Bundle bundle = empty();
    boolean isKnown = isLast && (offset == 0 || !found.isEmpty());
    Integer total = isKnown ? Integer.valueOf(offset + found.size()) : counted.get();
    if (total == null) {
      UnknownTotal.mark(bundle);
    } else {
      bundle.setTotal(total);
    }
    if (count > 0) {
      bundle.addLink().setRelation("first").setUrl(link(0));
      if (offset > 0) {
        bundle.addLink().setRelation("previous").setUrl(link(Math.max(0, offset - count)));
      }
      if (!isLast) {
        bundle.addLink().setRelation("next").setUrl(link(offset + count));
      }
    }
    for (AuditEvent event : found) {
      Bundle.BundleEntryComponent entry = bundle.addEntry().setResource(event);
      entry.setFullUrl(base() + "/" + event.getIdElement().getIdPart());
      entry.getSearch().setMode(SearchEntryMode.MATCH);
    }
    if (archived > 0) {
      bundle.addEntry(ofArchives());
    }
    return bundle;
  }

  /** What is not told of is said. */
  private Bundle.BundleEntryComponent ofArchives() {
    OperationOutcome outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.INFORMATION)
        .setCode(IssueType.INFORMATIONAL)
        .setDiagnostics(
            "Of the log's first "
                + archived
                + " leaves some are in archives alone, and their events are not found here.");
    Bundle.BundleEntryComponent entry = new Bundle.BundleEntryComponent().setResource(outcome);
    entry.getSearch().setMode(SearchEntryMode.OUTCOME);
    return entry;
  }

  private static Bundle empty() {
    Bundle bundle = new Bundle().setType(BundleType.SEARCHSET);
    bundle.setId(UUID.randomUUID().toString());
    bundle.getMeta().setLastUpdated(new Date());
    return bundle;
  }

  private String base() {
    return request.getFhirServerBase() + "/AuditEvent";
  }

  private String link(int from) {
    List<String> parameters = new ArrayList<>();
    request
        .getParameters()
        .forEach(
            (name, values) -> {
              if (!LEFT_OUT.contains(name)) {
                Arrays.stream(values).map(v -> parameter(name, v)).forEach(parameters::add);
              }
            });
    Stream.of(
            parameter(Constants.PARAM_COUNT, String.valueOf(count)),
            parameter(Constants.PARAM_OFFSET, String.valueOf(from)),
            parameter(UP_TO, String.valueOf(upTo)))
        .forEach(parameters::add);
    return base() + "?" + String.join("&", parameters);
  }

  private static String parameter(String name, String value) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8)
        + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
