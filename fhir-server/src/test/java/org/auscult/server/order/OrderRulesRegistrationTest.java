package org.auscult.server.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.auscult.order.DraftOrder;
import org.auscult.order.OrderFinding.Kind;
import org.auscult.order.OrderRulesCatalog;
import org.auscult.order.RegisteredOrderRules;
import org.auscult.order.check.OrderCheckService;
import org.auscult.order.fhir.OrderUrls;
import org.auscult.server.ServerTest;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.PatientTimeline;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Registering a table of order rules by plain FHIR. Safety: 13, 35. */
class OrderRulesRegistrationTest extends ServerTest {
  private static final String TABLE = "https://auscult.org/fhir/Library/renal-dosing|1.0.0";

  @Autowired private OrderRulesCatalog catalog;
  @Autowired private OrderCheckService service;

  @Test
  void theStarterPackBringsATableThatCanBeUsed() {
    RegisteredOrderRules table = catalog.find(TABLE).orElseThrow();

    assertThat(shipped().getStatus()).isEqualTo(PublicationStatus.ACTIVE);
    assertThat(table.rules().rules()).hasSize(8);
    assertThat(table.others()).contains(Code.rxnorm("313782"));
    DraftOrder metformin =
        new DraftOrder("MedicationRequest/1", List.of(Code.rxnorm("860975")), "metformin");
    Instant now = Instant.parse("2024-06-10T08:00:00Z");
    assertThat(
            service
                .check(
                    TABLE,
                    List.of(metformin),
                    new PatientTimeline("p1", 0, List.of(), Set.of()),
                    AsOf.current(now),
                    0)
                .check()
                .findings())
        .extracting(f -> f.kind())
        .containsExactly(Kind.NOT_ASSESSED);
    assertThat(service.needs(TABLE)).isNotEmpty();
  }

  @Test
  void theCatalogKnowsNothingElse() {
    assertThat(catalog.find("https://auscult.org/fhir/Library/renal-dosing|9.9.9")).isEmpty();
    assertThat(catalog.find("https://auscult.org/fhir/Library/ckd-epi-2021|1.0.0")).isEmpty();
  }

  /** Safety: 17. */
  @Test
  void aDraftIsNotUsedUntilItIsActive() {
    Library table = like("9.0.1", l -> l.setStatus(PublicationStatus.DRAFT));
    Library draft = (Library) client().create().resource(table).execute().getResource();
    assertThat(catalog.find(table.getUrl() + "|9.0.1")).isEmpty();

    draft.setStatus(PublicationStatus.ACTIVE);
    client().update().resource(draft).execute();

    assertThat(catalog.find(table.getUrl() + "|9.0.1")).isPresent();
  }

  @Test
  void whatItNamesMustBeThere() {
    Library table =
        like(
            "9.0.2",
            l -> {
              l.getRelatedArtifactFirstRep().setResource("https://example.org/set|1");
              set(l, OrderUrls.EGFR_MODEL, "https://example.org/model|1");
              set(l, OrderUrls.OTHER_DRUGS, "https://example.org/drugs|1");
              Extension rule = l.getExtensionsByUrl(OrderUrls.RULE).get(0);
              rule.getExtensionByUrl("codes")
                  .setValue(new CanonicalType("https://example.org/codes|1"));
            });

    assertThat(refusals(table))
        .hasSize(4)
        .anySatisfy(r -> assertThat(r).contains("https://example.org/set|1"))
        .anySatisfy(r -> assertThat(r).contains("https://example.org/model|1"))
        .anySatisfy(r -> assertThat(r).contains("https://example.org/drugs|1"))
        .anySatisfy(r -> assertThat(r).contains("https://example.org/codes|1"));
  }

  @Test
  void featuresAndModelMustFit() {
    Library table =
        like(
            "9.0.3",
            l -> {
              l.getRelatedArtifactFirstRep()
                  .setResource("https://auscult.org/fhir/Library/kfre-inputs|1.0.0");
              set(l, OrderUrls.EGFR_MODEL, "https://auscult.org/fhir/Library/news2|1.0.0");
            });

    assertThat(refusals(table))
        .anySatisfy(r -> assertThat(r).contains("has no feature weight"))
        .anySatisfy(r -> assertThat(r).contains("has no feature height"))
        .anySatisfy(r -> assertThat(r).contains("gives {score}"));
  }

  @Test
  void allItsOwnProblemsAreSaidAtOnce() {
    Library table =
        like(
            "9.0.4",
            l -> {
              l.setTitle(null);
              l.getExtensionsByUrl(OrderUrls.RULE)
                  .forEach(r -> r.getExtension().removeIf(e -> e.getUrl().equals("source")));
            });

    assertThat(refusals(table)).hasSize(9);
  }

  @Test
  void anActiveVersionNeverChanges() {
    Library changed = shipped();
    changed.setTitle("Something else");

    assertThat(
            catchThrowableOfType(
                () -> client().update().resource(changed).execute(),
                UnprocessableEntityException.class))
        .hasMessageContaining("is active and does not change");
    assertThat(refusals(like("1.0.0", l -> {})))
        .singleElement()
        .asString()
        .contains("is already Library/renal-dosing");
  }

  private Library shipped() {
    return client().read().resource(Library.class).withId("renal-dosing").execute();
  }

  private Library like(String version, Consumer<Library> change) {
    Library table = shipped();
    table.setId((String) null);
    table.setVersion(version);
    change.accept(table);
    return table;
  }

  private static void set(Library library, String url, String canonical) {
    library.getExtensionByUrl(url).setValue(new CanonicalType(canonical));
  }

  private List<String> refusals(Library table) {
    UnprocessableEntityException refusal =
        catchThrowableOfType(
            () -> client().create().resource(table).execute(), UnprocessableEntityException.class);
    assertThat(refusal).isNotNull();
    return ((OperationOutcome) refusal.getOperationOutcome())
        .getIssue().stream().map(i -> i.getDiagnostics()).toList();
  }
}
