package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.auscult.server.access.TokenHolder.Answer;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writing: alone, in bundles, by condition and by patch. */
class WriteAccessTest extends AccessOverHttp {
  /** SMART: 19. 20. Governance: 11.10(g). */
  @Test
  void writesWithinReachAndByTheRightLetter() {
    String observation = json(observation("n1", "survey"));

    assertThat(app("patient/Observation.c").post("Observation", observation).status())
        .isEqualTo(201);
    assertThat(app("patient/Observation.u").post("Observation", observation).status())
        .isEqualTo(403);
    assertThat(clinician().post("Observation", json(observation("s1", "survey"))).status())
        .isEqualTo(403);
    assertThat(clinician().post("Observation", json(new Observation())).status()).isEqualTo(403);
    assertThat(clinician().delete("Observation/" + id("on1")).status()).isEqualTo(403);
  }

  /** SMART: 20. An update that creates is an update. */
  @Test
  void countsUpdateAsCreateAsUpdate() {
    String body = json(observation("n1", "survey").setId(id("new")));

    assertThat(
            system().scope("system/Observation.c").put("Observation/" + id("new"), body).status())
        .isEqualTo(403);
    assertThat(system().get("Observation/" + id("new")).status()).isEqualTo(404);
    assertThat(
            system().scope("system/Observation.u").put("Observation/" + id("new"), body).status())
        .isEqualTo(201);
    assertThat(
            system().scope("system/Observation.c").put("Observation/" + id("new"), body).status())
        .isEqualTo(403);
  }

  /** Who does not see every id may not try ids: known or unknown, the answer is the same. */
  @Test
  void letsIdsBeChosenByThoseWhoSeeAll() {
    String known = id("os1");
    String unknown = id("unheard");
    Answer there =
        clinician().put("Observation/" + known, json(observation("n1", "survey").setId(known)));
    Answer not =
        clinician().put("Observation/" + unknown, json(observation("n1", "survey").setId(unknown)));

    assertThat(there.status()).isEqualTo(404);
    assertThat(not.status()).isEqualTo(404);
    assertThat(there.body().replace(known, unknown)).isEqualTo(not.body());
    assertThat(
            clinician()
                .put("Observation/" + id("on2"), json(observation("n2", "survey").setId(id("on2"))))
                .status())
        .isEqualTo(200);
  }

  /** Attack: what a patch assigns beside what it should. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Observation/%son1; [{'op':'replace','path':'/subject/reference','value':'Patient/%ss1'}]",
        "Observation/%son1; [{'op':'add','path':'/performer','value':[{'reference':'Patient/%ss1'}]}]",
        "Observation/%son1; [{'op':'add','path':'/subject/reference','value':'Patient?identifier=1'}]",
        "Observation/%son1; [{'op':'add','path':'/meta/security','value':[{'system':'s','code':'c'}]}]",
        "Observation/%son1; [{'op':'add','path':'/meta/tag','value':[{'system':'s','code':'c'}]}]",
        "Patient/%sn1; [{'op':'replace','path':'/managingOrganization/reference','value':'Organization/%ssouth'}]"
      })
  void refusesAPatchThatLeadsOutOfReach(String path, String patch) {
    Answer answer =
        clinician().patch(path.formatted(id("")), patch.replace("%s", id("")).replace('\'', '"'));

    assertThat(answer.status()).as(answer.body()).isEqualTo(403);
  }

  @Test
  void patchesWithinReach() {
    String patch = "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"amended\"}]";

    assertThat(clinician().patch("Observation/" + id("on2"), patch).status()).isEqualTo(200);
    assertThat(app("patient/Observation.r").patch("Observation/" + id("on1"), patch).status())
        .isEqualTo(403);
  }

  /** Attack: a patch's test as an oracle: right or wrong, the answer is the same. */
  @Test
  void answersNoTestOfAPatchOutOfReach() {
    String patch = "[{\"op\":\"test\",\"path\":\"/status\",\"value\":\"%s\"}]";

    Answer right = clinician().patch("Observation/" + id("os1"), patch.formatted("final"));
    Answer wrong = clinician().patch("Observation/" + id("os1"), patch.formatted("amended"));

    assertThat(right.status()).isEqualTo(404);
    assertThat(wrong).isEqualTo(right);
  }

