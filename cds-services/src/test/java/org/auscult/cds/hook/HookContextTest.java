package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.auscult.cds.CvdRisk;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.Hook;
import org.auscult.order.DraftOrder;
import org.auscult.prediction.JournalEntry;
import org.auscult.timeline.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each hook's context must hold, and what is made of it.
 *
 * <p>Checklist: 11, 60. Safety: 1, 13, 21.
 */
class HookContextTest {
  private static final EnumSet<Hook> ALL = EnumSet.allOf(Hook.class);

  @ParameterizedTest
  @EnumSource(Hook.class)
  void eachHookIsReadWithVendorsExtras(Hook hook) {
    CallBuilder call = call(hook);
    call.call.putObject("extension").put("com.vendor.hook", true);
    call.context.putObject("extension").put("com.vendor.department", 7);
    call.context.put("com.vendor.session", "x").putNull("orderSetId");

    HookRequest read = EnvelopeReader.read(call.bytes(), ALL);

    assertThat(read.hook()).isEqualTo(hook.id());
    assertThat(read.patient()).isEqualTo("p1");
    assertThat(read.user()).isEqualTo(hook == Hook.ORDER_DISPATCH ? null : "Practitioner/dr1");
    assertThat(read.isForLayPerson()).isFalse();
    assertThat(read.findings()).isZero();
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong(Hook.ORDER_SELECT, "context.selections", c -> c.remove("selections")),
        wrong(Hook.ORDER_SELECT, "context.selections", c -> c.put("selections", "a/b")),
        wrong(Hook.ORDER_SELECT, "context.selections[0]", c -> c.putArray("selections").add(1)),
        wrong(Hook.ORDER_SELECT, "context.selections[1]", c -> c.withArray("selections").add("")),
        wrong(Hook.ORDER_SELECT, "context.draftOrders", c -> c.remove("draftOrders")),
        wrong(Hook.ORDER_SELECT, "context.userId", c -> c.remove("userId")),
        wrong(Hook.ORDER_SIGN, "context.draftOrders", c -> c.putNull("draftOrders")),
        wrong(Hook.ORDER_SIGN, "context.draftOrders", c -> c.putArray("draftOrders")),
        wrong(
            Hook.ORDER_SIGN,
            "context.draftOrders.resourceType",
            c -> c.withObject("/draftOrders").put("resourceType", "List")),
        wrong(
            Hook.ORDER_SIGN,
            "context.draftOrders.entry",
            c -> c.withObject("/draftOrders").put("entry", "x")),
        wrong(Hook.ORDER_DISPATCH, "context.dispatchedOrders", c -> c.remove("dispatchedOrders")),
        wrong(Hook.ORDER_DISPATCH, "context.dispatchedOrders", c -> c.putArray("dispatchedOrders")),
        wrong(
            Hook.ORDER_DISPATCH,
            "context.dispatchedOrders[0]",
            c -> c.putArray("dispatchedOrders").add("no reference")),
        wrong(
            Hook.ORDER_DISPATCH,
            "context.dispatchedOrders[0]",
            c -> c.putArray("dispatchedOrders").addObject()),
        wrong(Hook.ORDER_DISPATCH, "context.performer", c -> c.remove("performer")),
        wrong(Hook.ORDER_DISPATCH, "context.performer", c -> c.put("performer", "someone")),
        wrong(Hook.ORDER_DISPATCH, "context.patientId", c -> c.remove("patientId")),
        wrong(
            Hook.ORDER_DISPATCH,
            "context.fulfillmentTasks",
            c -> c.put("fulfillmentTasks", "Task/1")),
        wrong(
            Hook.ORDER_DISPATCH,
            "context.fulfillmentTasks[0]",
            c -> c.putArray("fulfillmentTasks").add("Task/1")),
        wrong(
            Hook.ORDER_DISPATCH,
            "context.fulfillmentTasks[0]",
            c ->
                c.putArray("fulfillmentTasks")
                    .addObject()
                    .putObject("for")
                    .put("reference", "Patient/p2")),
        wrong(Hook.ENCOUNTER_START, "context.encounterId", c -> c.remove("encounterId")),
        wrong(Hook.ENCOUNTER_DISCHARGE, "context.encounterId", c -> c.remove("encounterId")),
        wrong(Hook.ENCOUNTER_DISCHARGE, "context.userId", c -> c.remove("userId")),
        wrong(Hook.PATIENT_VIEW, "context.encounterId", c -> c.put("encounterId", "Encounter/1")),
        wrong(Hook.APPOINTMENT_BOOK, "context.appointments", c -> c.remove("appointments")),
        wrong(Hook.APPOINTMENT_BOOK, "context.appointments", c -> c.put("appointments", "x")),
        wrong(
            Hook.APPOINTMENT_BOOK,
            "context.appointments.resourceType",
            c -> c.putObject("appointments")),
        wrong(
            Hook.APPOINTMENT_BOOK,
            "context.appointments.entry[0].resource",
            c -> actor(c.at("/appointments/entry/0/resource"), "Patient/p2")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("wrong")
  void whatIsMissingOrWrongIs400WithItsPlace(Hook hook, String where, Consumer<ObjectNode> damage) {
    CallBuilder call = call(hook);
    damage.accept(call.context);
    World world = world();

    HookAnswer answer = world.call(call);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(CallBuilder.read(answer.body()).at("/issue/0/expression/0").asText())
        .isEqualTo(where);
    assertThat(answer.body()).doesNotContain("p2");
    assertThat(world.journal.entries).isEmpty();
  }

  @Test
  void aHookThatIsNotOfferedIsRefusedBeforeItsContextIsRead() {
    CallBuilder call = call(Hook.ORDER_SIGN);
    call.context.remove("draftOrders");

    assertThatThrownBy(() -> EnvelopeReader.read(call.bytes(), List.of(Hook.PATIENT_VIEW)))
        .hasMessageStartingWith("hook is not what this service answers. Call it on patient-view.");
  }

  @Test
  void orderSelectIsAboutItsSelectionsAndOrderSignAboutAll() {
    assertThat(EnvelopeReader.read(call(Hook.ORDER_SELECT).bytes(), ALL).orders())
        .extracting(DraftOrder::reference)
        .containsExactly("MedicationRequest/draft-1");
    assertThat(EnvelopeReader.read(call(Hook.ORDER_SIGN).bytes(), ALL).orders())
        .extracting(DraftOrder::reference)
        .containsExactly("MedicationRequest/draft-1", "MedicationRequest/draft-2");
    assertThat(EnvelopeReader.read(call(Hook.PATIENT_VIEW).bytes(), ALL).orders()).isEmpty();
  }

  @Test
  void anEmptyBasketIsNoError() {
    CallBuilder call = call(Hook.ORDER_SELECT);
    call.context.putArray("selections");
    call.context.withObject("/draftOrders").remove("entry");

    assertThat(EnvelopeReader.read(call.bytes(), ALL).orders()).isEmpty();
  }

  /** 1.0 of the hook had one order and one task; its page still shows names with hyphens. */
  @Test
  void olderNamesOfOrderDispatchAreUnderstood() {
    CallBuilder first = call(Hook.ORDER_DISPATCH);
    first.context.remove("dispatchedOrders");
    first.context.put("order", "ServiceRequest/old").putObject("task").put("resourceType", "Task");
    CallBuilder hyphens = call(Hook.ORDER_DISPATCH);
    hyphens.context.remove("dispatchedOrders");
    hyphens.context.putArray("dispatched-orders").add("ServiceRequest/hyphen");

    assertThat(EnvelopeReader.read(first.bytes(), ALL).orders())
        .containsExactly(new DraftOrder("ServiceRequest/old", List.of(), ""));
    assertThat(EnvelopeReader.read(hyphens.bytes(), ALL).orders())
        .containsExactly(new DraftOrder("ServiceRequest/hyphen", List.of(), ""));
  }

  /** The hook says Bundle and shows an array. */
  @Test
  void appointmentsMayBeAnArrayAndSharedWithOthers() {
    CallBuilder call = call(Hook.APPOINTMENT_BOOK);
    ObjectNode appointment =
        call.context.putArray("appointments").addObject().put("resourceType", "Appointment");
    actor(appointment, "Patient/p2");
    actor(appointment, "Practitioner/dr1");
    assertThat(world().call(call).status()).isEqualTo(400);

    actor(appointment, "Patient/p1");

    assertThat(world().call(call).status()).isEqualTo(200);
  }

  @Test
  void aPatientWhoBooksGetsNoCliniciansCard() {
    CallBuilder call = call(Hook.APPOINTMENT_BOOK);
    call.context.put("userId", "RelatedPerson/r1");

    assertThat(EnvelopeReader.read(call.bytes(), ALL).isForLayPerson()).isTrue();
  }

  @Test
  void aDraftOrderOfAnotherPatientRejectsTheCall() {
    CallBuilder call = call(Hook.ORDER_SELECT);
    ((ObjectNode) call.context.at("/draftOrders/entry/1/resource/subject"))
        .put("reference", "Patient/p2");
    World world = world();

    HookAnswer answer = world.call(call);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("context.draftOrders.entry[1].resource");
    assertThat(world.journal.entries).isEmpty();
  }

  /** A drug that is only being thought about is no drug that the patient takes. */
  @Test
  void draftOrdersNeverBecomeFacts() {
    CallBuilder without = call(Hook.ORDER_SIGN);
    without.prefetch.set("medicationRequest", CallBuilder.bundle());
    without.context.withObject("/draftOrders").putArray("entry");
    CallBuilder with = call(Hook.ORDER_SIGN);
    with.prefetch.set("medicationRequest", CallBuilder.bundle());
    with.context
        .withObject("/draftOrders")
        .putArray("entry")
        .addObject()
        .set("resource", CallBuilder.order("m1", "314076"));

    assertThat(EnvelopeReader.read(with.bytes(), ALL).orders().get(0).codes())
        .containsExactly(Code.rxnorm("314076"));
    JournalEntry drafted = entry(with);
    assertThat(drafted.runs()).isEqualTo(entry(without).runs());
    assertThat(entry(call(Hook.ORDER_SIGN)).runs()).isNotEqualTo(drafted.runs());
  }

  @Test
  void anOrderThatCannotBeReadIsAFinding() {
    CallBuilder call = call(Hook.ORDER_SIGN);
    call.context.withObject("/draftOrders").withArray("entry").addObject();

    assertThat(entry(call).findings()).isEqualTo(1);
  }

  private static JournalEntry entry(CallBuilder call) {
    World world = world();
    HookAnswer answer = world.call(call);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(world.journal.entries).hasSize(1);
    return world.journal.entries.get(0);
  }

  /** cvd-risk, offered on every hook. */
  private static World world() {
    Deployment one = CvdRisk.deployment(PreventExample.MODEL);
    return new World(
        List.of(
            new Deployment(
                one.url(),
                one.version(),
                one.service(),
                Arrays.asList(Hook.values()),
                one.title(),
                one.description(),
                one.usageRequirements(),
                one.onFailure(),
                one.models(),
                one.overrideReasons())));
  }

  private static Arguments wrong(Hook hook, String where, Consumer<ObjectNode> damage) {
    return Arguments.of(hook, where, damage);
  }

  private static void actor(JsonNode appointment, String reference) {
    ((ObjectNode) appointment)
        .withArray("participant")
        .addObject()
        .putObject("actor")
        .put("reference", reference);
  }

  private static CallBuilder call(Hook hook) {
    CallBuilder call = CallBuilder.example();
    call.call.put("hook", hook.id());
    ObjectNode context = call.context;
    context.put("encounterId", "e1");
    switch (hook) {
      case PATIENT_VIEW, ENCOUNTER_START, ENCOUNTER_DISCHARGE -> {}
      case ORDER_SELECT -> {
        context.putArray("selections").add("MedicationRequest/draft-1");
        draftOrders(context);
      }
      case ORDER_SIGN -> draftOrders(context);
      case ORDER_DISPATCH -> {
        context.remove("userId");
        context.putArray("dispatchedOrders").add("ServiceRequest/s1");
        context.put("performer", "Organization/lab");
        context
            .putArray("fulfillmentTasks")
            .addObject()
            .put("resourceType", "Task")
            .putObject("for")
            .put("reference", "Patient/p1");
      }
      case APPOINTMENT_BOOK ->
          context
              .putObject("appointments")
              .put("resourceType", "Bundle")
              .putArray("entry")
              .addObject()
              .putObject("resource")
              .put("resourceType", "Appointment");
    }
    return call;
  }

  private static void draftOrders(ObjectNode context) {
    context.set(
        "draftOrders",
        CallBuilder.bundle(
            CallBuilder.order("draft-1", "860975"), CallBuilder.order("draft-2", "314076")));
  }
}
