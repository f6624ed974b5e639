package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.auscult.server.access.TokenHolder.Answer;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Reading and searching: what leaves is within reach, and nothing tells of the rest. */
class ReadAccessTest extends AccessOverHttp {
  @Autowired private Enforcement enforcement;

  @Override
  void storeMore() {
    Observation linked = observation("n1", "vital-signs");
    linked.addFocus(new Reference("Observation/" + id("os1")));
    linked.setId(id("linked"));
    put(linked);
    Observation ofBoth = observation("n1", "laboratory");
    ofBoth.addPerformer(new Reference("Patient/" + id("s1")));
    ofBoth.setId(id("both"));
    put(ofBoth);
    for (String name : List.of("n1", "s1")) {
      Provenance provenance = new Provenance();
      provenance.addTarget(new Reference("Observation/" + id("o" + name)));
      provenance.setRecorded(new Date());
      provenance.addAgent().setWho(new Reference().setDisplay("somebody"));
      provenance.setId(id("prov." + name));
      put(provenance);
      Binary binary = new Binary();
      binary.setContentType("text/plain").setData(new byte[] {65});
      binary.setSecurityContext(new Reference("Patient/" + id(name)));
      binary.setId(id("file." + name));
      // Our client would send its bytes alone.
      system().put("Binary/" + id("file." + name), json(binary));
    }
  }

  /** SMART: 16. Governance: 11.10(d). */
  @Test
  void asksForATokenUnlessToldNotTo() {
    assertThat(open("Patient/" + id("n1")).status()).isEqualTo(401);
    assertThat(open("metadata").status()).isEqualTo(200);
    assertThat(clinician().get("Patient/" + id("n1")).status()).isEqualTo(200);
    enforcement.set(false);
    try {
      assertThat(open("Patient/" + id("n1")).status()).isEqualTo(200);
    } finally {
      enforcement.set(true);
    }
  }

  /** SMART: 16. Attack: a token that has expired, or is for another server. */
  @Test
  void refusesATokenThatExpiredOrIsForAnother() {
    TokenHolder expired =
        clinician().with(c -> c.expirationTime(Date.from(Instant.now().minusSeconds(31))));
    TokenHolder others = clinician().with(c -> c.audience("https://other.example.org/fhir"));

    assertThat(expired.get("Patient/" + id("n1")).status()).isEqualTo(401);
    assertThat(others.get("Patient/" + id("n1")).status()).isEqualTo(401);
  }

  /** Attack: guessing ids. Another site's is answered word for word as one that is not there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/%s",
        "Patient/%s/_history",
        "Patient/%s/_history/1",
        "Patient/%s/$everything",
        "Patient/%s/$timeline",
        "Patient/%s/$features?featureSet=https://auscult.org/fhir/Library/x",
        "Patient/%s/$label?definition=https://auscult.org/fhir/Library/x&indexTime=2024-05-03",
        "Observation/%s",
        "Observation/%s/_history",
        "Observation/%s/_history/1",
        "Provenance/%s",
        "Binary/%s"
      })
  void answersAnotherSitesAsOneThatIsNotThere(String path) {
    String type = path.substring(0, path.indexOf('/'));
    String foreign =
        switch (type) {
          case "Patient" -> id("s1");
          case "Observation" -> id("os1");
          case "Provenance" -> id("prov.s1");
          default -> id("file.s1");
        };
    String absent = id("nobody");

    Answer hidden = clinician().get(path.formatted(foreign));
    Answer nothing = clinician().get(path.formatted(absent));

    assertThat(hidden.status()).isEqualTo(404);
    assertThat(nothing.status()).isEqualTo(404);
    assertThat(hidden.body().replace(foreign, absent)).isEqualTo(nothing.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/%sn1",
        "Patient/%sn2",
        "Patient/%sn1/_history",
        "Patient/%sn1/$everything",
        "Patient/%sn1/$timeline",
        "Observation/%son1",
        "Observation/%son1/_history/1",
        "Provenance/%sprov.n1",
        "Binary/%sfile.n1"
      })
  void readsWhatIsOfTheUsersSite(String path) {
    assertThat(clinician().get(path.formatted(id(""))).status()).isEqualTo(200);
  }

  /** What names a patient of another site too is as far away as that one. */
  @Test
  void withholdsWhatTellsOfAPatientOfAnotherSiteToo() {
    assertThat(clinician().get("Observation/" + id("both")).status()).isEqualTo(404);
    assertThat(system().get("Observation/" + id("both")).status()).isEqualTo(200);
  }