  /** Attack: opening a patient of another site by naming one's own site in an encounter. */
  @Test
  void tiesNobodyOutOfReachToASite() {
    Encounter grab = new Encounter();
    grab.setStatus(EncounterStatus.INPROGRESS).setSubject(new Reference("Patient/" + id("s1")));
    grab.setServiceProvider(new Reference("Organization/" + id("north")));
    grab.getClass_().setCode("AMB");

    assertThat(clinician().post("Encounter", json(grab)).status()).isEqualTo(403);
    assertThat(clinician().get("Patient/" + id("s1")).status()).isEqualTo(404);

    grab.setSubject(new Reference("Patient/" + id("n1")));
    grab.setServiceProvider(new Reference("Organization/" + id("south")));
    assertThat(clinician().post("Encounter", json(grab)).status()).isEqualTo(403);
  }

  /** An encounter at a site, written by whoever may, opens its patient to that site. */
  @Test
  void followsEncountersToSites() {
    Patient both = new Patient();
    both.setManagingOrganization(new Reference("Organization/" + id("south")));
    both.setId(id("moves"));
    put(both);
    assertThat(clinician().get("Patient/" + id("moves")).status()).isEqualTo(404);

    Encounter visit = new Encounter();
    visit.setStatus(EncounterStatus.FINISHED).setSubject(new Reference("Patient/" + id("moves")));
    visit.setServiceProvider(new Reference("Organization/" + id("north")));
    visit.setId(id("visit"));
    put(visit);
    assertThat(clinician().get("Patient/" + id("moves")).status()).isEqualTo(200);

    put(visit.setStatus(EncounterStatus.ENTEREDINERROR));
    assertThat(clinician().get("Patient/" + id("moves")).status()).isEqualTo(404);
    put(visit.setStatus(EncounterStatus.FINISHED));
    client().delete().resourceById("Encounter", id("visit")).execute();
    assertThat(clinician().get("Patient/" + id("moves")).status()).isEqualTo(404);
  }

  /** Attack: conditions search. */
  @Test
  void refusesConditionsToThoseFromWhomSomethingIsWithheld() {
    Observation identified = observation("n1", "survey");
    identified.addIdentifier().setValue(id("conditional"));
    String body = json(identified);
    String condition = "Observation?code=urn:test|none";

    assertThat(clinician().put(condition, body).status()).isEqualTo(403);
    assertThat(clinician().delete(condition).status()).isEqualTo(403);
    assertThat(
            TokenHolder.send(
                    clinician()
                        .request("Observation")
                        .header("If-None-Exist", "code=none")
                        .header("Content-Type", "application/fhir+json")
                        .POST(BodyPublishers.ofString(body)))
                .status())
        .isEqualTo(403);
    assertThat(system().put("Observation?identifier=" + id("conditional"), body).status())
        .isEqualTo(201);
  }

  /** SMART: 21. */
  @Test
  void decidesABatchEntryByEntry() {
    Bundle batch = new Bundle().setType(BundleType.BATCH);
    entry(batch, HTTPVerb.GET, "Observation/" + id("on1"), null);
    entry(batch, HTTPVerb.POST, "Observation", observation("s1", "survey"));
    entry(batch, HTTPVerb.GET, "Observation/" + id("os1"), null);
    entry(batch, HTTPVerb.POST, "Observation", observation("n1", "survey"));
    entry(batch, HTTPVerb.DELETE, "Observation/" + id("on1"), null);
    entry(batch, HTTPVerb.GET, "Observation?focus.code=x", null);
    entry(batch, HTTPVerb.PUT, "Observation?code=x", observation("n1", "survey"));
    entry(batch, HTTPVerb.GET, "Observation?patient=" + id("s1"), null);
    entry(batch, HTTPVerb.GET, "Observation?_summary=count", null);

    Answer answer = clinician().post("", json(batch));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(
            bundle(answer).getEntry().stream()
                .map(e -> e.getResponse().getStatus().substring(0, 3))
                .toList())
        .containsExactly("200", "403", "404", "201", "403", "403", "403", "200", "403");
    Bundle found = (Bundle) bundle(answer).getEntry().get(7).getResource();
    assertThat(found.getEntry()).isEmpty();
    assertThat(answer.body()).doesNotContain(id("os1") + "/_history");
  }

