package org.auscult.server.feature;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.outcome.fhir.OutcomeUrls;
import org.auscult.server.ServerTest;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;

/** Outcome definitions over HTTP: what is taken can be found, what is wrong is refused whole. */
class OutcomeDefinitionTest extends ServerTest {
  private final String run = UUID.randomUUID().toString();

  @Test
  void theExampleOfThePageWorksAsItIs() throws Exception {
    Library example = example();
    client().create().resource(example).execute();

    Bundle found =
        client()
            .search()
            .byUrl("Library?url=" + example.getUrl() + "&version=1.0.0&status=active")
            .returnBundle(Bundle.class)
            .execute();
    assertThat(found.getEntry()).hasSize(1);
    assertThat(
            found
                .getEntryFirstRep()
                .getResource()
                .getMeta()
                .hasProfile(OutcomeUrls.OUTCOME_DEFINITION))
        .isTrue();
    // Once more is another Library of the same version.
    assertThat(refusals(example)).singleElement().asString().contains("is already Library/");
  }

  @Test
  void refusesAWrongOneWithAllReasonsAtOnce() throws Exception {
    Library wrong = fresh("wrong");
    wrong
        .getDataRequirementFirstRep()
        .getCodeFilterFirstRep()
        .getCodeFirstRep()
        .setSystem("http://loinc.com");
    set(wrong, OutcomeUrls.THRESHOLD, new Quantity().setValue(6).setCode("kgs"));
    set(wrong, OutcomeUrls.HORIZON, duration(-3, "d"));
    wrong.addExtension(OutcomeUrls.HORIZON_FROM, new CodeType("admission"));
    wrong.addExtension(OutcomeUrls.EXCLUSION, new CanonicalType("urn:none|1"));
    wrong.addExtension(OutcomeUrls.REQUIREMENT, new CanonicalType("urn:unpinned"));
    wrong.addExtension(FeatureUrls.LOOKBACK, duration(3, "d"));
    wrong.addExtension(OutcomeUrls.EXCEPT, new Coding("urn:no-such-system", "x", null));

    assertThat(refusals(wrong))
        .anyMatch(why -> why.contains("http://loinc.com is not known here"))
        .anyMatch(why -> why.contains("urn:no-such-system is not known here"))
        .anyMatch(why -> why.contains("no Quantity with value, code and comparator"))
        .anyMatch(why -> why.contains("not a whole positive number"))
        .anyMatch(why -> why.contains("'admission' is not known"))
        .anyMatch(why -> why.contains("urn:none|1 is no feature definition that is here"))
        .anyMatch(why -> why.contains("urn:unpinned is not pinned"))
        .anyMatch(why -> why.contains("an outcome does not take it"))
        .anyMatch(why -> why.contains("crossing excepts no codes"))
        .hasSize(9);
  }

  @Test
  void refusesUnitsThatTheCodesAreNotMeasuredIn() throws Exception {
    Library wrong = fresh("unit");
    wrong.getDataRequirementFirstRep().getCodeFilterFirstRep().getCodeFirstRep().setCode("2160-0");
    set(
        wrong,
        OutcomeUrls.THRESHOLD,
        new Quantity()
            .setComparator(Quantity.QuantityComparator.GREATER_THAN)
            .setValue(new BigDecimal("6"))
            .setCode("mm[Hg]"));

    assertThat(refusals(wrong)).singleElement().asString().contains("cannot become mm[Hg]");
  }

