package org.auscult.server.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.auscult.server.access.TokenHolder;
import org.auscult.server.alert.AlertUrls;
import org.auscult.server.alert.IssueKey;
import org.auscult.server.notification.ToldReceiver.Call;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;

/** What holds of notifications on either database. */
final class NotificationScenarios extends NotificationBench {
  NotificationScenarios(Server server, ToldReceiver told) {
    super(server, told);
  }

  /** Each version once, in order, signed; the same again is not told again. */
  void eachVersionIsToldOnce() throws Exception {
    subscribe("/site", s -> {});
    IssueKey key = find(PREVENT, 1, "");
    assertThat(told.at("/site")).isEmpty();
    look();
    say(key, "It is bad");
    look();
    assertThat(told.at("/site")).hasSize(1);
    server.issues().over(key, "In order.", now);
    say(key, "It is bad again");
    look();
    look();
    List<Call> calls = told.at("/site");
    assertThat(calls).hasSize(3).allSatisfy(call -> assertThat(call.method()).isEqualTo("PUT"));
    assertThat(calls).extracting(Call::path).containsOnly("/site/DetectedIssue/" + key.id());
    assertThat(calls).extracting(Call::type).containsOnly("application/fhir+json");
    assertThat(calls)
        .extracting(call -> issue(call).getMeta().getVersionId())
        .containsExactly("1", "2", "3");
    assertThat(calls)
        .extracting(call -> issue(call).getStatus().toCode())
        .containsExactly("preliminary", "final", "preliminary");
    assertThat(issue(calls.get(0)).getImplicatedFirstRep().getIdentifier().getValue())
        .isEqualTo(PREVENT);
    assertThat(List.of(delivery(verified(calls.get(0))), delivery(verified(calls.get(1)))))
        .doesNotHaveDuplicates();
    assertThat(rows.due(now.plus(Duration.ofDays(1)))).noneMatch(written::contains);
  }

  /** What a receiver does not take is told again, later and later, under the same id. */
  void whatFailsIsToldAgain() throws Exception {
    subscribe("/site", s -> {});
    find(PREVENT, 1, "");
    find(PREVENT, 2, "");
    told.status = 500;
    look();
    look();
    assertThat(told.at("/site")).hasSize(1);
    now = now.plusSeconds(4);
    told.status = 200;
    told.millis = 1_500;
    node(server.audit(), Duration.ofMillis(400), UnaryOperator.identity()).runAll(() -> true);
    assertThat(told.at("/site")).hasSize(2);
    told.millis = 0;
    now = now.plusSeconds(15);
    look();
    assertThat(told.at("/site")).hasSize(2);
    now = now.plusSeconds(2);
    look();
    List<Call> calls = told.at("/site");
    assertThat(calls).hasSize(4);
    String first = delivery(verified(calls.get(0)));
    assertThat(delivery(verified(calls.get(1)))).isEqualTo(first);
    assertThat(delivery(verified(calls.get(2)))).isEqualTo(first);
    assertThat(delivery(verified(calls.get(3)))).isNotEqualTo(first);
  }

  /** After many failures the Subscription says so; whoever requests it again has it tried. */
  void whatFailsForLongIsInError() throws Exception {
    String id = subscribe("/site", s -> {});
    IssueKey key = find(PREVENT, 1, "");
    told.status = 503;
    for (int i = 0; i < NotificationRound.MANY; i++) {
      assertThat(read(id).getStatus()).isEqualTo(SubscriptionStatus.ACTIVE);
      look();
      now = now.plus(Duration.ofHours(2));
    }
    Subscription failing = read(id);
    assertThat(failing.getStatus()).isEqualTo(SubscriptionStatus.ERROR);
    assertThat(failing.getError()).contains("it answered with status 503");
    server.issues().over(key, "In order.", now);
    look();
    String version = read(id).getMeta().getVersionId();
    told.reset();
    look();
    assertThat(told.at("/site")).isEmpty();
    assertThat(read(id).getMeta().getVersionId()).isEqualTo(version);

    Subscription again = read(id);
    again.setStatus(SubscriptionStatus.REQUESTED);
    assertThat(send("PUT", "Subscription/" + id, again, everybody()).status()).isEqualTo(200);
    assertThat(read(id).getStatus()).isEqualTo(SubscriptionStatus.ACTIVE);
    assertThat(read(id).hasError()).isFalse();
    look();
    assertThat(told.at("/site"))
        .extracting(call -> issue(call).getMeta().getVersionId())
        .containsExactly("1", "2");
  }

  /** A receiver that is back makes it active by itself; what nobody took in time is given up. */
  void whatComesBackIsActive() throws Exception {
    String id = subscribe("/site", s -> {});
    find(PREVENT, 1, "");
    told.status = 404;
    for (int i = 0; i < NotificationRound.MANY; i++) {
      look();
      now = now.plus(Duration.ofHours(2));
    }
    assertThat(read(id).getStatus()).isEqualTo(SubscriptionStatus.ERROR);
    IssueKey later = find(PREVENT, 2, "");
    now = now.plus(Duration.ofHours(61));
    look();
    told.reset();
    now = now.plus(Duration.ofHours(2));
    look();
    assertThat(told.at("/site"))
        .extracting(Call::path)
        .containsExactly("/site/DetectedIssue/" + later.id());
    assertThat(read(id).getStatus()).isEqualTo(SubscriptionStatus.ACTIVE);
    assertThat(read(id).hasError()).isFalse();
  }