  /** SMART: 21. A batch of which nothing is allowed. */
  @Test
  void refusesEveryEntryOfABatch() {
    Bundle batch = new Bundle().setType(BundleType.BATCH);
    entry(batch, HTTPVerb.DELETE, "Observation/" + id("on1"), null);

    Answer answer = clinician().post("", json(batch));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(bundle(answer).getEntryFirstRep().getResponse().getStatus()).startsWith("403");
  }

  /** SMART: 21. */
  @Test
  void refusesATransactionForOneEntryAndStoresNothing() {
    for (Resource refused :
        List.of(
            observation("s1", "survey"),
            (Resource) new Observation().setSubject(new Reference("urn:uuid:1")))) {
      Bundle transaction = new Bundle().setType(BundleType.TRANSACTION);
      Observation mine = observation("n2", "procedure");
      entry(transaction, HTTPVerb.POST, "Observation", mine);
      entry(transaction, HTTPVerb.POST, "Observation", refused);

      assertThat(clinician().post("", json(transaction)).status()).isEqualTo(403);
      assertThat(
              bundle(clinician().get("Observation?patient=" + id("n2") + "&category=procedure"))
                  .getEntry())
          .isEmpty();
    }
  }

  /** A new patient and what is of that patient, in one transaction. */
  @Test
  void createsAPatientOfTheUsersSite() {
    for (String site : List.of("north", "south")) {
      Bundle transaction = new Bundle().setType(BundleType.TRANSACTION);
      Patient patient = new Patient();
      patient.setManagingOrganization(new Reference("Organization/" + id(site)));
      entry(transaction, HTTPVerb.POST, "Patient", patient);
      transaction.getEntryFirstRep().setFullUrl("urn:uuid:0d5f9b86-0000-4000-8000-000000000001");
      Observation observation = observation("n1", "survey");
      observation.setSubject(new Reference("urn:uuid:0d5f9b86-0000-4000-8000-000000000001"));
      entry(transaction, HTTPVerb.POST, "Observation", observation);

      Answer answer = clinician().post("", json(transaction));

      assertThat(answer.status()).as(answer.body()).isEqualTo(site.equals("north") ? 200 : 403);
    }
    assertThat(clinician().post("Patient", json(new Patient())).status()).isEqualTo(403);
  }

  /** Writes without reading bring nothing back. */
  @Test
  void givesNoBodyToWhoMayNotRead() {
    String patch = "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"%s\"}]";

    Answer readable = patched(app("patient/Observation.ru"), patch.formatted("amended"));
    Answer not = patched(app("patient/Observation.u"), patch.formatted("corrected"));

    assertThat(readable.status()).as(readable.body()).isEqualTo(200);
    assertThat(readable.body()).contains("amended", id("n1"));
    assertThat(not.status()).as(not.body()).isEqualTo(200);
    assertThat(not.body()).isEmpty();
    assertThat(system().get("Observation/" + id("on1")).body()).contains("corrected");
  }

  private Answer patched(TokenHolder who, String patch) {
    return TokenHolder.send(
        who.request("Observation/" + id("on1"))
            .header("Prefer", "return=representation")
            .header("Content-Type", "application/json-patch+json")
            .method("PATCH", BodyPublishers.ofString(patch)));
  }

  /** A Binary of nobody's is no clinician's to write. */
  @Test
  void asksForTheSecurityContextOfAFile() {
    Binary binary = new Binary();
    binary.setContentType("text/plain").setData(new byte[] {65});

    assertThat(clinician().post("Binary", json(binary)).status()).isEqualTo(403);
    binary.setSecurityContext(new Reference("Patient/" + id("n1")));
    assertThat(clinician().post("Binary", json(binary)).status()).isEqualTo(201);
    binary.setSecurityContext(new Reference("Patient/" + id("s1")));
    assertThat(clinician().post("Binary", json(binary)).status()).isEqualTo(403);
  }

  private static void entry(Bundle bundle, HTTPVerb verb, String url, @Nullable Resource body) {
    bundle.addEntry().setResource(body).getRequest().setMethod(verb).setUrl(url);
  }
}