  @Test
  void refusesWhatAnEventDoesNotTake() throws Exception {
    Library death = fresh("death");
    set(death, OutcomeUrls.EVENT, new CodeType("death"));
    death.addExtension(OutcomeUrls.FIRST_EVER, new BooleanType(true));
    death.addExtension(OutcomeUrls.HORIZON_ENCOUNTER, inpatient());

    assertThat(refusals(death))
        .anyMatch(why -> why.contains("it reads no codes"))
        .anyMatch(why -> why.contains("death has no values"))
        .anyMatch(why -> why.contains("nobody dies twice"))
        .anyMatch(why -> why.contains("hangs on no encounter"));
    Library stay = fresh("stay");
    stay.addExtension(OutcomeUrls.HORIZON_FROM, new CodeType("stay"));
    assertThat(refusals(stay))
        .anyMatch(why -> why.contains("a horizon that is the stay ends with it"))
        .anyMatch(why -> why.contains("nobody can tell which encounter is meant"));
    Library expression = fresh("expression");
    set(expression, OutcomeUrls.EVENT, new CodeType("expression"));
    expression.addExtension(FeatureUrls.EXPRESSION, new StringType("nothing +"));
    assertThat(refusals(expression))
        .anyMatch(why -> why.contains("reads other features, no codes"))
        .anyMatch(why -> why.contains("it cannot be read"));
  }

  @Test
  void namesFeaturesThatReadFactsWhereTheirFactsAreMeant() throws Exception {
    Library wrong = fresh("competing");
    wrong.addExtension(
        OutcomeUrls.COMPETING,
        new CanonicalType("https://auscult.org/fhir/Library/feature-age|1.0.0"));

    assertThat(refusals(wrong)).singleElement().asString().contains("reads no facts of its own");
  }

  @Test
  void anActiveOneNeverChangesAndRestsOnNoDraft() throws Exception {
    Library active = fresh("settled");
    active.setId(client().create().resource(active).execute().getId().toUnqualifiedVersionless());
    set(active, OutcomeUrls.HORIZON, duration(15, "d"));
    assertThat(issues(() -> client().update().resource(active).execute()))
        .singleElement()
        .asString()
        .contains("is active and does not change");
    set(active, OutcomeUrls.HORIZON, duration(14, "d"));
    active.setStatus(PublicationStatus.RETIRED);
    client().update().resource(active).execute();

    Library draft =
        fhirContext
            .newJsonParser()
            .parseResource(
                Library.class,
                Files.readString(
                    Path.of(
                        "../ig/src/main/resources/org/auscult/ig/Library-feature-dialysis-dependence.json")));
    draft.setId((String) null);
    draft.setUrl("https://example.org/Library/draft-" + run);
    draft.setStatus(PublicationStatus.DRAFT);
    client().create().resource(draft).execute();
    Library onDraft = fresh("on-draft");
    onDraft.addExtension(OutcomeUrls.EXCLUSION, new CanonicalType(draft.getUrl() + "|1.0.0"));
    assertThat(refusals(onDraft)).singleElement().asString().contains("is a draft");
    onDraft.setStatus(PublicationStatus.DRAFT);
    client().create().resource(onDraft).execute();
  }

  private Library example() throws Exception {
    Matcher found =
        Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("..", "docs", "outcomes.md")));
    assertThat(found.find()).isTrue();
    return fhirContext.newJsonParser().parseResource(Library.class, found.group(1));
  }

  private Library fresh(String name) throws Exception {
    Library library = example();
    library.setUrl("https://example.org/Library/" + name + "-" + run);
    return library;
  }

  private static void set(Library library, String url, Type value) {
    library.getExtensionByUrl(url).setValue(value);
  }

  private static Duration duration(int amount, String unit) {
    Duration duration = new Duration();
    duration.setValue(amount).setSystem("http://unitsofmeasure.org").setCode(unit);
    return duration;
  }

  private static Coding inpatient() {
    return new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP", null);
  }

  private List<String> refusals(Library library) {
    return issues(() -> client().create().resource(library).execute());
  }

  private static List<String> issues(Callable<?> call) {
    try {
      call.call();
    } catch (BaseServerResponseException e) {
      assertThat(e.getStatusCode()).isEqualTo(422);
      OperationOutcome outcome = (OperationOutcome) Objects.requireNonNull(e.getOperationOutcome());
      return outcome.getIssue().stream().map(i -> i.getDiagnostics()).toList();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("It was accepted");
  }
}