  @Test
  void opensAPatientOfAnotherSiteToTheCareTeam() {
    CareTeam team = new CareTeam();
    team.setStatus(CareTeamStatus.ACTIVE).setSubject(new Reference("Patient/" + id("s1")));
    team.addParticipant().setMember(new Reference("Practitioner/" + id("helper")));
    team.setId(id("team"));
    TokenHolder helper = clinician().with(c -> c.claim("fhirUser", "Practitioner/" + id("helper")));
    assertThat(helper.get("Patient/" + id("s1")).status()).isEqualTo(404);
    put(team);
    assertThat(helper.get("Patient/" + id("s1")).status()).isEqualTo(200);
    assertThat(helper.get("Observation/" + id("os1")).status()).isEqualTo(200);
    assertThat(clinician().get("Patient/" + id("s1")).status()).isEqualTo(404);
    put(team.setStatus(CareTeamStatus.INACTIVE));
    assertThat(helper.get("Patient/" + id("s1")).status()).isEqualTo(404);
  }

  /** Attack: searching across sites. Totals, too, know only what may be seen. */
  @Test
  void findsOnlyWhatIsOfTheUsersSite() {
    String code = "code=urn:test|" + getClass().getSimpleName();

    Bundle mine = bundle(clinician().get("Observation?" + code));
    assertThat(ids(mine)).containsExactlyInAnyOrder(id("on1"), id("on2"), id("linked"));
    assertThat(mine.getTotal()).isEqualTo(3);
    Bundle theirs = bundle(clinician().get("Observation?patient=Patient/" + id("s1")));
    assertThat(theirs.getEntry()).isEmpty();
    assertThat(theirs.getTotal()).isZero();
    assertThat(ids(bundle(clinician().get("Patient?name=Fam" + getClass().getSimpleName()))))
        .containsExactlyInAnyOrder(id("n1"), id("n2"));
    assertThat(bundle(system().get("Observation?" + code + "&_total=accurate")).getTotal())
        .isEqualTo(5);
  }

  /** SMART: 22. 25. Patient scopes reach the launch's patient, and nobody without one. */
  @Test
  void limitsPatientScopesToTheLaunch() {
    TokenHolder app = app("patient/*.rs");
    String code = "code=urn:test|" + getClass().getSimpleName();

    assertThat(app.get("Patient/" + id("n1")).status()).isEqualTo(200);
    assertThat(app.get("Patient/" + id("n2")).status()).isEqualTo(404);
    assertThat(ids(bundle(app.get("Observation?" + code))))
        .containsExactlyInAnyOrder(id("on1"), id("linked"));
    assertThat(ids(bundle(app.get("Patient")))).containsExactly(id("n1"));
    assertThat(bundle(app.get("Observation?patient=" + id("n2"))).getEntry()).isEmpty();
    assertThat(ids(bundle(app.get("Provenance?target=Observation/" + id("on1")))))
        .containsExactly(id("prov.n1"));

    TokenHolder withoutPatient = clinician().scope("patient/*.rs");
    assertThat(withoutPatient.get("Patient/" + id("n1")).status()).isEqualTo(403);
    assertThat(withoutPatient.get("Observation?" + code).status()).isEqualTo(403);
  }

  /** SMART: 19. 22. 24. */
  @Test
  void permitsWhatTheScopesPermitAndNoMore() {
    assertThat(app("patient/Observation.r").get("Observation/" + id("on1")).status())
        .isEqualTo(200);
    assertThat(app("patient/Observation.r").get("Observation").status()).isEqualTo(403);
    assertThat(app("patient/Observation.rs").get("Patient/" + id("n1")).status()).isEqualTo(403);
    assertThat(app("patient/Observation.read").get("Observation").status()).isEqualTo(200);
    assertThat(app("openid").get("Observation").status()).isEqualTo(403);
    assertThat(app("system/*.cruds").get("Observation").status()).isEqualTo(403);
    assertThat(clinician().role("emperor").get("Observation").status()).isEqualTo(403);
  }

