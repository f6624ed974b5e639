package org.auscult.server.audit;

import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Offset;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Sort;
import ca.uhn.fhir.rest.api.SearchTotalModeEnum;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.auscult.audit.AuditLeaf;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;

/** AuditEvents, read from the log: nobody can write one. The newest come first. */
public final class AuditEventProvider implements IResourceProvider {
  private static final Set<String> SORTED_BY = Set.of("date", "_lastUpdated");
  private static final Pattern ID =
      Pattern.compile("(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})(?:\\.(\\d{1,6}))?");

  private final DataSource dataSource;
  private final LogReader log;
  private final AuditEvents events;

  AuditEventProvider(DataSource dataSource, LogReader log, AuditEvents events) {
    this.dataSource = dataSource;
    this.log = log;
    this.events = events;
  }

  @Override
  public Class<AuditEvent> getResourceType() {
    return AuditEvent.class;
  }

  /** One event. */
  @Read
  public AuditEvent read(@IdParam IdType id) {
    return place(id.getIdPart())
        .map(this::event)
        .orElseThrow(() -> new ResourceNotFoundException(id));
  }

  /**
   * Searches by what stands in the leaf.
   *
   * @param agent a user's reference or name, or a client's id
   * @param type {@code rest}, or a kind of ours
   * @param site an Organization's id
   * @param upTo of how many first leaves of the log, as links say it: the log grows while its pages
   *     are read
   */
  @Search
  public Bundle search(
      @OptionalParam(name = "_id") @Nullable TokenOrListParam id,
      @OptionalParam(name = "patient") @Nullable ReferenceOrListParam patient,
      @OptionalParam(name = "agent") @Nullable ReferenceOrListParam agent,
      @OptionalParam(name = "entity") @Nullable ReferenceOrListParam entity,
      @OptionalParam(name = "site") @Nullable TokenOrListParam site,
      @OptionalParam(name = "type") @Nullable TokenOrListParam type,
      @OptionalParam(name = "subtype") @Nullable TokenOrListParam subtype,
      @OptionalParam(name = "action") @Nullable TokenOrListParam action,
      @OptionalParam(name = "outcome") @Nullable TokenOrListParam outcome,
      @OptionalParam(name = "date") @Nullable DateRangeParam date,
      @OptionalParam(name = "_lastUpdated") @Nullable DateRangeParam lastUpdated,
      @OptionalParam(name = EventBundle.UP_TO) @Nullable TokenParam upTo,
      @Sort @Nullable SortSpec sort,
      @Count @Nullable Integer count,
      @Offset @Nullable Integer offset,
      @Nullable SearchTotalModeEnum total,
      @Nullable SummaryEnum summary,
      RequestDetails request) {
    AuditEventSearch search = new AuditEventSearch();
    if (id != null) {
      places(search, codes(id));
    }
    search.in("patient", references(patient).stream().map(AuditEventProvider::patientId).toList());
    search.term(EventRows.AGENT, references(agent));
    search.term(EventRows.ENTITY, references(entity).stream().map(EventRows::plain).toList());
    search.term(EventRows.SITE, codes(site));
    search.in("kind", codes(type));
    search.in("subtype", codes(subtype));
    search.in("action", codes(action));
    search.in("outcome", codes(outcome));
    between(search, date);
    between(search, lastUpdated);
    EventBundle bundle = new EventBundle(request, size(upTo), log.begin(), offset, count);
    search.upTo(bundle.upTo());
    if (summary == SummaryEnum.COUNT) {
      return bundle.of(counted(search));
    }
    AuditEventSearch.Page page =
        search.page(dataSource, order(sort), bundle.offset(), bundle.count());
    List<AuditEvent> found = page.found().stream().map(this::event).toList();
    return bundle.of(found, page.isLast(), () -> isCounted(total) ? counted(search) : null);
  }

  /** Whoever asks for a number gets it, or is told why not: it would cost too much. */
  private int counted(AuditEventSearch search) {
    return search
        .count(dataSource, AuditEventSearch.MOST_COUNTED)
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "More than "
                        + AuditEventSearch.MOST_COUNTED
                        + " events match, and are not counted; narrow the search, by date for one."));
  }

  private static boolean isCounted(@Nullable SearchTotalModeEnum total) {
    return total == SearchTotalModeEnum.ACCURATE || total == SearchTotalModeEnum.ESTIMATED;
  }

  private long size(@Nullable TokenParam upTo) {
    if (upTo == null) {
      return log.size();
    }
    if (!upTo.getValueNotNull().matches("\\d{1,18}")) {
      throw new InvalidRequestException(EventBundle.UP_TO + " takes a whole number.");
    }
    return Long.parseLong(upTo.getValueNotNull());
  }

  private void places(AuditEventSearch search, List<String> ids) {
    if (ids.size() != 1) {
      throw new InvalidRequestException("_id takes one id here; read each event by itself.");
    }
    place(ids.get(0))
        .ifPresentOrElse(found -> search.at(found.index(), found.number()), search::none);
  }

  private static void between(AuditEventSearch search, @Nullable DateRangeParam date) {
    Date from = date == null ? null : date.getLowerBoundAsInstant();
    Date to = date == null ? null : date.getUpperBoundAsInstant();
    if (from != null) {
      search.from(from.getTime());
    }
    if (to != null) {
      search.to(to.getTime());
    }
  }

  private static AuditEventSearch.Order order(@Nullable SortSpec sort) {
    if (sort == null) {
      return AuditEventSearch.Order.LATEST_FIRST;
    }
    if (!SORTED_BY.contains(sort.getParamName()) || sort.getChain() != null) {
      throw new InvalidRequestException("AuditEvents are sorted by date alone: date or -date.");
    }
    return new AuditEventSearch.Order(
        AuditEventSearch.Key.DATE, sort.getOrder() == SortOrderEnum.DESC);
  }

  private Optional<AuditEventSearch.Found> place(String id) {
    Matcher matcher = ID.matcher(id);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    OptionalLong index = log.index(UUID.fromString(matcher.group(1)));
    int number = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    return index.isEmpty()
        ? Optional.empty()
        : Optional.of(new AuditEventSearch.Found(index.getAsLong(), number))
            // A leaf that is in an archive is not here.
            .filter(
                f ->
                    log.leaf(f.index())
                        .map(leaf -> new LeafEvents(AuditLeaf.read(leaf).entry()).all().size())
                        .filter(events -> number < events)
                        .isPresent());
  }

  private AuditEvent event(AuditEventSearch.Found found) {
    AuditLeaf leaf = leaf(found.index());
    return events.of(found.index(), leaf, new LeafEvents(leaf.entry()).all().get(found.number()));
  }

  private AuditLeaf leaf(long index) {
    return AuditLeaf.read(log.leaf(index).orElseThrow());
  }

  private static List<String> codes(@Nullable TokenOrListParam tokens) {
    return tokens == null
        ? List.of()
        : tokens.getValuesAsQueryTokens().stream().map(TokenParam::getValue).toList();
  }

  private static List<String> references(@Nullable ReferenceOrListParam references) {
    return references == null
        ? List.of()
        : references.getValuesAsQueryTokens().stream().map(ReferenceParam::getValue).toList();
  }

  /** Of our own record the id alone. */
  private static String patientId(String reference) {
    return reference.startsWith("Patient/") ? reference.substring("Patient/".length()) : reference;
  }
}
