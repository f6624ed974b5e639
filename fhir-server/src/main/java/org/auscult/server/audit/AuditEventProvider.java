package org.auscult.server.audit;

import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Offset;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Sort;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.auscult.audit.AuditLeaf;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;

/** AuditEvents, read from the log: nobody can write one. The newest come first. */
public final class AuditEventProvider implements IResourceProvider {
  private static final int DEFAULT_COUNT = 20;
  private static final int LARGEST_COUNT = 1_000;
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
   */
  @Search
  public IBundleProvider search(
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
      @Sort @Nullable SortSpec sort,
      @Count @Nullable Integer count,
      @Offset @Nullable Integer offset) {
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
    return page(search, isOldestFirst(sort), count, offset);
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

  private static boolean isOldestFirst(@Nullable SortSpec sort) {
    if (sort == null) {
      return false;
    }
    if (!sort.getParamName().equals("date") || sort.getChain() != null) {
      throw new InvalidRequestException("AuditEvents are sorted by date alone: date or -date.");
    }
    return sort.getOrder() != SortOrderEnum.DESC;
  }

  private IBundleProvider page(
      AuditEventSearch search,
      boolean oldestFirst,
      @Nullable Integer count,
      @Nullable Integer offset) {
    int size = count == null ? DEFAULT_COUNT : Math.min(count, LARGEST_COUNT);
    int from = offset == null ? 0 : offset;
    if (size < 0 || from < 0) {
      throw new InvalidRequestException("_count and _offset are not below 0.");
    }
    List<AuditEvent> found =
        size == 0
            ? List.of()
            : search.page(dataSource, oldestFirst, from, size).stream().map(this::event).toList();
    SimpleBundleProvider page = new SimpleBundleProvider(found);
    page.setSize(search.count(dataSource));
    page.setCurrentPageOffset(from);
    page.setCurrentPageSize(size);
    return page;
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
            .filter(f -> number < new LeafEvents(leaf(f.index()).entry()).all().size());
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
