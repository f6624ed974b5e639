package org.auscult.deployment.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.FailureDisplay;
import org.auscult.deployment.Hook;
import org.auscult.deployment.ModelCard;
import org.auscult.deployment.ModelCard.Place;
import org.auscult.deployment.OrderCard;
import org.auscult.deployment.OutputText;
import org.auscult.deployment.Recording;
import org.auscult.deployment.Thresholds;
import org.auscult.display.Audience;
import org.auscult.display.DisplayRules;
import org.auscult.display.Urgency;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.ig.Ig;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TriggerDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeploymentsTest {
  private static final FhirContext R4 = FhirContext.forR4Cached();

  private static PlanDefinition plan(String id) {
    return R4.newJsonParser()
        .parseResource(PlanDefinition.class, Ig.json("PlanDefinition-" + id + ".json"));
  }

  private static Deployment read(PlanDefinition plan) {
    return Deployments.read(plan).orThrow();
  }

  @Test
  void readsTheShippedRisk() {
    Deployment risk = read(plan("cvd-risk"));

    assertThat(risk.canonical())
        .isEqualTo("https://auscult.org/fhir/PlanDefinition/cvd-risk|1.0.0");
    assertThat(risk.service()).isEqualTo("cvd-risk");
    assertThat(risk.hooks()).containsExactly(Hook.PATIENT_VIEW);
    assertThat(risk.answers(Hook.PATIENT_VIEW)).isTrue();
    assertThat(risk.answers(Hook.ORDER_SIGN)).isFalse();
    assertThat(risk.onFailure()).isEqualTo(FailureDisplay.NOT_ASSESSED);
    assertThat(risk.usageRequirements()).contains("prefetch");
    assertThat(risk.orders()).isNull();
    assertThat(risk.budget()).isEqualTo(Deployment.USUAL_BUDGET);
    assertThat(risk.recording()).isEqualTo(Recording.NEVER);
    assertThat(risk.display())
        .isEqualTo(
            new DisplayRules(Audience.ALL, Duration.ofDays(7), null, Duration.ofDays(30), null));
    assertThat(risk.overrideReasons()).hasSize(5);
    assertThat(Objects.requireNonNull(risk.topic()).code()).isEqualTo("49601007");
    ModelCard card = risk.models().get(0);
    assertThat(card.label()).isEqualTo("PREVENT 2023");
    assertThat(card.sourceUrl()).startsWith("https://doi.org/");
    assertThat(card.place()).isEqualTo(Place.CARD);
    assertThat(card.fallback()).isNull();
    assertThat(card.outputs())
        .extracting(OutputText::output)
        .containsExactly("total_cvd", "ascvd", "heart_failure");
    assertThat(card.headline().thresholds()).isEqualTo(new Thresholds(7.5, 20));
    assertThat(card.headline().showFrom()).isNull();
    assertThat(card.outputs().get(1).thresholds()).isNull();
  }

  @Test
  void readsTheShippedOrderCheck() {
    Deployment check = read(plan("kidney-order-check"));

    assertThat(check.orders())
        .isEqualTo(
            new OrderCard(
                "https://auscult.org/fhir/Library/renal-dosing|1.0.0",
                "Renal dosing",
                Objects.requireNonNull(check.orders()).meaning(),
                "https://auscult.org/fhir/Library/renal-dosing"));
    assertThat(check.budget()).isEqualTo(Duration.ofMillis(500));
    assertThat(check.hooks()).containsExactly(Hook.ORDER_SELECT, Hook.ORDER_SIGN);
    assertThat(check.hooks()).allMatch(Hook::bringsOrders);
    assertThat(check.models().get(0).place()).isEqualTo(Place.CONTEXT);
    assertThat(check.needs())
        .containsExactly(
            "https://auscult.org/fhir/Library/kfre-4var-north-america|1.0.0",
            "https://auscult.org/fhir/Library/renal-dosing|1.0.0");
    assertThat(check.display()).isEqualTo(DisplayRules.NONE);
  }

  @Test
  void readsAllThatAPersonMayState() {
    PlanDefinition plan = plan("deterioration");
    Extension display = plan.getExtensionByUrl(DeploymentUrls.DISPLAY);
    display.addExtension("role", new Coding("https://example.org/roles", "nurse", null));
    display.addExtension("setting", new Coding("https://example.org/act", "IMP", null));
    display.addExtension("quiet", ucum(2, "wk"));
    display.addExtension("snooze", ucum(90, "min"));
    display.addExtension("ceiling", new PositiveIntType(100));
    plan.addExtension(DeploymentUrls.RECORDING, new CodeType("when-shown"));
    action(plan)
        .addExtension(DeploymentUrls.FALLBACK, new CanonicalType("https://example.org/old|1"));
    headline(plan).addExtension("show", new DecimalType(3));

    Deployment read = read(plan);

    assertThat(read.display())
        .isEqualTo(
            new DisplayRules(
                new Audience(Set.of("https://example.org/roles|nurse"), Set.of("IMP")),
                Duration.ofHours(12),
                Duration.ofDays(14),
                Duration.ofMinutes(90),
                100));
    assertThat(read.recording()).isEqualTo(Recording.WHEN_SHOWN);
    assertThat(read.models().get(0).headline().showFrom()).isEqualTo(3.0);
    assertThat(read.models().get(0).fallback()).isEqualTo("https://example.org/old|1");
    assertThat(read.canonicals())
        .containsExactly(
            "https://auscult.org/fhir/Library/news2|1.0.0", "https://example.org/old|1");
    assertThat(read.card("https://example.org/old|1")).contains(read.models().get(0));
    assertThat(read.card("https://example.org/none|1")).isEmpty();
  }

  @Test
  void bothEndsBelongToTheMoreUrgent() {
    Thresholds thresholds = new Thresholds(5, 7);

    assertThat(thresholds.urgency(4.9)).isEqualTo(Urgency.INFO);
    assertThat(thresholds.urgency(5)).isEqualTo(Urgency.WARNING);
    assertThat(thresholds.urgency(7)).isEqualTo(Urgency.CRITICAL);
  }

  @Test
  void modesAreSetAndRead() {
    PlanDefinition plan = plan("cvd-risk");
    assertThat(Deployments.mode(plan)).isNull();
    assertThat(Deployments.isLive(plan)).isFalse();

    Deployments.setMode(plan, Deployments.LIVE);
    Deployments.setMode(plan, Deployments.LIVE);

    assertThat(Deployments.isLive(plan)).isTrue();
    assertThat(plan.getExtensionsByUrl(DeploymentUrls.MODE)).hasSize(1);
    assertThat(Deployments.isOne(plan)).isTrue();
    assertThat(Deployments.isOne(new PlanDefinition())).isFalse();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        wrong("PlanDefinition.url", p -> p.setUrl(p.getUrl() + "|1")),
        wrong("PlanDefinition.version", p -> p.setVersion(null)),
        wrong("PlanDefinition.title", p -> p.setTitle(" ")),
        wrong("PlanDefinition.description", p -> p.setDescription(null)),
        wrong(
            "deployment-service",
            p -> p.getExtensionByUrl(DeploymentUrls.SERVICE).setValue(new StringType("a/b"))),
        wrong(
            "deployment-service", p -> p.addExtension(DeploymentUrls.SERVICE, new StringType("b"))),
        wrong(
            "deployment-on-failure",
            p -> p.getExtensionByUrl(DeploymentUrls.ON_FAILURE).setValue(new CodeType("shout"))),
        wrong(
            "deployment-on-failure",
            p -> p.getExtension().removeIf(e -> e.getUrl().equals(DeploymentUrls.ON_FAILURE))),
        wrong(
            "deployment-recording",
            p -> p.addExtension(DeploymentUrls.RECORDING, new CodeType("always"))),
        wrong("PlanDefinition.action", p -> p.addAction()),
        wrong("PlanDefinition.topic", p -> p.addTopic().setText("heart")),
        wrong(
            "PlanDefinition.topic", p -> p.getTopicFirstRep().getCodingFirstRep().setDisplay(null)),
        wrong("trigger[0]", p -> trigger(p).setName("patient-vieww")),
        wrong("trigger[0]", p -> trigger(p).setType(TriggerDefinition.TriggerType.DATAADDED)),
        wrong("trigger[1]", p -> p.getActionFirstRep().addTrigger(trigger(p).copy())),
        wrong(".trigger", p -> p.getActionFirstRep().getTrigger().clear()),
        wrong("action[0].action", p -> p.getActionFirstRep().getAction().clear()),
        wrong(
            "deployment-model", p -> model(p).setValue(new CanonicalType("https://example.org/m"))),
        wrong("action[0].action[1]", p -> p.getActionFirstRep().addAction(action(p).copy())),
        wrong(".title", p -> action(p).setTitle(null)),
        wrong(".description", p -> action(p).setDescription(null)),
        wrong("documentation.url", p -> action(p).getDocumentationFirstRep().setUrl("ftp://x")),
        wrong(
            "deployment-place",
            p -> action(p).addExtension(DeploymentUrls.PLACE, new CodeType("sky"))),
        wrong(
            "deployment-fallback",
            p -> action(p).addExtension(DeploymentUrls.FALLBACK, new CanonicalType("x"))),
        wrong(
            "deployment-output",
            p -> action(p).getExtension().removeIf(e -> e.getUrl().equals(DeploymentUrls.OUTPUT))),
        wrong(".output", p -> headline(p).getExtensionByUrl("output").setValue(null)),
        wrong(".title", p -> headline(p).getExtension().removeIf(e -> e.getUrl().equals("title"))),
        wrong("deployment-output')[3]", p -> action(p).getExtension().add(headline(p).copy())),
        wrong(
            "deployment-output')[0]",
            p -> headline(p).getExtension().removeIf(e -> e.getUrl().equals("warning"))),
        wrong(
            "deployment-output')[0]",
            p -> headline(p).getExtensionByUrl("warning").setValue(new DecimalType(20.1))),
        wrong(
            ".warning",
            p -> headline(p).getExtensionByUrl("warning").setValue(new StringType("5"))),
        wrong(".show", p -> headline(p).addExtension("show", new StringType("5"))),
        wrong(
            "deployment-override-reason",
            p -> p.addExtension(DeploymentUrls.OVERRIDE_REASON, new Coding("s", "c", null))),
        wrong("deployment-display", p -> p.addExtension(display(p).copy())),
        wrong(".unchanged", p -> display(p).getExtensionByUrl("unchanged").setValue(ucum(0, "d"))),
        wrong(
            ".unchanged", p -> display(p).getExtensionByUrl("unchanged").setValue(ucum(367, "d"))),
        wrong(".unchanged", p -> display(p).getExtensionByUrl("unchanged").setValue(ucum(5, "s"))),
        wrong(
            ".unchanged",
            p -> display(p).getExtensionByUrl("unchanged").setValue(new StringType("7 d"))),
        wrong(
            ".snooze",
            p -> display(p).getExtensionByUrl("snooze").setValue(ucum(1, "d").setSystem("x"))),
        wrong(
            ".snooze",
            p ->
                display(p)
                    .getExtensionByUrl("snooze")
                    .setValue(ucum(1, "d").setValue(new BigDecimal("1.5")))),
        wrong(
            ".snooze",
            p ->
                display(p)
                    .getExtensionByUrl("snooze")
                    .setValue(ucum(1, "d").setValue(new BigDecimal("1e30")))),
        wrong(".ceiling", p -> display(p).addExtension("ceiling", new PositiveIntType(101))),
        wrong(".ceiling", p -> display(p).addExtension("ceiling", new StringType("10"))),
        wrong(".role", p -> display(p).addExtension("role", new Coding(null, "nurse", null))),
        wrong(".setting", p -> display(p).addExtension("setting", new StringType("IMP"))),
        wrong(
            "deployment-time-budget",
            p -> p.addExtension(DeploymentUrls.TIME_BUDGET, ucum(9, "ms"))),
        wrong(
            "deployment-time-budget",
            p -> p.addExtension(DeploymentUrls.TIME_BUDGET, ucum(30_001, "ms"))),
        wrong(
            "deployment-time-budget",
            p -> p.addExtension(DeploymentUrls.TIME_BUDGET, ucum(1, "min"))),
        wrong(
            "deployment-time-budget",
            p -> {
              p.addExtension(DeploymentUrls.TIME_BUDGET, ucum(50, "ms"));
              p.addExtension(DeploymentUrls.TIME_BUDGET, ucum(60, "ms"));
            }),
        wrong(
            "action[0].action[1]",
            p -> {
              orders(p, "https://example.org/rules|1");
              p.getActionFirstRep()
                  .getAction()
                  .get(1)
                  .addExtension(DeploymentUrls.MODEL, new CanonicalType("https://example.org/m|1"));
            }),
        wrong(
            "action[0].action[2]",
            p -> {
              orders(p, "https://example.org/rules|1");
              orders(p, "https://example.org/others|1");
            }),
        wrong("deployment-order-rules", p -> orders(p, "https://example.org/rules")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void saysWhereAMistakeIs(String where, Consumer<PlanDefinition> change) {
    PlanDefinition plan = plan("cvd-risk");
    change.accept(plan);

    assertThat(Deployments.read(plan))
        .isInstanceOfSatisfying(
            Parsed.Refused.class,
            refused -> {
              List<Problem> problems = refused.problems();
              assertThat(problems)
                  .extracting(Problem::where)
                  .anyMatch(w -> w.endsWith(where) || w.contains(where));
            });
  }

  @Test
  void saysAllMistakesAtOnce() {
    PlanDefinition plan = plan("cvd-risk");
    plan.setTitle(null).setVersion(null);
    headline(plan).getExtensionByUrl("warning").setValue(new DecimalType(30));
    display(plan).getExtensionByUrl("snooze").setValue(ucum(0, "d"));

    assertThat(Deployments.read(plan))
        .isInstanceOfSatisfying(
            Parsed.Refused.class, refused -> assertThat(refused.problems()).hasSize(4));
  }

  private static Arguments wrong(String where, Consumer<PlanDefinition> change) {
    return Arguments.of(where, change);
  }

  private static void orders(PlanDefinition plan, String rules) {
    PlanDefinitionActionComponent card = action(plan).copy();
    card.getExtension().clear();
    card.addExtension(DeploymentUrls.ORDER_RULES, new CanonicalType(rules));
    plan.getActionFirstRep().addAction(card);
  }

  private static TriggerDefinition trigger(PlanDefinition plan) {
    return plan.getActionFirstRep().getTriggerFirstRep();
  }

  private static PlanDefinitionActionComponent action(PlanDefinition plan) {
    return plan.getActionFirstRep().getActionFirstRep();
  }

  private static Extension model(PlanDefinition plan) {
    return action(plan).getExtensionByUrl(DeploymentUrls.MODEL);
  }

  private static Extension headline(PlanDefinition plan) {
    return action(plan).getExtensionsByUrl(DeploymentUrls.OUTPUT).get(0);
  }

  private static Extension display(PlanDefinition plan) {
    return plan.getExtensionByUrl(DeploymentUrls.DISPLAY);
  }

  private static Quantity ucum(long value, String unit) {
    return new org.hl7.fhir.r4.model.Duration()
        .setValue(value)
        .setSystem("http://unitsofmeasure.org")
        .setCode(unit);
  }
}
