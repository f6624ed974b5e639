package org.auscult.server.report;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.auscult.monitoring.retraining.RetrainingFacts;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.EventDefinition;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * What happened at the site, as people have written it down: EventDefinitions of our profile that
 * are active. A report lists those that touch its window, so that whoever reads a series sees what
 * stood beside a change.
 */
public final class ReportEvents {
  private final IFhirResourceDao<EventDefinition> events;
  private final ZoneId zone;

  /**
   * @param zone the site's, in which dates without a time lie
   */
  public ReportEvents(IFhirResourceDao<EventDefinition> events, ZoneId zone) {
    this.events = events;
    this.zone = zone;
  }

  /**
   * One of them.
   *
   * @param from inclusive
   * @param until exclusive; null if it goes on
   */
  private record Event(
      EventDefinition resource, String kind, Instant from, @Nullable Instant until) {
    boolean touches(Instant start, Instant end) {
      return from.isBefore(end) && (until == null || until.isAfter(start));
    }

    String version() {
      return resource.getIdElement().getIdPart() + "/" + resource.getIdElement().getVersionIdPart();
    }
  }

  /** All that are written down now. */
  public Known read() {
    SearchParameterMap search =
        SearchParameterMap.newSynchronous()
            .add(EventDefinition.SP_STATUS, new TokenParam("active"));
    return new Known(
        events.search(search, new SystemRequestDetails()).getAllResources().stream()
            .filter(EventDefinition.class::isInstance)
            .map(EventDefinition.class::cast)
            .flatMap(resource -> event(resource).stream())
            .sorted(Comparator.comparing(Event::from).thenComparing(Event::version))
            .toList());
  }

  private Optional<Event> event(EventDefinition resource) {
    if (!resource.getMeta().hasProfile(ReportUrls.EVENT)
        || !resource.getEffectivePeriod().hasStart()) {
      return Optional.empty();
    }
    DateTimeType end = resource.getEffectivePeriod().getEndElement();
    return resource.getTopic().stream()
        .flatMap(topic -> topic.getCoding().stream())
        .filter(coding -> ReportUrls.EVENT_KIND_SYSTEM.equals(coding.getSystem()))
        .map(Coding::getCode)
        .findFirst()
        .map(
            kind ->
                new Event(
                    resource,
                    kind,
                    begin(resource.getEffectivePeriod().getStartElement()),
                    end.hasValue() ? behind(end) : null));
  }

  private Instant begin(DateTimeType time) {
    return switch (time.getPrecision()) {
      case YEAR, MONTH, DAY -> first(time).atStartOfDay(zone).toInstant();
      case MINUTE, SECOND, MILLI -> time.getValue().toInstant();
    };
  }

  private Instant behind(DateTimeType time) {
    return switch (time.getPrecision()) {
      case YEAR -> first(time).plus(Period.ofYears(1)).atStartOfDay(zone).toInstant();
      case MONTH -> first(time).plus(Period.ofMonths(1)).atStartOfDay(zone).toInstant();
      case DAY -> first(time).plus(Period.ofDays(1)).atStartOfDay(zone).toInstant();
      case MINUTE, SECOND, MILLI -> time.getValue().toInstant().plusMillis(1);
    };
  }

  /** The first day of what may be a year or a month. */
  private static LocalDate first(DateTimeType time) {
    String text = time.getValueAsString();
    return switch (text.length()) {
      case 4 -> LocalDate.of(Integer.parseInt(text), 1, 1);
      case 7 -> YearMonth.parse(text).atDay(1);
      default -> LocalDate.parse(text);
    };
  }

  /**
   * An event as it is written down.
   *
   * @param kind code
   * @param from inclusive
   * @param until exclusive; null if it goes on
   */
  public record Marked(String title, String kind, Instant from, @Nullable Instant until) {}

  /** Those that were written down at a time. */
  public static final class Known {
    private final List<Event> events;

    private Known(List<Event> events) {
      this.events = events;
    }

    /** What happened, for those who act on it. */
    public List<RetrainingFacts.Event> happened() {
      return events.stream()
          .map(
              event ->
                  new RetrainingFacts.Event(
                      event.resource().getIdElement().getIdPart(),
                      event.kind(),
                      event.resource().getTitle(),
                      event.from()))
          .toList();
    }

    private List<Event> during(Instant start, Instant end) {
      return events.stream().filter(event -> event.touches(start, end)).toList();
    }

    /**
     * Those that touch a stretch of time, in the order of time.
     *
     * @param end exclusive
     */
    public List<Marked> touching(Instant start, Instant end) {
      return during(start, end).stream()
          .map(
              event ->
                  new Marked(
                      String.valueOf(event.resource().getTitle()),
                      event.kind(),
                      event.from(),
                      event.until()))
          .toList();
    }

    /**
     * Changes whenever those do that touch a window; empty if there are none.
     *
     * @param end exclusive
     */
    public String fingerprint(Instant start, Instant end) {
      List<Event> touching = during(start, end);
      return touching.isEmpty()
          ? ""
          : Integer.toHexString(touching.stream().map(Event::version).toList().hashCode());
    }

    /**
     * Lists them in a report, in the place of what it listed before.
     *
     * @param end exclusive
     * @return the report
     */
    public MeasureReport mark(MeasureReport report, Instant start, Instant end) {
      report.getExtension().removeIf(extension -> ReportUrls.MARKED.equals(extension.getUrl()));
      for (Event event : during(start, end)) {
        EventDefinition resource = event.resource();
        Extension marked = report.addExtension().setUrl(ReportUrls.MARKED);
        marked.addExtension(
            "event", new Reference("EventDefinition/" + resource.getIdElement().getIdPart()));
        marked.addExtension("kind", new CodeType(event.kind()));
        marked.addExtension("title", new StringType(resource.getTitle()));
        marked.addExtension("period", resource.getEffectivePeriod().copy());
      }
      return report;
    }
  }
}
