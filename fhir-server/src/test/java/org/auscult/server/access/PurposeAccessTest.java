package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import java.util.List;
import org.auscult.server.access.TokenHolder.Answer;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The minimum that is necessary: each purpose of use shows its types and elements, no more. */
class PurposeAccessTest extends AccessOverHttp {
  @Override
  void storeMore() {
    put(new Practitioner().setId(id("gp")));
    Patient rich = new Patient();
    rich.setManagingOrganization(new Reference("Organization/" + id("north")));
    rich.addName().setFamily("Longname").addGiven("Given");
    rich.addTelecom().setValue("0123-phone");
    rich.addAddress().setCity("Smalltown");
    rich.addContact().getName().setFamily("Relative");
    rich.addGeneralPractitioner(new Reference("Practitioner/" + id("gp")));
    rich.setGender(AdministrativeGender.FEMALE).setBirthDate(new Date(0));
    rich.addExtension().setUrl("urn:test:secret").setValue(new Coding("s", "secret", null));
    rich.getText()
        .setStatus(Narrative.NarrativeStatus.GENERATED)
        .setDivAsString("<div>Longname in words</div>");
    rich.setId(id("rich"));
    put(rich);
    Observation noted = observation("rich", "laboratory");
    noted.addNote().setText("Called Longname at home");
    noted.setId(id("noted"));
    put(noted);
    Condition condition = new Condition();
    condition.setSubject(new Reference("Patient/" + id("rich")));
    condition.setCode(new CodeableConcept(new Coding("urn:test", "c", null)));
    condition.addNote().setText("Longname told");
    condition.setId(id("condition"));
    put(condition);
  }

  private TokenHolder under(String... purposes) {
    return clinician().with(c -> c.claim("purpose", List.of(purposes)));
  }

  /** On each road that leads to a resource, the same elements are missing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/%srich",
        "Patient/%srich/_history",
        "Patient/%srich/_history/1",
        "Patient?_id=%srich",
        "Patient?gender=female&_sort=birthdate",
        "Observation?_id=%snoted&_include=Observation:patient",
        "Observation/%snoted",
        "Patient?_id=%srich&_revinclude=Condition:patient"
      })
  void showsResearchNoElementThatItDoesNotNeed(String path) {
    Answer treatment = clinician().get(path.formatted(id("")));
    Answer research = under("HRESCH").get(path.formatted(id("")));

    assertThat(treatment.body()).contains("Longname");
    assertThat(research.status()).as(research.body()).isEqualTo(200);
    assertThat(research.body())
        .contains("SUBSETTED")
        .doesNotContain("Longname", "0123-phone", "Smalltown", "Relative", "secret", id("gp"));
  }

  @Test
  void showsTheSameInABatch() {
    Bundle batch = new Bundle().setType(BundleType.BATCH);
    for (String url : List.of("Patient/" + id("rich"), "Patient?_id=" + id("rich"))) {
      batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl(url);
    }

    Answer answer = under("HRESCH").post("", json(batch));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"female\"").doesNotContain("Longname");
  }

  /** Attack: searching by what is not shown. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient?name=Longname",
        "Patient?address-city=Smalltown",
        "Patient?general-practitioner.name=x",
        "Patient?_sort=family",
        "Patient?_sort=-family",
        "Patient?phonetic=x",
        "Observation?patient.name=Longname",
        "Observation?subject:Patient.family=Longname",
        "Patient?_has:Observation:patient:code=x",
        "Observation?performer=Practitioner/1",
        "Patient?name:exact=Longname",
        "Patient?_summary=count"
      })
  void answersNoSearchByWhatResearchDoesNotNeed(String search) {
    assertThat(under("HRESCH").get(search).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "HPAYMT, Patient/%srich, 200",
    "HPAYMT, Condition/%scondition, 200",
    "HPAYMT, Observation/%snoted, 403",
    "HPAYMT, Observation?patient=%srich, 403",
    "HPAYMT, Patient?name=Longname, 200",
    "HPAYMT, Patient?general-practitioner=x, 403",
    "HOPERAT, Observation/%snoted, 200",
    "HOPERAT, Patient?name=Longname, 403",
    "HRESCH, Patient/%srich/$timeline, 403",
    "HRESCH, Patient/%srich/$everything, 403",
    "PUBHLTH, Condition/%scondition, 200",
    "PUBHLTH, Coverage?patient=%srich, 403",
    "HMARKT, Patient/%srich, 403",
    "HMARKT, Patient?_id=%srich, 403",
    "HMARKT, ValueSet?_count=1, 403",
    "ETREAT, Patient/%srich, 200",
    "ETREAT, Patient/%srich/$timeline, 200"
  })
  void allowsWhatAPurposeNeeds(String purpose, String path, int status) {
    Answer answer = under(purpose).get(path.formatted(id("")));

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    if (purpose.equals("HPAYMT") && status == 200) {
      assertThat(answer.body()).doesNotContain("Relative", "Longname told", "secret");
    }
  }

  /** What was read in part is not written back: under such a purpose nothing is written. */
  @Test
  void writesNothingUnderALimitedPurpose() {
    Patient partly = new Patient();
    partly.setManagingOrganization(new Reference("Organization/" + id("north")));
    partly.setId(id("rich"));

    assertThat(under("HPAYMT").put("Patient/" + id("rich"), json(partly)).status()).isEqualTo(403);
    assertThat(under("HRESCH").post("Observation", json(observation("n1", "survey"))).status())
        .isEqualTo(403);
    assertThat(clinician().get("Patient/" + id("rich")).body()).contains("Longname");
  }

  /** A system, too, has what its purpose needs; and no export, which would hold more. */
  @Test
  void limitsSystemsToo() {
    TokenHolder research = system().with(c -> c.claim("purpose", "HRESCH"));

    assertThat(research.get("Patient/" + id("rich")).body())
        .contains("female")
        .doesNotContain("Longname");
    assertThat(research.get("Observation?_summary=count").status()).isEqualTo(403);
    assertThat(
            TokenHolder.send(
                    research
                        .request("$export?_type=Patient")
                        .header("Prefer", "respond-async")
                        .GET())
                .status())
        .isEqualTo(403);
  }

  /** The header picks among the token's purposes, and of treatment anything less. */
  @Test
  void takesThePurposeOfTheHeader() {
    assertThat(stating(clinician(), "HRESCH").body()).doesNotContain("Longname");
    assertThat(stating(under("HPAYMT", "HRESCH"), "HRESCH").body()).doesNotContain("Longname");
    assertThat(stating(under("HPAYMT", "HRESCH"), "HPAYMT").body()).contains("Longname");
    assertThat(stating(under("HRESCH"), "TREAT").status()).isEqualTo(403);
    assertThat(stating(clinician(), "HMARKT").status()).isEqualTo(403);
  }

  private Answer stating(TokenHolder who, String purpose) {
    return TokenHolder.send(
        who.request("Patient/" + id("rich")).header("Purpose-Of-Use", purpose).GET());
  }
}
