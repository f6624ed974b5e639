package org.auscult.server.adjudication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.auscult.server.KnownCaller;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.springframework.context.ApplicationContext;

/** What holds of choosing cases and of judging them, on either database. */
final class AdjudicationScenarios extends Adjudicating {
  AdjudicationScenarios(IGenericClient client, KnownCaller caller, ApplicationContext context) {
    super(client, caller, context);
  }

  /** All nodes choose at once, and again: each case once, with two Tasks that lead nowhere. */
  void aWindowIsChosenOnce() throws Exception {
    for (int i = 0; i < 6; i++) {
      planted.label(planted.another(), 0.1 * i, i % 2 == 0 ? "event" : "no-event");
    }
    planted.label(planted.another(), 0.987654, "censored");
    planted.label(planted.another(), 0.987654, "no-event", "event");
    planted.label(planted.another(), 0.987654, "excluded");
    String plan = planted.plan(3, 5, 1);

    int chosen = atOnce(4, this::run).stream().mapToInt(Integer::intValue).sum();

    // 3 by chance; the censored and the corrected one unless chance has it; 1 of the rest.
    assertThat(chosen).isBetween(5, 6).isEqualTo(cases(plan).size());
    assertThat(run()).isZero();
    for (String id : cases(plan)) {
      List<String> asked = new ArrayList<>();
      for (int place = 1; place <= 2; place++) {
        Task task = task(id, place);
        assertThat(task.getMeta().getVersionId()).isEqualTo("1");
        assertThat(task.getStatus()).isEqualTo(TaskStatus.REQUESTED);
        assertThat(errors(task)).isEmpty();
        assertThat(task.hasFocus()).isFalse();
        assertThat(client.getFhirContext().newJsonParser().encodeResourceToString(task))
            .doesNotContain("RiskAssessment", "adj-", "Observation", "0.987654", "random");
        asked.add(task.getOwner().getReference());
      }
      assertThat(asked).doesNotHaveDuplicates().isSubsetOf(planted.people);
    }
  }

