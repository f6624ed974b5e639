package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.auscult.server.access.TokenHolder.Answer;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What patients withhold: at once, on every road, and answered as what is not there. */
class ConsentAccessTest extends AccessOverHttp {
  private static final String TYPES = "http://hl7.org/fhir/resource-types";
  private static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

  @Override
  void storeMore() {
    put(condition("c1"));
    Condition hiv = condition("hiv");
    hiv.getMeta().addSecurity(ACT_CODE, "HIV", null);
    put(hiv);
    RiskAssessment risk = new RiskAssessment();
    risk.setStatus(RiskAssessment.RiskAssessmentStatus.FINAL);
    risk.setSubject(new Reference("Patient/" + id("n1")));
    risk.addBasis(new Reference("Condition/" + id("hiv") + "/_history/1"));
    risk.setId(id("risk"));
    put(risk);
  }

  private Condition condition(String name) {
    Condition condition = new Condition();
    condition.setSubject(new Reference("Patient/" + id("n1")));
    condition.setCode(
        new CodeableConcept(new Coding("urn:test", getClass().getSimpleName(), null)));
    condition.setId(id(name));
    return condition;
  }

  @AfterEach
  void withdraw() {
    for (String name : List.of("consent", "other")) {
      put(consent(name).setStatus(ConsentState.INACTIVE));
    }
  }

  private Consent consent(String name) {
    Consent consent = new Consent();
    consent.setStatus(ConsentState.ACTIVE);
    consent.getScope().addCoding().setCode("patient-privacy");
    consent.addCategory().setText("test");
    consent.setPatient(new Reference("Patient/" + id("n1")));
    consent.getPolicyRule().addCoding().setSystem(ACT_CODE).setCode("OPTIN");
    consent.setId(id(name));
    return consent;
  }

  private Consent optOut() {
    Consent consent = consent("consent");
    consent.getPolicyRule().getCodingFirstRep().setCode("OPTOUT");
    return consent;
  }

  private static ProvisionComponent except(Consent consent, ConsentProvisionType type) {
    return consent.getProvision().addProvision().setType(type);
  }

  private void actor(ProvisionComponent provision, String reference) {
    provision.addActor().setRole(new CodeableConcept()).setReference(new Reference(reference));
  }

  private TokenHolder colleague() {
    return clinician().with(c -> c.claim("fhirUser", "Practitioner/" + id("colleague")));
  }

  /** From the next request on, and as if there was nothing; the same when it is withdrawn. */
  @Test
  void withholdsARecordFromTheNextRequestOn() {
    String patient = "Patient/" + id("n1");
    TokenHolder launched = app("patient/*.rs");
    for (TokenHolder who : List.of(clinician(), launched)) {
      assertThat(who.get(patient).status()).isEqualTo(200);
    }

    put(optOut());

    for (TokenHolder who : List.of(clinician(), launched)) {
      Answer hidden = who.get(patient);
      Answer absent = who.get("Patient/" + id("nobody"));
      assertThat(hidden.status()).isEqualTo(404);
      assertThat(hidden.body().replace(id("n1"), id("nobody"))).isEqualTo(absent.body());
      assertThat(who.get("Observation/" + id("on1") + "/_history/1").status()).isEqualTo(404);
      assertThat(who.get(patient + "/$everything").status()).isEqualTo(404);
      assertThat(who.get(patient + "/$timeline").status()).isEqualTo(404);
      Bundle found = bundle(who.get("Observation?patient=" + id("n1")));
      assertThat(found.getEntry()).isEmpty();
      assertThat(found.getTotal()).isZero();
    }
    assertThat(clinician().get("Patient/" + id("n2")).status()).isEqualTo(200);
    assertThat(clinician().post("Observation", json(observation("n1", "survey"))).status())
        .isEqualTo(403);
    assertThat(system().get(patient).status()).isEqualTo(200);

    put(optOut().setStatus(ConsentState.INACTIVE));
    assertThat(clinician().get(patient).status()).isEqualTo(200);
    assertThat(launched.get(patient).status()).isEqualTo(200);
  }

  @Test
  void makesExceptionsForThoseWhomThePatientNames() {
    Consent consent = optOut();
    actor(except(consent, ConsentProvisionType.PERMIT), "Practitioner/" + id("clinician"));
    put(consent);

    assertThat(clinician().get("Patient/" + id("n1")).status()).isEqualTo(200);
    assertThat(clinician().get("Patient/" + id("n1") + "/$timeline").status()).isEqualTo(403);
    assertThat(colleague().get("Patient/" + id("n1")).status()).isEqualTo(404);
  }