  /** A kill before the receiver is called, and one before its answer is noted. */
  void aKillLosesNothing() throws Exception {
    subscribe("/site", s -> {});
    find(PREVENT, 1, "");
    NotificationRound killed =
        node(
            entry -> {
              throw new IllegalStateException("Killed");
            },
            Duration.ofSeconds(5),
            UnaryOperator.identity());
    assertThat(told.at("/site")).isEmpty();
    try {
      killed.runAll(() -> true);
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("Killed");
    }
    look();
    look();
    List<Call> calls = told.at("/site");
    assertThat(calls).hasSize(2);
    assertThat(delivery(verified(calls.get(1)))).isEqualTo(delivery(verified(calls.get(0))));
    assertThat(calls.get(1).body()).isEqualTo(calls.get(0).body());
  }

  /** Several nodes at once: each thing once, and in order. */
  void severalNodesTellOnce() throws Exception {
    subscribe("/site", s -> {});
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      ids.add(find(PREVENT, i, "").id());
    }
    told.millis = 5;
    List<NotificationRound> nodes = List.of(node(), node(), node());
    ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (NotificationRound node : nodes) {
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 10; i++) {
                    node.runAll(() -> true);
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(told.at("/site"))
        .extracting(call -> call.path().substring(call.path().lastIndexOf('/') + 1))
        .containsExactlyElementsOf(ids);
  }

  /** A vendor's client: of its own models, at its own receiver, and sees nothing of others. */
  void aVendorHearsOfItsOwnModels() throws Exception {
    String sites = subscribe("/site", s -> {});
    Subscription all = subscription("/vendor");
    all.setCriteria("DetectedIssue?code=" + AlertUrls.KIND_SYSTEM + "|");
    String id = create(all, vendor());
    find(KFRE, 1, "");
    IssueKey own = find(PREVENT, 2, "north");
    look();
    assertThat(told.at("/vendor"))
        .extracting(Call::path)
        .containsExactly("/vendor/DetectedIssue/" + own.id());

    assertThat(send("GET", "Subscription/" + id, null, vendor()).status()).isEqualTo(200);
    assertThat(send("GET", "Subscription/" + sites, null, vendor()).status()).isEqualTo(404);
    assertThat(send("GET", "Subscription?_count=100", null, vendor()).body())
        .contains(id)
        .doesNotContain(told.root() + "/site");
    assertThat(send("POST", "Subscription", subscription("/site"), vendor()).status())
        .isEqualTo(403);
    Subscription stolen = read(sites);
    stolen.getChannel().setEndpoint(told.root() + "/vendor");
    assertThat(send("PUT", "Subscription/" + sites, stolen, vendor()).status()).isEqualTo(403);
    assertThat(send("DELETE", "Subscription/" + sites, null, vendor()).status()).isEqualTo(403);
    String other = TokenHolder.ofClient(server.root(), server.keys(), "other");
    assertThat(send("POST", "Subscription", subscription("/vendor"), other).status())
        .isEqualTo(403);
    Subscription foreign = subscription("/vendor");
    foreign.setCriteria(
        "DetectedIssue?code=" + AlertUrls.KIND_SYSTEM + "|&implicated=" + device(KFRE));
    refused(foreign, vendor(), "this receiver is not told of " + KFRE);
  }

  /** People of a site subscribe for it, and hear of what is no single site's, too. */
  void aSiteHearsOfItself() throws Exception {
    String token = TokenHolder.ofSite(server.root(), server.keys(), "informaticist", "north");
    refused(subscription("/site"), token, "Name the site for which you work");
    Subscription south = subscription("/site");
    south.addExtension(NotificationUrls.SITE, new Reference("Organization/south"));
    refused(south, token, "Organization/south is none of yours");
    Subscription north = subscription("/site");
    north.addExtension(NotificationUrls.SITE, new Reference("Organization/north"));
    create(north, token);
    find(PREVENT, 1, "south");
    IssueKey own = find(PREVENT, 2, "north");
    IssueKey all = find(PREVENT, 3, "");
    look();
    assertThat(told.at("/site"))
        .extracting(Call::path)
        .containsExactly("/site/DetectedIssue/" + own.id(), "/site/DetectedIssue/" + all.id());
    String clinician = TokenHolder.ofSite(server.root(), server.keys(), "clinician", "north");
    assertThat(send("POST", "Subscription", north, clinician).status()).isEqualTo(403);
  }

