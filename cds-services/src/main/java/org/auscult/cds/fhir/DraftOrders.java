package org.auscult.cds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.auscult.cds.fhir.OrderedThing.UnreadableException;
import org.auscult.cds.fhir.Subjects.Whose;
import org.auscult.order.Dosage;
import org.auscult.order.DraftOrder;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;

/**
 * The orders of a call's context. They go to whoever checks orders and never into a timeline
 * (safety rule 13).
 *
 * <p>An order that cannot be read, or that was selected and is not there, stays in the list without
 * codes: it is then said to be not checked. To refuse the whole call would leave the clinician with
 * silence about all the others (safety rules 19 and 21).
 *
 * @param orders in the order of the caller
 * @param findings how many entries or selections could not be read
 * @param otherPatient where resources of another patient stand; not empty rejects the call
 * @param unresolved by an order's place in the list, the Medication that it names and that the call
 *     did not bring: {@code Medication/id} at the caller's server
 */
public record DraftOrders(
    List<DraftOrder> orders,
    int findings,
    List<String> otherPatient,
    Map<Integer, String> unresolved) {
  /** None. */
  public static final DraftOrders NONE = new DraftOrders(List.of(), 0, List.of(), Map.of());

  private static final Pattern MEDICATION = Pattern.compile("Medication/[A-Za-z0-9._-]{1,128}");

  /** Drafts are stored nowhere: their ids are longer than FHIR allows at one large vendor. */
  private static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9._-]{1,512}");

  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z]{1,64}/" + ORDER_ID.pattern());

  /** The reference of an order of which not even the type can be read. */
  public static final String UNKNOWN = "Order";

  /** What clients put beside orders; anything else is taken for an order. */
  private static final Set<String> SUPPORTING =
      Set.of(
          "Condition",
          "Coverage",
          "Device",
          "Encounter",
          "Location",
          "Medication",
          "Observation",
          "Organization",
          "Patient",
          "Practitioner",
          "PractitionerRole",
          "Provenance",
          "RelatedPerson",
          "Substance");

  /** Orders that ask for nothing. */
  private static final Set<String> WITHDRAWN =
      Set.of("cancelled", "entered-in-error", "revoked", "stopped");

  public DraftOrders {
    orders = List.copyOf(orders);
    otherPatient = List.copyOf(otherPatient);
    unresolved = Map.copyOf(unresolved);
  }

  /**
   * Whose orders they are, and what came beside them.
   *
   * @param patient logical id at the caller
   * @param fhirServer the caller's base URL; null if not told
   * @param prefetch in which Medications may stand
   */
  public record Surroundings(
      String patient, @Nullable String fhirServer, Collection<JsonNode> prefetch) {}

  /** All orders of a bundle. */
  public static DraftOrders all(JsonNode bundle, String at, Surroundings around) {
    Reading reading = new Reading(bundle, at, around);
    reading.entries.forEach(reading::take);
    return reading.finish();
  }

  /**
   * The orders of a bundle that were just selected; the others are told for context only.
   *
   * @param selections {@code Type/id} as the specification writes it; a bare id or a full URL of
   *     one entry is understood
   */
  public static DraftOrders selected(
      JsonNode bundle, List<String> selections, String at, Surroundings around) {
    Reading reading = new Reading(bundle, at, around);
    Map<Integer, Entry> chosen = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>();
    for (String selection : selections.stream().distinct().toList()) {
      List<Entry> found = reading.find(selection);
      found.forEach(entry -> chosen.putIfAbsent(entry.index, entry));
      if (found.isEmpty()) {
        unknown.add(selection);
      }
    }
    chosen.values().forEach(reading::take);
    unknown.forEach(reading::takeUnknown);
    reading.entries.stream()
        .filter(e -> !e.isReadable() && !chosen.containsKey(e.index))
        .forEach(e -> reading.gathering.findings++);
    return reading.finish();
  }

  /**
   * Orders that stand in the caller's record, by reference; their codes are known if prefetch
   * brought them.
   */
  public static DraftOrders dispatched(List<String> references, Surroundings around) {
    Map<String, JsonNode> known = new HashMap<>();
    resources(around.prefetch()).forEach(r -> known.put(reference(r), r));
    Gathering gathering = new Gathering(around.fhirServer());
    for (String reference : references) {
      String plain = typeAndId(reference);
      JsonNode order = known.get(plain);
      if (order == null) {
        gathering.addUnknown(plain);
      } else {
        gathering.add(plain, order, r -> Optional.ofNullable(known.get(typeAndId(r))));
      }
    }
    return gathering.finish(List.of());
  }

  /**
   * The same, with Medications that were fetched.
   *
   * @param medications by the references of {@link #unresolved()}
   */
  public DraftOrders with(Map<String, JsonNode> medications) {
    List<DraftOrder> resolved = new ArrayList<>(orders);
    Map<Integer, String> left = new HashMap<>(unresolved);
    int more = 0;
    for (Map.Entry<Integer, String> entry : unresolved.entrySet()) {
      JsonNode medication = medications.get(entry.getValue());
      if (medication == null || !reference(medication).equals(entry.getValue())) {
        continue;
      }
      left.remove(entry.getKey());
      DraftOrder before = orders.get(entry.getKey());
      try {
        OrderedThing thing =
            new OrderedThing(Set.copyOf(before.codes()), before.text(), null).with(medication);
        resolved.set(entry.getKey(), order(before.reference(), thing, before.dosage()));
      } catch (UnreadableException e) {
        more++;
      }
    }
    return new DraftOrders(resolved, findings + more, otherPatient, left);
  }

  /** Puts orders together. */
  private static final class Gathering {
    private final @Nullable String fhirServer;
    private final List<DraftOrder> orders = new ArrayList<>();
    private final Map<Integer, String> unresolved = new HashMap<>();
    private int findings;

    Gathering(@Nullable String fhirServer) {
      this.fhirServer = fhirServer;
    }

    void add(String reference, JsonNode order, OrderedThing.Medications medications) {
      try {
        OrderedThing thing = OrderedThing.of(order, medications);
        if (thing.unresolved() != null) {
          atServer(thing.unresolved()).ifPresent(m -> unresolved.put(orders.size(), m));
        }
        orders.add(order(reference, thing, OrderedDosage.of(order)));
      } catch (UnreadableException e) {
        addUnreadable(reference);
      }
    }

    /** {@code Medication/id}, if it stands at the caller's own server. */
    private Optional<String> atServer(String reference) {
      IdType id = new IdType(reference);
      boolean there =
          !id.hasBaseUrl() || (fhirServer != null && FhirServers.same(id.getBaseUrl(), fhirServer));
      return Optional.of(typeAndId(reference))
          .filter(plain -> there && MEDICATION.matcher(plain).matches());
    }

    void addUnknown(String reference) {
      orders.add(new DraftOrder(reference, List.of(), ""));
    }

    void addUnreadable(String reference) {
      findings++;
      addUnknown(reference);
    }

    DraftOrders finish(List<String> otherPatient) {
      return new DraftOrders(orders, findings, otherPatient, unresolved);
    }
  }

  /** Whether a resource, by its subject, is about another patient. */
  public static boolean isAnothers(JsonNode resource, Surroundings around) {
    if (resource.path("resourceType").asText().equals("Patient")) {
      String id = resource.path("id").asText();
      return !id.isEmpty() && !id.equals(around.patient());
    }
    for (String name : List.of("subject", "patient", "for", "beneficiary")) {
      String reference = resource.path(name).path("reference").asText();
      if (Subjects.whose(reference, around.patient(), around.fhirServer()) == Whose.ANOTHERS) {
        return true;
      }
    }
    return false;
  }

  /** Whether patients take part in an appointment, but not the one of the call. */
  public static boolean isForOthersOnly(JsonNode appointment, Surroundings around) {
    boolean others = false;
    for (JsonNode participant : appointment.path("participant")) {
      String actor = participant.path("actor").path("reference").asText();
      if (actor.matches("(.*/)?Patient/.*")) {
        if (Subjects.whose(actor, around.patient(), around.fhirServer()) == Whose.OURS) {
          return false;
        }
        others = true;
      }
    }
    return others;
  }

  private static DraftOrder order(String reference, OrderedThing thing, Dosage dosage) {
    return new DraftOrder(reference, List.copyOf(thing.codes()), thing.text(), dosage);
  }

  /** {@code Type/id}; the type alone where there is no id. */
  private static String reference(JsonNode resource) {
    String type = resource.path("resourceType").asText();
    String id = resource.path("id").asText();
    if (!type.matches("[A-Za-z]{1,64}")) {
      return UNKNOWN;
    }
    return ORDER_ID.matcher(id).matches() ? type + "/" + id : type;
  }

  private static String typeAndId(String reference) {
    IdType id = new IdType(reference.strip());
    return id.hasResourceType() && id.hasIdPart()
        ? id.getResourceType() + "/" + id.getIdPart()
        : reference.strip();
  }

  private static List<JsonNode> resources(Collection<JsonNode> prefetch) {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode answer : prefetch) {
      if (answer.path("resourceType").asText().equals("Bundle")) {
        answer.path("entry").forEach(entry -> all.add(entry.path("resource")));
      } else {
        all.add(answer);
      }
    }
    return all;
  }

  /** One entry of the bundle. */
  private record Entry(int index, String fullUrl, JsonNode resource) {
    boolean isReadable() {
      return resource.isObject() && !reference(resource).equals(UNKNOWN);
    }

    boolean isOrder() {
      return !SUPPORTING.contains(resource.path("resourceType").asText());
    }

    boolean asksForSomething() {
      return !resource.path("doNotPerform").asBoolean(false)
          && !WITHDRAWN.contains(resource.path("status").asText());
    }
  }

  /** Reads one bundle; used once. */
  private static final class Reading {
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, JsonNode> medications = new HashMap<>();
    private final Gathering gathering;
    private final List<String> otherPatient = new ArrayList<>();

    Reading(JsonNode bundle, String at, Surroundings around) {
      gathering = new Gathering(around.fhirServer());
      resources(around.prefetch()).forEach(r -> remember("", r));
      for (JsonNode entry : bundle.path("entry")) {
        JsonNode resource = entry.path("resource");
        Entry one = new Entry(entries.size(), entry.path("fullUrl").asText(), resource);
        entries.add(one);
        remember(one.fullUrl(), resource);
        if (isAnothers(resource, around)) {
          otherPatient.add(at + ".entry[" + one.index() + "].resource");
        }
      }
    }

    private void remember(String fullUrl, JsonNode resource) {
      if (resource.path("resourceType").asText().equals("Medication")) {
        medications.put(reference(resource), resource);
        medications.put(fullUrl, resource);
      }
    }

    private Optional<JsonNode> medication(String reference) {
      return Optional.ofNullable(medications.get(reference))
          .or(() -> Optional.ofNullable(medications.get(typeAndId(reference))));
    }

    /** More than one if the caller uses a reference twice: any of them may be meant. */
    List<Entry> find(String selection) {
      String plain = typeAndId(selection);
      List<Entry> exact =
          entries.stream()
              .filter(Entry::isOrder)
              .filter(e -> reference(e.resource()).equals(plain) || e.fullUrl().equals(selection))
              .toList();
      return exact.isEmpty()
          ? entries.stream()
              .filter(Entry::isOrder)
              .filter(e -> e.resource().path("id").asText().equals(selection))
              .toList()
          : exact;
    }

    void take(Entry entry) {
      String reference = reference(entry.resource());
      if (!entry.isReadable()) {
        gathering.addUnreadable(reference);
      } else if (entry.isOrder() && entry.asksForSomething()) {
        gathering.add(reference, entry.resource(), this::medication);
      }
    }

    /** What was selected, but is not there as an order. */
    void takeUnknown(String selection) {
      String plain = typeAndId(selection);
      gathering.addUnreadable(REFERENCE.matcher(plain).matches() ? plain : UNKNOWN);
    }

    DraftOrders finish() {
      return gathering.finish(otherPatient);
    }
  }

  /** Numbers alone: what is ordered is a patient's. */
  @Override
  public String toString() {
    return "DraftOrders(" + orders.size() + " orders, " + findings + " findings)";
  }
}