  @Test
  void withholdsFromSomebodyAlone() {
    Consent consent = consent("consent");
    actor(except(consent, ConsentProvisionType.DENY), "Practitioner/" + id("colleague"));
    put(consent);

    assertThat(colleague().get("Observation/" + id("on1")).status()).isEqualTo(404);
    assertThat(clinician().get("Observation/" + id("on1")).status()).isEqualTo(200);
  }

  /** A team stands for those who are of it now; who joins or leaves does so at once. */
  @Test
  void countsACareTeamAsItsMembers() {
    put(team("colleague"));
    Consent permission = optOut();
    actor(except(permission, ConsentProvisionType.PERMIT), "CareTeam/" + id("team"));
    put(permission);
    assertThat(colleague().get("Observation/" + id("on1")).status()).isEqualTo(200);
    assertThat(clinician().get("Observation/" + id("on1")).status()).isEqualTo(404);

    put(team("clinician"));
    assertThat(colleague().get("Observation/" + id("on1")).status()).isEqualTo(404);
    assertThat(clinician().get("Observation/" + id("on1")).status()).isEqualTo(200);

    Consent denial = consent("consent");
    actor(except(denial, ConsentProvisionType.DENY), "CareTeam/" + id("team"));
    put(denial);
    assertThat(colleague().get("Observation/" + id("on1")).status()).isEqualTo(200);
    assertThat(clinician().get("Observation/" + id("on1")).status()).isEqualTo(404);

    client().delete().resourceById("CareTeam", id("team")).execute();
    assertThat(colleague().get("Observation/" + id("on1")).status())
        .as("nobody knows who was denied")
        .isEqualTo(404);
  }

  /** Of nobody's care, so that it brings nobody nearer to the patient. */
  private CareTeam team(String member) {
    CareTeam team = new CareTeam();
    team.setStatus(CareTeam.CareTeamStatus.ACTIVE);
    team.addParticipant().setMember(new Reference("Practitioner/" + id(member)));
    team.setId(id("team"));
    return team;
  }

  @Test
  void withholdsForAPurpose() {
    Consent consent = consent("consent");
    except(consent, ConsentProvisionType.DENY)
        .addPurpose()
        .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActReason")
        .setCode("HOPERAT");
    put(consent);

    assertThat(
            clinician()
                .with(c -> c.claim("purpose", "HOPERAT"))
                .get("Observation/" + id("on1"))
                .status())
        .isEqualTo(404);
    assertThat(clinician().get("Observation/" + id("on1")).status()).isEqualTo(200);
  }

  /** One type: the rest stays, and what tells of all at once is refused. */
  @Test
  void withholdsATypeAndWhatWouldTellOfIt() {
    Consent consent = consent("consent");
    except(consent, ConsentProvisionType.DENY).addClass_().setSystem(TYPES).setCode("Condition");
    put(consent);

    assertThat(clinician().get("Condition/" + id("c1")).status()).isEqualTo(404);
    assertThat(ids("Condition?patient=" + id("n1"))).isEmpty();
    assertThat(clinician().get("Observation/" + id("on1")).status()).isEqualTo(200);
    assertThat(clinician().get("Patient/" + id("n1") + "/$everything").body())
        .contains(id("on1"))
        .doesNotContain(id("c1"));
    for (String operation :
        List.of(
            "$timeline",
            "$features?featureSet=x",
            "$label?definition=x&indexTime=2024-05-03",
            "$ai-report")) {
      Answer refused = clinician().get("Patient/" + id("n1") + "/" + operation);
      assertThat(refused.status()).as(operation).isEqualTo(403);
      assertThat(refused.body())
          .contains("Read or search", "$break-glass")
          .doesNotContain("Condition", id("c1"));
    }
  }

  /** A consent that is deleted withholds nothing; one that comes back does again. */
  @Test
  void followsAConsentThatIsDeletedAndComesBack() {
    for (int i = 0; i < 2; i++) {
      put(optOut());
      assertThat(clinician().get("Patient/" + id("n1")).status()).isEqualTo(404);
      client().delete().resourceById("Consent", id("consent")).execute();
      assertThat(clinician().get("Patient/" + id("n1")).status()).isEqualTo(200);
    }
  }

  /** A consent holds while its period lasts. */
  @Test
  void holdsWhileItsPeriodLasts() {
    Consent past = optOut();
    past.getProvision().getPeriod().setEnd(Date.from(Instant.now().minusSeconds(60)));
    put(past);
    assertThat(clinician().get("Patient/" + id("n1")).status()).isEqualTo(200);
    Consent coming = optOut();
    coming.getProvision().getPeriod().setStart(Date.from(Instant.now().plusSeconds(600)));
    put(coming);
    assertThat(clinician().get("Patient/" + id("n1")).status()).isEqualTo(200);
  }