  /** Without a payload its endpoint is called, and nothing is told. */
  void aPingTellsNothing() throws Exception {
    subscribe("/site", s -> s.getChannel().setPayload(null));
    find(PREVENT, 1, "");
    look();
    assertThat(told.at("/site"))
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.method()).isEqualTo("POST");
              assertThat(call.path()).isEqualTo("/site");
              assertThat(call.body()).isEmpty();
              verified(call);
            });
  }

  /** Its end turns it off, and what a person turns off hears nothing any more. */
  void itEnds() throws Exception {
    String id = subscribe("/site", s -> s.setEnd(Date.from(now.plus(Duration.ofHours(1)))));
    String off = subscribe("/site", s -> {});
    find(PREVENT, 1, "");
    Subscription wish = read(off);
    wish.setStatus(SubscriptionStatus.OFF);
    assertThat(send("PUT", "Subscription/" + off, wish, everybody()).status()).isEqualTo(200);
    now = now.plus(Duration.ofHours(1));
    look();
    assertThat(told.at("/site")).isEmpty();
    assertThat(read(id).getStatus()).isEqualTo(SubscriptionStatus.OFF);
    assertThat(rows.channels()).doesNotContain(id, off);
  }

  /** Nobody is followed elsewhere, nor called inside, nor called who is listed no more. */
  void onlyWhoIsListedIsCalled() throws Exception {
    String moved = subscribe("/moved", s -> {});
    String inside = subscribe("", s -> s.getChannel().setEndpoint(told.inside() + "/inside"));
    String gone = subscribe("/site", s -> {});
    find(PREVENT, 1, "");
    node(
            server.audit(),
            Duration.ofSeconds(5),
            settings ->
                new NotificationSettings(
                    settings.interval(),
                    settings.giveUp(),
                    Map.of(
                        "moved", settings.receivers().get("moved"),
                        "inside", settings.receivers().get("inside"))))
        .runAll(() -> true);
    assertThat(told.at("/moved")).hasSize(1);
    assertThat(told.at("/elsewhere")).isEmpty();
    assertThat(told.at("/inside")).isEmpty();
    assertThat(told.at("/site")).isEmpty();
    assertThat(read(gone).getStatus()).isEqualTo(SubscriptionStatus.ERROR);
    assertThat(read(gone).getError()).contains("does not list its endpoint");
    for (String id : List.of(moved, inside, gone)) {
      assertThat(
              server
                  .jdbc()
                  .queryForObject(
                      "select attempts from notification where subscription = ?",
                      Integer.class,
                      id))
          .isEqualTo(1);
    }
  }

  /** All reasons at once. */
  void aWrongOneIsRefused() throws Exception {
    Subscription wrong = subscription("/nobody");
    wrong.setStatus(SubscriptionStatus.ACTIVE).setReason(null);
    wrong.setEnd(Date.from(now.minusSeconds(60)));
    wrong.setCriteria("DetectedIssue?patient=1&implicated=Device/none,Patient/1&code=x|y");
    wrong
        .getChannel()
        .setType(SubscriptionChannelType.WEBSOCKET)
        .setPayload("text/plain")
        .addHeader("Authorization: Basic c2VjcmV0");
    wrong.addExtension(NotificationUrls.SITE, new Reference().setDisplay("North"));
    refused(
        wrong,
        everybody(),
        "only the server says that one is active",
        "Subscription.reason",
        "it is past",
        "'patient' is none of its parameters",
        "'Patient/1' is no model",
        "Device/none is no model that is here",
        "'x|y' is no code of monitoring",
        "Write rest-hook",
        "nothing is told in this form",
        "the operator does not list it",
        "no secret is kept",
        "it names no site");
    Subscription patients = subscription("/site");
    patients.setCriteria("Patient?");
    refused(patients, everybody(), "it is no search of DetectedIssue");
    patients.setCriteria("DetectedIssue?implicated=" + device(PREVENT));
    refused(patients, everybody(), "it is not of monitoring alone");
    Subscription stored = read(subscribe("/site", s -> {}));
    stored.setMeta(null);
    Answer answer = send("PUT", "Subscription/" + written.get(0), stored, everybody());
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains("what a Subscription is of does not change");
  }

  private void refused(Subscription wrong, String token, String... reasons) throws Exception {
    Answer answer = send("POST", "Subscription", wrong, token);
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.body()).contains(reasons).doesNotContain("c2VjcmV0");
  }

  /** What is told is valid by its profile, and so is the Subscription. */
  void whatIsToldIsValid() throws Exception {
    String id = subscribe("/site", s -> {});
    find(PREVENT, 1, "");
    look();
    assertThat(errors(issue(told.at("/site").get(0)))).isEmpty();
    assertThat(errors(read(id))).isEmpty();
  }

  private List<String> errors(Resource resource) throws Exception {
    Answer answer = send("POST", resource.fhirType() + "/$validate", resource, everybody());
    return server
        .fhir()
        .newJsonParser()
        .parseResource(OperationOutcome.class, answer.body())
        .getIssue()
        .stream()
        .filter(i -> i.getSeverity().toCode().matches("error|fatal"))
        .map(OperationOutcomeIssueComponent::getDiagnostics)
        .toList();
  }
}
