package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.auscult.access.RefusalReason;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditLeaf;
import org.auscult.audit.AuditOutcome;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Each refusal has its leaf, with who asked and why it was refused; also where the answer looks as
 * if there was nothing. And the log itself is read under the same policy.
 *
 * <p>Governance: 6. Governance: 11.10(d).
 */
class AuditedRefusalsTest extends AccessOverHttp {
  @Autowired private JdbcTemplate jdbc;

  private record Refused(int status, AuditEntry leaf) {}

  private Refused refused(TokenHolder who, String path) {
    String request = UUID.randomUUID().toString();
    HttpResponse<String> answer =
        TokenHolder.answer(who.request(path).header("X-Request-ID", request).GET());
    List<AuditEntry> leaves =
        jdbc
            .queryForList(
                "select leaf from (select leaf from audit_log union all select leaf from"
                    + " audit_pending) l where leaf is not null",
                byte[].class)
            .stream()
            .map(leaf -> AuditLeaf.read(leaf).entry())
            .filter(entry -> entry.request().equals(request))
            .distinct()
            .toList();
    assertThat(leaves).as(path).hasSize(1);
    assertThat(leaves.get(0).outcome()).isEqualTo(AuditOutcome.MINOR_FAILURE);
    return new Refused(answer.statusCode(), leaves.get(0));
  }

  private void is(Refused refused, int status, AuditKind kind, RefusalReason reason) {
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.leaf().kind()).isEqualTo(kind);
    assertThat(refused.leaf().reason()).isEqualTo(reason.code());
    if (kind == AuditKind.ACCESS_DENIED) {
      assertThat(refused.leaf().agent().subject()).isEqualTo("somebody");
      assertThat(refused.leaf().agent().client()).isEqualTo("test");
    }
  }

  @Test
  void reasonOfEachRefusalStandsInTheLog() {
    String patient = "Patient/" + id("n1");
    TokenHolder expired = clinician().with(c -> c.expirationTime(new Date(0)));

    is(refused(expired, patient), 401, AuditKind.CALLER_REFUSED, RefusalReason.NO_TOKEN);
    is(
        refused(clinician().with(c -> c.claim("roles", List.of())), patient),
        403,
        AuditKind.ACCESS_DENIED,
        RefusalReason.NO_ROLE);
    is(
        refused(clinician().scope("user/Patient.rs"), "Observation/" + id("on1")),
        403,
        AuditKind.ACCESS_DENIED,
        RefusalReason.NO_SCOPE);
    is(
        refused(clinician().scope("patient/*.rs"), patient),
        403,
        AuditKind.ACCESS_DENIED,
        RefusalReason.NO_PATIENT_CONTEXT);
    is(refused(clinician(), "$audit-head"), 403, AuditKind.ACCESS_DENIED, RefusalReason.POLICY);
    is(
        refused(clinician().with(c -> c.claim("purpose", "HMARKT")), "$audit-head"),
        403,
        AuditKind.ACCESS_DENIED,
        RefusalReason.PURPOSE);
    Refused elsewhere = refused(clinician(), "Patient/" + id("s1"));
    is(elsewhere, 404, AuditKind.ACCESS_DENIED, RefusalReason.OUT_OF_REACH);
    assertThat(elsewhere.leaf().patients()).containsExactly(id("s1"));
    assertThat(elsewhere.leaf().sites()).containsExactly(id("north"));
    is(
        refused(clinician(), "Patient?_has:Observation:patient:code=x"),
        403,
        AuditKind.ACCESS_DENIED,
        RefusalReason.SEARCH_BEYOND_REACH);
    is(
        refused(clinician(), "Patient?_summary=count"),
        403,
        AuditKind.ACCESS_DENIED,
        RefusalReason.COUNT_BEYOND_REACH);
  }

  /** Outside it looks like what is not there; the log knows that the patient withholds it. */
  @Test
  void logKnowsWhatAPatientWithholds() {
    Consent optOut = new Consent().setStatus(Consent.ConsentState.ACTIVE);
    optOut.getScope().addCoding().setCode("patient-privacy");
    optOut.setPatient(new Reference("Patient/" + id("n2")));
    optOut.getPolicyRule().addCoding().setCode("OPTOUT");
    optOut.setId(id("withheld"));
    put(optOut);
    try {
      for (String path : List.of("Patient/" + id("n2"), "Patient/" + id("n2") + "/$timeline")) {
        is(refused(clinician(), path), 404, AuditKind.ACCESS_DENIED, RefusalReason.WITHHELD);
      }
    } finally {
      put(optOut.setStatus(Consent.ConsentState.INACTIVE));
    }
  }

  private TokenHolder officer(String role) {
    return clinician().role(role);
  }

  /** Of the log, nobody but a privacy officer and an auditor is told, and no more than they may. */
  @Test
  void logIsReadUnderThePolicy() throws Exception {
    assertThat(system().get("Patient/" + id("s1")).status()).isEqualTo(200);
    String known = "AuditEvent?patient=" + id("s1");
    TokenHolder auditor = officer("auditor");
    for (int i = 0; i < 100 && !auditor.get(known).body().contains("\"entry\""); i++) {
      Thread.sleep(100);
    }
    String event =
        bundle(auditor.get(known)).getEntryFirstRep().getResource().getIdElement().getIdPart();
    String log = "AuditEvent/" + event;
    String ofNorth = "Patient/" + id("n1") + "/";
    String ofSouth = "Patient/" + id("s1") + "/";
    for (TokenHolder nobody :
        List.of(
            clinician(),
            officer("administrator"),
            officer("safety-officer"),
            officer("approver"),
            system())) {
      for (String path :
          List.of(
              known,
              known + "&_summary=count",
              log,
              ofNorth + "$access-report",
              ofNorth + "$access-report?_outputFormat=text/csv",
              "$user-report?user=somebody",
              "$audit-export",
              "$audit-proof?index=0")) {
        assertThat(nobody.get(path).status()).as(path).isEqualTo(403);
      }
    }
    TokenHolder privacy = officer("privacy-officer");
    assertThat(privacy.get(log).status()).isEqualTo(200);
    assertThat(privacy.get(ofNorth + "$access-report").status()).isEqualTo(200);
    assertThat(privacy.get(ofNorth + "$ai-report").status()).isEqualTo(200);
    for (String report : List.of("$access-report", "$ai-report")) {
      for (String form : List.of("", "?_outputFormat=csv", "?_outputFormat=ndjson")) {
        assertThat(privacy.get(ofSouth + report + form).status()).isIn(403, 404);
        assertThat(clinician().get(ofSouth + report + form).status()).isIn(403, 404);
      }
    }
    assertThat(auditor.get(ofSouth + "$access-report").status()).isEqualTo(200);
    assertThat(auditor.get(ofSouth + "$ai-report").status()).isIn(403, 404);
    assertThat(auditor.get("$user-report?user=somebody").status()).isEqualTo(200);
    // What a scope leaves out, no role brings back.
    assertThat(auditor.scope("user/Patient.rs").get(known).status()).isEqualTo(403);
  }
}
