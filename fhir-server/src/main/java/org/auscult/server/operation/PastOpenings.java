package org.auscult.server.operation;

import static java.util.stream.Collectors.toSet;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.api.server.storage.IResourcePersistentId;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.order.DraftOrder;
import org.auscult.timeline.Code;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Reference;

/**
 * Openings of charts and orders as the record knows them: an encounter's begin stands for a chart
 * that its first practitioner opened, and an order for itself.
 */
final class PastOpenings {
  private static final String UNKNOWN_USER = "unknown";

  private final DaoRegistry daos;

  PastOpenings(DaoRegistry daos) {
    this.daos = daos;
  }

  /** One opening, without the patient's timeline. */
  record Past(Instant at, String patient, String user, List<DraftOrder> orders) {}

  /**
   * What is played.
   *
   * @param found how many encounters or orders touch the time; of encounters also those that began
   *     before it, which are not played
   * @param each how many of them each that was looked at stands for; 1 if all were
   * @param openings in the order of their times
   */
  record Sample(int found, int each, List<Past> openings) {}

  /** Encounters that began in [start, end). */
  Sample encounters(Instant start, Instant end, int most) {
    return sample(Encounter.class, "date", start, end, most, PastOpenings::opening);
  }

  /** Medication orders written in [start, end). */
  Sample orders(Instant start, Instant end, int most) {
    return sample(MedicationRequest.class, "authoredon", start, end, most, PastOpenings::opening);
  }

  private interface Read<T> {
    Optional<Past> from(T resource);
  }

  private <T extends IBaseResource> Sample sample(
      Class<T> type, String parameter, Instant start, Instant end, int most, Read<T> read) {
    IFhirResourceDao<T> dao = daos.getResourceDao(type);
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add(
        parameter,
        new DateRangeParam()
            .setLowerBoundInclusive(Date.from(start))
            .setUpperBoundExclusive(Date.from(end)));
    if (type == MedicationRequest.class) {
      search.add("intent", new TokenParam("order"));
    }
    search.setSort(new SortSpec(parameter, SortOrderEnum.ASC));
    List<? extends IResourcePersistentId<?>> ids =
        dao.searchForIds(search, new SystemRequestDetails());
    List<Past> openings = new ArrayList<>();
    int each = Math.max(1, (ids.size() + most - 1) / most);
    for (int i = 0; i < ids.size(); i += each) {
      read.from(dao.readByPid(ids.get(i)))
          .filter(o -> !o.at().isBefore(start) && o.at().isBefore(end))
          .ifPresent(openings::add);
    }
    openings.sort(Comparator.comparing(Past::at));
    return new Sample(ids.size(), each, openings);
  }

  private static Optional<Past> opening(Encounter encounter) {
    Optional<String> user =
        encounter.getParticipant().stream()
            .map(p -> p.getIndividual().getReferenceElement())
            .filter(r -> r.getIdPart() != null && "Practitioner".equals(r.getResourceType()))
            .map(r -> r.toUnqualifiedVersionless().getValue())
            .findFirst();
    return patient(encounter.getSubject())
        .filter(p -> encounter.getPeriod().hasStart())
        .map(
            p ->
                new Past(
                    encounter.getPeriod().getStart().toInstant(),
                    p,
                    user.orElse(UNKNOWN_USER),
                    List.of()));
  }

  private static Optional<Past> opening(MedicationRequest order) {
    String user = order.getRequester().getReferenceElement().toUnqualifiedVersionless().getValue();
    return patient(order.getSubject())
        .filter(p -> order.hasAuthoredOn())
        .map(
            p ->
                new Past(
                    order.getAuthoredOn().toInstant(),
                    p,
                    user == null || user.isBlank() ? UNKNOWN_USER : user,
                    List.of(draft(order))));
  }

  private static DraftOrder draft(MedicationRequest order) {
    CodeableConcept drug =
        order.hasMedicationCodeableConcept()
            ? order.getMedicationCodeableConcept()
            : new CodeableConcept();
    Set<Code> codes =
        drug.getCoding().stream()
            .filter(c -> c.hasSystem() && c.hasCode())
            .map(c -> new Code(c.getSystem(), c.getCode()))
            .collect(toSet());
    return new DraftOrder(
        "MedicationRequest/" + order.getIdElement().getIdPart(),
        List.copyOf(codes),
        drug.hasText() ? drug.getText() : "");
  }

  private static Optional<String> patient(Reference subject) {
    return "Patient".equals(subject.getReferenceElement().getResourceType())
        ? Optional.ofNullable(subject.getReferenceElement().getIdPart())
        : Optional.empty();
  }
}