  /** SMART: 29. The scope fhirUser is enough to read who the user is, and nobody else. */
  @Test
  void letsAnApplicationReadWhoItsUserIs() {
    put(new Practitioner().setId(id("clinician")));
    put(new Practitioner().setId(id("colleague")));
    TokenHolder app = app("openid fhirUser");

    assertThat(app.get("Practitioner/" + id("clinician")).status()).isEqualTo(200);
    assertThat(app.get("Practitioner/" + id("colleague")).status()).isEqualTo(403);
    assertThat(app.get("Practitioner").status()).isEqualTo(403);
    assertThat(
            app.put(
                    "Practitioner/" + id("clinician"),
                    json(new Practitioner().setId(id("clinician"))))
                .status())
        .isEqualTo(403);
    assertThat(app("openid").get("Practitioner/" + id("clinician")).status()).isEqualTo(403);
  }

  /** SMART: 23. */
  @Test
  void keepsToTheFiltersOfGranularScopes() {
    String category = "http://terminology.hl7.org/CodeSystem/observation-category";
    TokenHolder app = app("patient/Observation.rs?category=" + category + "|laboratory");

    assertThat(app.get("Observation/" + id("on1")).status()).isEqualTo(200);
    assertThat(app.get("Observation/" + id("linked")).status()).isEqualTo(404);
    Bundle found = bundle(app.get("Observation?patient=" + id("n1")));
    assertThat(ids(found)).containsExactly(id("on1"));
    assertThat(found.getTotal()).isEqualTo(1);
    assertThat(app.get("Observation?focus.code=x").status()).isEqualTo(403);
    assertThat(app.get("Patient/" + id("n1") + "/$timeline").status()).isEqualTo(403);
  }

  /** Attack: counting what may not be seen. */
  @ParameterizedTest
  @ValueSource(strings = {"_summary=count", "_total=accurate", "_total=estimate"})
  void refusesCountsOfWhatIsWithheld(String parameter) {
    assertThat(clinician().get("Observation?" + parameter).status()).isEqualTo(403);
    assertThat(app("patient/*.rs").get("Observation?" + parameter).status()).isEqualTo(403);
    assertThat(system().get("Observation?" + parameter).status()).isEqualTo(200);
    assertThat(clinician().get("Observation?_total=none").status()).isEqualTo(200);
  }

