package org.auscult.server.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.auscult.feature.FeatureCatalog;
import org.auscult.model.ModelCatalog;
import org.auscult.server.ServerTest;
import org.auscult.server.alert.AlertRound;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueEvidenceComponent;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueStatus;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** From drift to issues, by rules that are written over HTTP. */
class DriftAlertTest extends ServerTest {
  private static final String SD = "https://auscult.org/fhir/StructureDefinition/";

  @Autowired private JdbcTemplate jdbc;
  @Autowired private DriftRound round;
  @Autowired private DriftStore store;
  @Autowired private FeatureCatalog features;
  @Autowired private ModelCatalog models;
  @Autowired private AlertRound alerts;
  private DriftScenarios scenarios;
  private PlanDefinition rule = new PlanDefinition();

  @BeforeEach
  void serve() {
    scenarios = new DriftScenarios(client(), jdbc, round, store, features, models);
    scenarios.serve();
    round.run(DriftScenarios.LAST, () -> true);
  }

  @AfterEach
  void forget() {
    scenarios.forget();
    rule.setStatus(PublicationStatus.RETIRED);
    client().update().resource(rule).execute();
    look();
  }

  private void look() {
    alerts.run(Instant.now(), () -> true);
  }

  private void watch(String figure, String limit, String... parameters) {
    rule = new PlanDefinition();
    rule.getMeta().addProfile(SD + "alert-rule");
    rule.setUrl("https://example.org/alert-" + UUID.randomUUID()).setVersion("1.0.0");
    rule.setName("Drift").setTitle("Inputs drift").setDescription("Other data.");
    rule.setStatus(PublicationStatus.ACTIVE);
    rule.setType(
        new CodeableConcept(
            new Coding(
                "http://terminology.hl7.org/CodeSystem/plan-definition-type", "eca-rule", null)));
    Extension watched = rule.addExtension().setUrl(SD + "alert-figure");
    watched.addExtension("code", new CodeType(figure));
    for (String parameter : parameters) {
      watched.addExtension("parameter", new StringType(parameter));
    }
    rule.addExtension(SD + "alert-window", new CodeType("week"));
    Extension test = rule.addExtension().setUrl(SD + "alert-test");
    test.addExtension("kind", new CodeType("fixed"));
    test.addExtension("upper", new DecimalType(limit));
    test.addExtension("compared", new CodeType("point"));
    rule.addExtension(SD + "alert-minimum", new PositiveIntType(100));
    rule.addExtension(SD + "alert-severity", new CodeType("warning"));
    rule.setId(client().create().resource(rule).execute().getId().toUnqualifiedVersionless());
  }

  private List<DetectedIssue> issues() {
    return client()
        .search()
        .forResource(DetectedIssue.class)
        .count(500)
        .returnBundle(Bundle.class)
        .execute()
        .getEntry()
        .stream()
        .map(BundleEntryComponent::getResource)
        .map(DetectedIssue.class::cast)
        .filter(issue -> (rule.getUrl() + "|1.0.0").equals(issue.getReference()))
        .toList();
  }

  @Test
  void anIssueNamesTheFeatureAndWhyItDrifted() {
    watch("missing-rate-difference", "0.05");
    look();
    assertThat(issues()).hasSize(1);
    DetectedIssue issue = issues().get(0);
    assertThat(issue.getCode().getCodingFirstRep().getCode()).isEqualTo("drift");
    assertThat(issue.getStatus()).isEqualTo(DetectedIssueStatus.PRELIMINARY);
    assertThat(issue.getDetail())
        .startsWith("missing-rate-difference (feature = " + DriftScenarios.EGFR + "): 0.")
        .contains("from 2018-02-05 until before 2018-02-12, n = 300; it should be 0.05000 or less")
        .contains(". Why: " + DriftScenarios.EGFR)
        .contains("a unit that cannot be read");
    DetectedIssueEvidenceComponent evidence = issue.getEvidenceFirstRep();
    assertThat(issue.getEvidence()).hasSize(1);
    Extension breach = evidence.getExtensionByUrl(SD + "alert-breach");
    assertThat(breach.getExtensionString("parameter"))
        .isEqualTo("feature = " + DriftScenarios.EGFR);
    assertThat(breach.hasExtension("output")).isFalse();
    assertThat(evidence.getDetailFirstRep().getReference())
        .matches("MeasureReport/drift-[0-9a-f-]+/_history/[0-9]+");

    look();
    assertThat(issues().get(0).getMeta().getVersionId()).isEqualTo("1");
  }

  @Test
  void aRuleMayBeAboutOneFeature() {
    watch("psi", "0.25", "feature = age");
    look();
    assertThat(issues()).isEmpty();
  }
}
