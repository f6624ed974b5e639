package org.auscult.server.use;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.cds.fhir.DraftOrders;
import org.auscult.order.DraftOrder;
import org.auscult.order.PlacedOrders.Placed;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the FHIR store which orders of a patient were placed after a call, as they stand now.
 *
 * <p>One was placed after a call if it became known at or after it, and was authored from {@link
 * #DRAFTING} before it to {@link FollowedOrders#WINDOW} after it; what is authored on a day may
 * have been at any time of it, and what is authored nobody knows when was when it became known.
 * What was withdrawn before it was carried out, was an error, or asks that something be not done,
 * is no order; one that was stopped later was one.
 */
final class StoredOrders {
  /** EHRs date an order by when its draft was begun. */
  static final Duration DRAFTING = Duration.ofHours(1);

  private static final Set<String> INTENTS =
      Set.of("order", "original-order", "reflex-order", "filler-order", "instance-order");

  /** Of MedicationRequest and ServiceRequest; {@code revoked} and {@code cancelled} are none. */
  private static final Set<String> PLACED = Set.of("active", "on-hold", "completed", "stopped");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final DaoRegistry daos;
  private final FhirContext fhir;
  private final ZoneId zone;

  StoredOrders(DaoRegistry daos, FhirContext fhir, ZoneId zone) {
    this.daos = daos;
    this.fhir = fhir;
    this.zone = zone;
  }

  /** Whether the patient's record is there. */
  boolean knows(String patient) {
    return read(Patient.class, new IdType("Patient", patient)).isPresent();
  }

  /**
   * Those after a call.
   *
   * @param drafts references that are orders of our own record, whenever they were authored; none
   *     if the caller's ids are not ours
   */
  List<Placed> after(String patient, Instant call, Set<String> drafts) {
    List<Placed> placed = new ArrayList<>();
    for (MedicationRequest order : search(MedicationRequest.class, patient, call)) {
      if (INTENTS.contains(code(order.getIntentElement().getValueAsString()))
          && PLACED.contains(code(order.getStatusElement().getValueAsString()))
          && !order.getDoNotPerform()
          && isAfter(order, order.getAuthoredOnElement(), call, drafts)) {
        placed.add(placed(order, medication(order)));
      }
    }
    for (ServiceRequest order : search(ServiceRequest.class, patient, call)) {
      if (INTENTS.contains(code(order.getIntentElement().getValueAsString()))
          && PLACED.contains(code(order.getStatusElement().getValueAsString()))
          && !order.getDoNotPerform()
          && isAfter(order, order.getAuthoredOnElement(), call, drafts)) {
        placed.add(placed(order, null));
      }
    }
    return placed;
  }

  private static String code(@Nullable String code) {
    return code == null ? "" : code;
  }

  private <T extends Resource> List<T> search(Class<T> type, String patient, Instant since) {
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add("patient", new ReferenceParam("Patient/" + patient));
    search.setLastUpdated(new DateRangeParam().setLowerBoundInclusive(Date.from(since)));
    return daos
        .getResourceDao(type)
        .search(search, new SystemRequestDetails())
        .getAllResources()
        .stream()
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private boolean isAfter(Resource order, DateTimeType authored, Instant call, Set<String> drafts) {
    if (drafts.contains(order.getIdElement().toUnqualifiedVersionless().getValue())) {
      return true;
    }
    Instant known = firstKnown(order);
    if (known.isBefore(call)) {
      return false;
    }
    Instant from = known;
    Instant to = known;
    String text = authored.getValueAsString();
    if (text != null && text.length() == LocalDate.EPOCH.toString().length()) {
      LocalDate day = LocalDate.parse(text);
      from = day.atStartOfDay(zone).toInstant();
      to = day.plusDays(1).atStartOfDay(zone).toInstant();
    } else if (text != null && text.length() > LocalDate.EPOCH.toString().length()) {
      from = authored.getValue().toInstant();
      to = from;
    }
    return !to.isBefore(call.minus(DRAFTING)) && !from.isAfter(call.plus(FollowedOrders.WINDOW));
  }

  private Instant firstKnown(Resource order) {
    IdType id = order.getIdElement();
    IdType first = new IdType(id.getResourceType(), id.getIdPart(), "1");
    Resource earliest = order;
    if (!"1".equals(id.getVersionIdPart())) {
      earliest = read(order.getClass(), first).map(Resource.class::cast).orElse(order);
    }
    return earliest.getMeta().getLastUpdated().toInstant();
  }

  private @Nullable Medication medication(MedicationRequest order) {
    if (!order.hasMedicationReference()) {
      return null;
    }
    IdType id = new IdType(order.getMedicationReference().getReference());
    return "Medication".equals(id.getResourceType()) && !id.isAbsolute()
        ? read(Medication.class, id.toUnqualifiedVersionless()).orElse(null)
        : null;
  }

  private <T extends IBaseResource> Optional<T> read(Class<T> type, IdType id) {
    try {
      return Optional.ofNullable(daos.getResourceDao(type).read(id, new SystemRequestDetails()));
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return Optional.empty();
    }
  }

  /** Read as orders of a call are, so that both are compared in one form. */
  private Placed placed(Resource order, @Nullable Medication medication) {
    List<JsonNode> known = new ArrayList<>();
    known.add(json(order));
    if (medication != null) {
      known.add(json(medication));
    }
    String reference = order.getIdElement().toUnqualifiedVersionless().getValue();
    return new Placed(read(reference, known), order.getIdElement().toUnqualified().getValue());
  }

  /** An order of a call or of the record, by its reference. */
  static DraftOrder read(String reference, List<JsonNode> known) {
    return DraftOrders.dispatched(List.of(reference), new DraftOrders.Surroundings("", null, known))
        .orders()
        .get(0);
  }

  private JsonNode json(Resource resource) {
    try {
      return JSON.readTree(fhir.newJsonParser().encodeResourceToString(resource));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("HAPI writes no JSON", e);
    }
  }
}
