package org.auscult.cds.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.auscult.cds.fhir.DraftOrders;
import org.auscult.cds.fhir.DraftOrders.Surroundings;
import org.auscult.deployment.Hook;
import org.jspecify.annotations.Nullable;

/**
 * Reads what each hook's context has beside patient, user and encounter: orders, dispatched orders
 * and appointments. Fields that a hook does not define are passed over.
 *
 * <p>Source: the CDS Hooks hook library, order-select 1.0, order-sign 1.1, order-dispatch 1.0 and
 * 1.1, appointment-book 1.0.
 */
final class OrderContext {
  private static final String CONTEXT = "context";
  private static final Pattern REFERENCE =
      Pattern.compile("(https?://\\S+/)?[A-Za-z]{1,64}/[A-Za-z0-9.-]{1,64}(/_history/\\S{1,64})?");

  private final JsonNode context;
  private final Surroundings around;

  private OrderContext(JsonNode context, Surroundings around) {
    this.context = context;
    this.around = around;
  }

  /**
   * @throws Refusal if something is missing, of a wrong type, or another patient's
   */
  static DraftOrders read(
      Hook hook,
      JsonNode context,
      String patient,
      @Nullable String fhirServer,
      Collection<JsonNode> prefetch) {
    OrderContext reader =
        new OrderContext(context, new Surroundings(patient, fhirServer, prefetch));
    DraftOrders orders =
        switch (hook) {
          case ORDER_SELECT -> reader.selected();
          case ORDER_SIGN ->
              DraftOrders.all(reader.draftOrders(), "context.draftOrders", reader.around);
          case ORDER_DISPATCH -> reader.dispatched();
          case APPOINTMENT_BOOK -> reader.appointments();
          case PATIENT_VIEW, ENCOUNTER_START, ENCOUNTER_DISCHARGE -> DraftOrders.NONE;
        };
    if (!orders.otherPatient().isEmpty()) {
      throw Refusal.wrongPatient(orders.otherPatient().get(0));
    }
    return orders;
  }

  private DraftOrders selected() {
    JsonNode named =
        JsonBody.array(
            context, CONTEXT, "selections", "Send the references of the newly selected orders.");
    List<String> selections = new ArrayList<>();
    for (int i = 0; i < named.size(); i++) {
      selections.add(element(named.get(i), "context.selections[" + i + "]"));
    }
    return DraftOrders.selected(draftOrders(), selections, "context.draftOrders", around);
  }

  private JsonNode draftOrders() {
    return bundle("draftOrders", "Send a Bundle of the orders that are not signed yet.");
  }

  private JsonNode bundle(String name, String whatToDo) {
    JsonNode bundle = JsonBody.object(context, CONTEXT, name, whatToDo);
    requireEntries(bundle, name);
    return bundle;
  }

  private static void requireEntries(JsonNode bundle, String name) {
    String at = CONTEXT + "." + name;
    if (!bundle.path("resourceType").asText().equals("Bundle")) {
      throw Refusal.invalid(at + ".resourceType", "must be Bundle.");
    }
    JsonBody.optionalArray(bundle, at, "entry");
  }

  /** 1.1; the names of 1.0 and those of 1.1's own example are understood. */
  private DraftOrders dispatched() {
    List<String> references = new ArrayList<>();
    String name = context.has("dispatched-orders") ? "dispatched-orders" : "dispatchedOrders";
    Optional<JsonNode> listed = JsonBody.optionalArray(context, CONTEXT, name);
    if (listed.isPresent()) {
      for (int i = 0; i < listed.get().size(); i++) {
        references.add(reference(listed.get().get(i), "context." + name + "[" + i + "]"));
      }
    } else if (context.has("order")) {
      references.add(reference(context.path("order"), "context.order"));
    }
    if (references.isEmpty()) {
      throw Refusal.missing(
          "context.dispatchedOrders",
          "Send the references of the orders, such as ServiceRequest/1.");
    }
    String performer =
        JsonBody.text(context, CONTEXT, "performer", "Send who is to perform the orders.");
    if (!REFERENCE.matcher(performer).matches()) {
      throw Refusal.invalid("context.performer", "is not a reference such as Organization/1.");
    }
    requireTasksOfOnePatient();
    return DraftOrders.dispatched(references, around);
  }

  private void requireTasksOfOnePatient() {
    for (String name : List.of("fulfillmentTasks", "fulfillment-tasks")) {
      Optional<JsonNode> tasks = JsonBody.optionalArray(context, CONTEXT, name);
      for (int i = 0; i < tasks.map(JsonNode::size).orElse(0); i++) {
        requireOurs(tasks.get().get(i), "context." + name + "[" + i + "]");
      }
    }
    JsonBody.optionalObject(context, CONTEXT, "task")
        .ifPresent(task -> requireOurs(task, "context.task"));
  }

  private void requireOurs(JsonNode task, String at) {
    if (!task.isObject()) {
      throw Refusal.invalid(at, "must be an object but is " + JsonBody.kind(task) + ".");
    }
    if (DraftOrders.isAnothers(task, around)) {
      throw Refusal.wrongPatient(at);
    }
  }

  /** A Bundle; the hook's own examples show an array, so that is understood too. */
  private DraftOrders appointments() {
    JsonNode given = context.path("appointments");
    boolean listed = given.isArray();
    JsonNode entries =
        listed
            ? given
            : bundle("appointments", "Send a Bundle of the proposed ones.").path("entry");
    for (int i = 0; i < entries.size(); i++) {
      String at =
          listed
              ? "context.appointments[" + i + "]"
              : "context.appointments.entry[" + i + "].resource";
      JsonNode appointment = listed ? entries.get(i) : entries.get(i).path("resource");
      if (DraftOrders.isForOthersOnly(appointment, around)) {
        throw Refusal.wrongPatient(at);
      }
    }
    return DraftOrders.NONE;
  }

  private static String element(JsonNode value, String at) {
    if (!value.isTextual()) {
      throw Refusal.invalid(at, "must be a string but is " + JsonBody.kind(value) + ".");
    }
    if (value.textValue().isBlank()) {
      throw Refusal.invalid(at, "is blank. Leave it out or fill it.");
    }
    return value.textValue().strip();
  }

  private static String reference(JsonNode value, String at) {
    String text = element(value, at);
    if (!REFERENCE.matcher(text).matches()) {
      throw Refusal.invalid(at, "is not a reference such as ServiceRequest/1.");
    }
    return text;
  }
}