  /** Attack: what an include brings along. */
  @Test
  void includesNothingOutOfReach() {
    String search = "Observation?_id=" + id("linked") + "&_include=Observation:focus";

    assertThat(ids(bundle(clinician().get(search)))).containsExactly(id("linked"));
    assertThat(ids(bundle(system().get(search))))
        .containsExactlyInAnyOrder(id("linked"), id("os1"));
    assertThat(
            ids(
                bundle(
                    clinician()
                        .get("Patient?_id=" + id("n1") + "&_revinclude=Observation:patient"))))
        .containsExactlyInAnyOrder(id("n1"), id("on1"), id("linked"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Observation?_include=*",
        "Observation?_include=Observation:*",
        "Observation?_include=Observation:subject:Group",
        "Patient?_revinclude=AuditEvent:patient",
        "Observation?_revinclude:iterate=Provenance:target"
      })
  void refusesIncludesOfWhatMayNotBeSearched(String search) {
    assertThat(app("patient/Observation.rs patient/Patient.rs").get(search).status())
        .isEqualTo(403);
  }

  /** Attack: asking by a chain, a reverse chain or an order what hidden resources say. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Observation?focus.code=x",
        "Observation?focus:Observation.code=x",
        "Observation?encounter.status=finished",
        "Observation?subject.identifier=x",
        "Observation?patient.link:Patient.name=x",
        "Patient?_has:Observation:patient:code=x",
        "Patient?_has:Observation:patient:_has:Provenance:target:agent=x",
        "Observation?_sort=encounter.date",
        "Observation?_filter=code+eq+x",
        "Observation?_list=1",
        "Observation?_content=x"
      })
  void refusesSearchesThatWouldAskOfHiddenOnes(String search) {
    Answer answer = clinician().get(search);

    assertThat(answer.status()).as(answer.body()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Observation?patient.name=x",
        "Observation?subject:Patient.name=x",
        "Observation?subject.name=x",
        "Observation?performer:Practitioner.name=x",
        "Patient?organization.name=x",
        "Observation?patient.organization.name=x",
        "Observation?_sort=-date"
      })
  void answersChainsThatTellOfNothingHidden(String search) {
    Answer answer = clinician().get(search);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  /** Attack: another user's page. */
  @Test
  void givesAPageToTheOneWhoSearched() {
    Bundle first = bundle(clinician().get("Observation?_count=1"));
    String next = first.getLink(Bundle.LINK_NEXT).getUrl();

    assertThat(first.hasTotal()).isFalse();
    assertThat(clinician().with(c -> c.subject("else")).get(next).status()).isEqualTo(410);
    assertThat(system().get(next).status()).isEqualTo(410);
    Answer own = clinician().get(next);
    assertThat(own.status()).as(own.body()).isEqualTo(200);
    assertThat(bundle(own).getEntry()).hasSize(1);
  }

  /** Histories of a type or of all tell of deletions, and everything is no search. */
  @Test
  void refusesHistoriesOfATypeToThoseWhoMayNotSeeAll() {
    assertThat(clinician().get("Observation/_history").status()).isEqualTo(403);
    assertThat(system().get("Observation/_history?_count=1").status()).isEqualTo(200);
    assertThat(system().get("_history").status()).isEqualTo(403);
    assertThat(clinician().get("?_type=Patient,Observation").status()).isIn(403, 400, 404);
  }

  /** Attack: another's export. */
  @Test
  void givesAnExportToItsStarter() {
    Answer byUser = export(clinician());
    HttpResponse<String> started = TokenHolder.answer(exporting(system()));
    String poll = started.headers().firstValue("Content-Location").orElseThrow();

    assertThat(byUser.status()).isEqualTo(403);
    assertThat(started.statusCode()).isEqualTo(202);
    assertThat(system().with(c -> c.subject("other")).get(poll).status()).isEqualTo(404);
    assertThat(system().get(poll).status()).isIn(200, 202);
    assertThat(system().get("$export-poll-status?_jobId=nothing").status()).isEqualTo(404);
  }

  /** Attack: another's file of an export. */
  @Test
  void keepsTheFilesOfAnExportForItsStarter() {
    Binary file = new Binary();
    file.setContentType("application/fhir+ndjson").setData(new byte[] {65});
    file.getSecurityContext()
        .setIdentifier(
            new Identifier()
                .setSystem("https://auscult.org/fhir/sid/owner")
                .setValue("somebody-else"));
    file.setId(id("export"));
    assertThat(system().put("Binary/" + id("export"), json(file)).status()).isEqualTo(201);

    assertThat(system().get("Binary/" + id("export")).status()).isEqualTo(404);
    assertThat(system().delete("Binary/" + id("export")).status()).isEqualTo(404);
    assertThat(clinician().get("Binary/" + id("export")).status()).isEqualTo(404);
  }

  private static Answer export(TokenHolder who) {
    return TokenHolder.send(exporting(who));
  }

  private static HttpRequest.Builder exporting(TokenHolder who) {
    return who.request("$export?_type=Medication").header("Prefer", "respond-async").GET();
  }

  private static List<String> ids(Bundle bundle) {
    return bundle.getEntry().stream()
        .map(BundleEntryComponent::getResource)
        .map(r -> r.getIdElement().getIdPart())
        .toList();
  }

  private Answer open(String path) {
    return TokenHolder.send(HttpRequest.newBuilder(URI.create(rootUrl() + "/fhir/" + path)));
  }
}