  private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
    ExecutorService nodes = Executors.newFixedThreadPool(times);
    try {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        running.add(nodes.submit(work));
      }
      List<T> all = new ArrayList<>();
      for (Future<T> each : running) {
        all.add(each.get());
      }
      return all;
    } finally {
      nodes.shutdownNow();
    }
  }

  private String single() {
    planted.label(planted.patient, 0.3, "no-event");
    String plan = planted.plan(1, 0, 0);
    run();
    return cases(plan).get(0);
  }

  private String stands() {
    return one("select stands from outcome_case where outcome = ?", String.class, planted.outcome);
  }

  void twoWhoAgreeMakeALabelBesideTheRules() {
    String id = single();
    String first = answer(id, 1, "event");
    Task done = task(id, 1);
    assertThat(done.getStatus()).isEqualTo(TaskStatus.COMPLETED);
    assertThat(((Reference) done.getOutputFirstRep().getValue()).getReference())
        .isEqualTo("QuestionnaireResponse/" + first);
    assertThat(search("Observation?_id=" + id + "-label")).isEmpty();

    String second = answer(id, 2, "event");

    Observation label = client.read().resource(Observation.class).withId(id + "-label").execute();
    assertThat(errors(label)).isEmpty();
    assertThat(label.getValueCodeableConcept().getCodingFirstRep().getCode()).isEqualTo("event");
    assertThat(label.getPerformer().stream().map(Reference::getReference))
        .containsExactly(
            task(id, 1).getOwner().getReference(), task(id, 2).getOwner().getReference());
    assertThat(label.getDerivedFrom().stream().map(Reference::getReference))
        .containsExactly("QuestionnaireResponse/" + first, "QuestionnaireResponse/" + second);
    assertThat(label.getFocusFirstRep().getReference()).isEqualTo(planted.prediction);
    assertThat(label.getExtensionByUrl(AdjudicationUrls.GUIDELINE).getExtensionString("sha256"))
        .isEqualTo("0123456789abcdef".repeat(4));
    Provenance origin = client.read().resource(Provenance.class).withId(id + "-origin").execute();
    assertThat(errors(origin)).isEmpty();
    assertThat(origin.getEntity().stream().map(e -> e.getWhat().getReference()))
        .contains(
            "QuestionnaireResponse/" + first + "/_history/1",
            "QuestionnaireResponse/" + second + "/_history/1");
    QuestionnaireResponse kept =
        client.read().resource(QuestionnaireResponse.class).withId(first).execute();
    assertThat(errors(kept)).isEmpty();
    assertThat(kept.getAuthor().getReference()).isEqualTo(task(id, 1).getOwner().getReference());
    assertThat(kept.hasAuthored()).isTrue();
    assertThat(stands()).as("the rule's label stays").isEqualTo("no-event|");
    assertThat(search("Task?_id=" + id + "-3")).isEmpty();

    label.setValue(null);
    assertThatThrownBy(() -> client.update().resource(label).execute())
        .isInstanceOf(ForbiddenOperationException.class);
    kept.getItemFirstRep().getAnswer().clear();
    assertThat(reasons(refusal(() -> client.update().resource(kept).execute())))
        .singleElement()
        .asString()
        .contains("never changes");
    assertThat(
            reasons(
                refusal(
                    () -> client.delete().resourceById("QuestionnaireResponse", second).execute())))
        .hasSize(1);
    assertThat(reasons(refusal(() -> answer(id, 1, "no-event"))))
        .anyMatch(reason -> reason.contains("answered already"));
  }

  void whereTheyDisagreeAThirdDecides() {
    String id = single();
    answer(id, 2, "no-event");
    answer(id, 1, "event");
    assertThat(search("Observation?_id=" + id + "-label")).isEmpty();
    Task third = task(id, 3);
    assertThat(third.getOwner().getReference())
        .isNotIn(task(id, 1).getOwner().getReference(), task(id, 2).getOwner().getReference());
    assertThat(errors(third)).isEmpty();

    answer(id, 3, "no-event");

    Observation label = client.read().resource(Observation.class).withId(id + "-label").execute();
    assertThat(label.getValueCodeableConcept().getCodingFirstRep().getCode()).isEqualTo("no-event");
    assertThat(label.getPerformer()).hasSize(3);
    assertThat(one("select settled from adjudication_case where id = ?", String.class, id))
        .isEqualTo("no-event");
  }

  /** Everything that is wrong with an answer is said at once, and nothing follows from it. */
  void aWrongAnswerIsRefusedWithAllReasons() {
    String id = single();
    Task task = task(id, 1);
    String owner = task.getOwner().getReference();
    QuestionnaireResponse wrong = response(task, "maybe");
    wrong.setQuestionnaire(Planted.FORM.replace("1.0.0", "0.9.0"));
    wrong.setStatus(QuestionnaireResponseStatus.INPROGRESS);
    wrong.addItem().setLinkId("score");
    assertThat(reasons(refusal(() -> as(owner).create().resource(wrong).execute()))).hasSize(4);

    String other = task(id, 2).getOwner().getReference();
    assertThat(
            reasons(refusal(() -> as(other).create().resource(response(task, "event")).execute())))
        .singleElement()
        .asString()
        .contains("another one's");
    QuestionnaireResponse forged = response(task, "event");
    forged.setAuthor(new Reference(other));
    assertThat(reasons(refusal(() -> as(owner).create().resource(forged).execute())))
        .singleElement()
        .asString()
        .contains("somebody else");
    QuestionnaireResponse lost = response(task, "event");
    lost.getExtension().clear();
    lost.getMeta().addProfile(AdjudicationUrls.RESPONSE);
    assertThat(reasons(refusal(() -> as(owner).create().resource(lost).execute()))).hasSize(1);
    assertThat(
            one("select count(*) from adjudication_verdict where case_id = ?", Integer.class, id))
        .isZero();
    assertThat(task(id, 1).getStatus()).isEqualTo(TaskStatus.REQUESTED);
  }

  /** Who has judged takes over the other one's Task, and cannot answer it. */
  void nobodyJudgesTwiceAndTasksAreHandedOver() {
    String id = single();
    String first = task(id, 1).getOwner().getReference();
    answer(id, 1, "event");
    Task second = task(id, 2);
    second.setOwner(new Reference(first)).setStatus(TaskStatus.ACCEPTED);
    as(first).update().resource(second).execute();
    assertThat(reasons(refusal(() -> answer(id, 2, "event"))))
        .singleElement()
        .asString()
        .contains("the same person");

    Task stranger = task(id, 2);
    stranger.setOwner(new Reference("Practitioner/nobody"));
    stranger.setDescription("Changed").setStatus(TaskStatus.COMPLETED);
    assertThat(reasons(refusal(() -> as(first).update().resource(stranger).execute()))).hasSize(3);
    Task handed = task(id, 2);
    String free =
        planted.people.stream().filter(person -> !person.equals(first)).findFirst().orElseThrow();
    handed.setOwner(new Reference(free));
    as(first).update().resource(handed).execute();
    answer(id, 2, "event");
    assertThat(search("Observation?_id=" + id + "-label")).hasSize(1);

    Task forged = task(id, 2);
    forged.setId((String) null);
    assertThat(reasons(refusal(() -> as(first).create().resource(forged).execute()))).hasSize(1);
  }

  /** Where the label cannot be written, the answer is not there either, and can be given again. */
  void allOrNothing() {
    String id = single();
    answer(id, 1, "event");
    jdbc.update(
        "update outcome_case set prediction = 'Nothing/1' where outcome = ?", planted.outcome);
    assertThatThrownBy(() -> answer(id, 2, "event"))
        .isInstanceOf(BaseServerResponseException.class);
    assertThat(seen(id, 1)).hasSize(1);
    assertThat(seen(id, 2)).isEmpty();
    assertThat(task(id, 2).getStatus()).isEqualTo(TaskStatus.REQUESTED);
    assertThat(
            one("select count(*) from adjudication_verdict where case_id = ?", Integer.class, id))
        .isEqualTo(1);

    jdbc.update(
        "update outcome_case set prediction = ? where outcome = ?",
        planted.prediction,
        planted.outcome);
    answer(id, 2, "event");
    assertThat(search("Observation?_id=" + id + "-label")).hasSize(1);
  }

  /** The answers that who was asked in a place sees. */
  private List<Resource> seen(String id, int place) {
    return search(
        as(task(id, place).getOwner().getReference()),
        "QuestionnaireResponse?subject=Patient/" + planted.patient);
  }

  /** While a case is open each sees no answer but the own one, by whatever road. */
  void answersAreApartWhileACaseIsOpen() {
    String id = single();
    String first = answer(id, 1, "event");
    assertThat(seen(id, 1)).hasSize(1);
    assertThat(seen(id, 2)).isEmpty();
    IGenericClient other = as(task(id, 2).getOwner().getReference());
    for (IGenericClient who : List.of(other, client)) {
      assertThatThrownBy(
              () -> who.read().resource(QuestionnaireResponse.class).withId(first).execute())
          .isInstanceOf(BaseServerResponseException.class);
      assertThat(
              search(
                  who,
                  "Patient?_id=" + planted.patient + "&_revinclude=QuestionnaireResponse:subject"))
          .noneMatch(QuestionnaireResponse.class::isInstance);
    }
    answer(id, 2, "event");
    assertThat(seen(id, 1)).hasSize(2);
    assertThat(seen(id, 2)).hasSize(2);
  }

  /** The same answer sent four times at once counts once; two people at once both count. */
  void answersAtOnceCountOnce() throws Exception {
    String id = single();
    List<Boolean> taken =
        atOnce(
            4,
            () -> {
              try {
                answer(id, 1, "event");
                return true;
              } catch (BaseServerResponseException e) {
                return false;
              }
            });
    assertThat(taken).containsOnlyOnce(true);
    assertThat(seen(id, 1)).hasSize(1);
    answer(id, 2, "event");
    assertThat(
            one("select count(*) from adjudication_verdict where case_id = ?", Integer.class, id))
        .isEqualTo(2);
  }
}