  /**
   * Safety: 34. What bears a label of special protection, and a prediction that rests on it, are
   * shown to those whom the patient permits it, whatever their role and site.
   */
  @Test
  void showsWhatIsUnderSpecialProtectionByPermissionOnly() {
    for (String path : List.of("Condition/" + id("hiv"), "RiskAssessment/" + id("risk"))) {
      assertThat(clinician().get(path).status()).as(path).isEqualTo(404);
      assertThat(app("patient/*.rs").get(path).status()).as(path).isEqualTo(404);
      assertThat(system().get(path).status()).isEqualTo(200);
    }
    String search = "Condition?patient=" + id("n1");
    assertThat(ids(search)).containsExactly(id("c1"));
    assertThat(ids("RiskAssessment?patient=" + id("n1"))).isEmpty();
    assertThat(clinician().get("Patient/" + id("n1") + "/$timeline").status()).isEqualTo(403);
    assertThat(clinician().get("Patient/" + id("n2") + "/$timeline").status()).isEqualTo(200);

    Consent permission = consent("consent");
    ProvisionComponent permit = except(permission, ConsentProvisionType.PERMIT);
    actor(permit, "Practitioner/" + id("clinician"));
    permit.addSecurityLabel().setSystem(ACT_CODE).setCode("HIV");
    put(permission);

    assertThat(clinician().get("Condition/" + id("hiv")).status()).isEqualTo(200);
    assertThat(clinician().get("RiskAssessment/" + id("risk")).status()).isEqualTo(200);
    assertThat(clinician().get("Patient/" + id("n1") + "/$timeline").status()).isEqualTo(200);
    assertThat(colleague().get("Condition/" + id("hiv")).status()).isEqualTo(404);

    Consent denial = consent("other");
    except(denial, ConsentProvisionType.DENY).addSecurityLabel().setSystem(ACT_CODE).setCode("HIV");
    put(denial);
    assertThat(clinician().get("Condition/" + id("hiv")).status()).isEqualTo(404);
  }

  /** A label that is set later covers the versions from before, and its removal uncovers them. */
  @Test
  void followsALabelThatIsSetAndTakenOff() {
    Condition later = condition("later");
    later.setSubject(new Reference("Patient/" + id("n2")));
    put(later);
    String meta =
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"meta\",\"valueMeta\":"
            + "{\"security\":[{\"system\":\""
            + ACT_CODE
            + "\",\"code\":\"PSY\"}]}}]}";
    String path = "Condition/" + id("later");
    assertThat(clinician().get(path).status()).isEqualTo(200);

    assertThat(system().post(path + "/$meta-add", meta).status()).isEqualTo(200);
    assertThat(clinician().get(path).status()).isEqualTo(404);
    assertThat(clinician().get(path + "/_history/1").status()).isEqualTo(404);
    assertThat(clinician().get(path + "/_history").status()).isEqualTo(404);

    assertThat(system().post(path + "/$meta-delete", meta).status()).isEqualTo(200);
    assertThat(clinician().get(path).status()).isEqualTo(200);
  }

  /** Who answers for consents sees them, and nothing else of the record. */
  @Test
  void letsThePrivacyOfficerKeepConsents() {
    put(optOut());
    TokenHolder officer =
        anybody()
            .role("privacy-officer")
            .scope("user/*.cruds")
            .with(c -> c.claim("sites", List.of(id("north"))));

    assertThat(officer.get("Consent/" + id("consent")).status()).isEqualTo(200);
    assertThat(officer.get("Patient/" + id("n1")).status()).isEqualTo(200);
    assertThat(officer.get("Condition/" + id("c1")).status()).isEqualTo(403);
    assertThat(
            officer
                .put("Consent/" + id("consent"), json(optOut().setStatus(ConsentState.INACTIVE)))
                .status())
        .isEqualTo(200);
    assertThat(clinician().get("Patient/" + id("n1")).status()).isEqualTo(200);
    assertThat(clinician().put("Consent/" + id("consent"), json(optOut())).status()).isEqualTo(403);
  }

  /** A stored patient of a withheld record is still the same patient to the system that loads. */
  @Test
  void keepsLoadingOfAWithheldRecord() {
    put(optOut());
    Patient again = new Patient();
    again.setManagingOrganization(new Reference("Organization/" + id("north")));
    again.setId(id("n1"));

    assertThat(system().put("Patient/" + id("n1"), json(again)).status()).isIn(200, 201);
    assertThat(system().get("Observation?_summary=count").status()).isEqualTo(200);
  }

  private List<String> ids(String search) {
    return bundle(clinician().get(search)).getEntry().stream()
        .map(BundleEntryComponent::getResource)
        .map(r -> r.getIdElement().getIdPart())
        .toList();
  }
}
