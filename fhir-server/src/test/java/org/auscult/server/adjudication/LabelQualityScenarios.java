package org.auscult.server.adjudication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.util.UUID;
import org.auscult.ig.Ig;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.server.KnownCaller;
import org.auscult.server.alert.AlertRound;
import org.auscult.server.alert.AlertUrls;
import org.auscult.server.alert.IssueKey;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.springframework.context.ApplicationContext;

/** What holds of the quality of labels, and of rules that watch it, on either database. */
final class LabelQualityScenarios extends Adjudicating {
  private final AlertRound alerts;

  LabelQualityScenarios(IGenericClient client, KnownCaller caller, ApplicationContext context) {
    super(client, caller, context);
    this.alerts = context.getBean(AlertRound.class);
  }

  /** Figures of 24 random cases, worked out by hand; doubtful ones count in none. */
  void theReportTellsHowGoodLabelsAre() {
    // Who answers as place 1 and place 2 follows from the Task; verdicts by place:
    // events by rule: 9 (e,e), 2 (n,n), 1 (e,n,n); non-events: 9 (n,n), 2 (e,e), 1 (e,c,c).
    for (int i = 0; i < 12; i++) {
      planted.label(planted.another(), 0.5, "event");
      planted.label(planted.another(), 0.5, "no-event");
    }
    planted.label(planted.another(), 0.5, "censored");
    String plan = planted.plan(24, 1, 0);
    assertThat(run()).isEqualTo(25);
    int[] seen = new int[2];
    for (String id : cases(plan)) {
      String rule = one("select rule_label from adjudication_case where id = ?", String.class, id);
      if (!rule.equals("censored")) {
        boolean isEvent = rule.equals("event");
        int number = seen[isEvent ? 0 : 1]++;
        judge(id, isEvent, number);
      }
    }
    run();
    MeasureReport report = report(plan);
    assertThat(errors(report)).isEmpty();
    assertThat(report.getMeta().getVersionId()).isEqualTo("2");
    // 22 of 24 alike. Margins of the first: e 13, n 11; of the second: e 11, n 12, c 1.
    double pe = (13 * 11 + 11 * 12) / (24.0 * 24.0);
    assertThat(score(report, "kappa")).isCloseTo((22 / 24.0 - pe) / (1 - pe), within(1e-12));
    assertThat(score(report, "agreement")).isCloseTo(22 / 24.0, within(1e-12));
    assertThat(score(report, "not-judged-rate")).isCloseTo(1 / 24.0, within(1e-12));
    assertThat(score(report, "label-ppv")).isCloseTo(9 / 12.0, within(1e-12));
    assertThat(score(report, "label-sensitivity")).isCloseTo(9 / 11.0, within(1e-12));
    assertThat(count(report, "random")).isEqualTo(24);
    assertThat(count(report, "uncertain")).isEqualTo(1);
    assertThat(count(report, "open")).isEqualTo(1);
    assertThat(count(report, "disagreed")).isEqualTo(2);
    assertThat(count(report, "overdue")).isZero();
    assertThat(report.getExtensionByUrl(AdjudicationUrls.BY_PLAN).getValue().primitiveValue())
        .isEqualTo(plan);

    run();
    assertThat(report(plan).getMeta().getVersionId()).isEqualTo("2");
    aRuleWatchesIt(plan, report);
    round.run(Planted.LATER.plusSeconds(15 * 86_400), () -> true);
    assertThat(count(report(plan), "overdue")).isEqualTo(1);
  }

  /** The starter pack's rule, were it stricter: kappa is 0.83, of 24 cases. */
  private void aRuleWatchesIt(String plan, MeasureReport report) {
    PlanDefinition rule =
        client
            .getFhirContext()
            .newJsonParser()
            .parseResource(
                PlanDefinition.class, Ig.json("PlanDefinition-alert-labels-disputed.json"));
    rule.setId((String) null);
    rule.setUrl("https://example.org/PlanDefinition/" + UUID.randomUUID());
    rule.setStatus(PublicationStatus.ACTIVE);
    rule.addExtension(AlertUrls.MODEL, new CanonicalType(plan));
    Extension test = rule.getExtensionByUrl(AlertUrls.TEST);
    test.getExtensionByUrl("lower").setValue(new DecimalType("0.9"));
    test.getExtensionByUrl("compared").setValue(new CodeType("point"));
    IdType stored = (IdType) client.create().resource(rule).execute().getId();
    try {
      alerts.run(Planted.LATER, () -> true);
      String canonical = rule.getUrl() + "|" + rule.getVersion();
      DetectedIssue issue =
          client
              .read()
              .resource(DetectedIssue.class)
              .withId(new IssueKey(FindingKind.LABELS, canonical, plan, "").id())
              .execute();
      assertThat(issue.getCode().getCodingFirstRep().getCode()).isEqualTo("labels");
      assertThat(client.getFhirContext().newJsonParser().encodeResourceToString(issue))
          .contains(report.getIdElement().getIdPart());
      assertThat(errors(issue)).isEmpty();
    } finally {
      rule.setId(stored.toUnqualifiedVersionless());
      rule.setStatus(PublicationStatus.RETIRED);
      client.update().resource(rule).execute();
      alerts.run(Planted.LATER, () -> true);
    }
  }

  private void judge(String id, boolean isEvent, int number) {
    String expected = isEvent ? "event" : "no-event";
    String other = isEvent ? "no-event" : "event";
    if (number < 9) {
      answer(id, 1, expected);
      answer(id, 2, expected);
    } else if (number < 11) {
      answer(id, 1, other);
      answer(id, 2, other);
    } else {
      String second = isEvent ? "no-event" : "cannot-be-judged";
      answer(id, 1, "event");
      answer(id, 2, second);
      answer(id, 3, second);
    }
  }

  private MeasureReport report(String plan) {
    return search("MeasureReport?measure=" + AdjudicationUrls.MEASURE + "|1.0.0&_count=500")
        .stream()
        .map(MeasureReport.class::cast)
        .filter(
            r ->
                r.getExtensionByUrl(AdjudicationUrls.BY_PLAN)
                    .getValue()
                    .primitiveValue()
                    .equals(plan))
        .findFirst()
        .orElseThrow();
  }

  private static MeasureReportGroupComponent group(MeasureReport report, String figure) {
    return report.getGroup().stream()
        .filter(g -> g.getCode().getCodingFirstRep().getCode().equals(figure))
        .findFirst()
        .orElseThrow();
  }

  private static double score(MeasureReport report, String figure) {
    return group(report, figure).getMeasureScore().getValue().doubleValue();
  }

  private static int count(MeasureReport report, String code) {
    return group(report, "adjudicated-cases").getPopulation().stream()
        .filter(p -> p.getCode().getCodingFirstRep().getCode().equals(code))
        .findFirst()
        .orElseThrow()
        .getCount();
  }
}
