package org.auscult.prove.outcomes;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.auscult.interceptor.TimelineInterceptor;
import org.auscult.outcome.OutcomeLabel;
import org.auscult.server.config.Database;
import org.auscult.server.outcome.OutcomeCase;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * In the place of a FHIR store: which versions of which resources there are, and each label that
 * was written, without a key that would hide a doubled one. All in the caller's transaction.
 */
final class LightStore {
  static final String SYSTEM = "https://example.org/CodeSystem/light";
  static final String CODE = "diagnosis";

  static final List<String> TABLES =
      List.of(
          "create table light_patient (id varchar(64) primary key, index_time bigint not null)",
          "create table light_condition (id varchar(64) primary key, patient varchar(64) not null,"
              + " version integer not null, onset bigint not null, in_error boolean not null)",
          "create table light_label (id varchar(64) not null, sequence integer not null, content"
              + " varchar(1024) not null)");

  private static final String VERIFIED =
      "http://terminology.hl7.org/CodeSystem/condition-ver-status";

  private final JdbcTemplate jdbc;
  private final Database.Vendor vendor;

  LightStore(JdbcTemplate jdbc, Database.Vendor vendor) {
    this.jdbc = jdbc;
    this.vendor = vendor;
  }

  /** The embedded database writes a commit to its file half a second later, unless it is told. */
  void sync() {
    if (vendor == Database.Vendor.H2) {
      jdbc.execute("checkpoint sync");
    }
  }

  boolean isNew(String patient) {
    return jdbc.queryForList("select id from light_patient where id = ?", patient).isEmpty();
  }

  Patient patient(String id) {
    Instant now = now();
    jdbc.update("insert into light_patient (id, index_time) values (?, ?)", id, now.toEpochMilli());
    Patient patient = new Patient();
    patient.setId("Patient/" + id + "/_history/1");
    patient.getMeta().setLastUpdatedElement(new InstantType(Date.from(now)));
    return patient;
  }

  Instant indexTime(String patient) {
    Long millis =
        jdbc.queryForObject(
            "select index_time from light_patient where id = ?", Long.class, patient);
    return Instant.ofEpochMilli(millis == null ? 0 : millis);
  }

  /** Writes a diagnosis, or its next version: of now, or in error. */
  void condition(String patient, String id, boolean isInError, TimelineInterceptor timeline) {
    Instant now = now();
    List<Integer> before =
        jdbc.queryForList(
            "select version from light_condition where id = ? for update", Integer.class, id);
    int version = before.isEmpty() ? 1 : before.get(0) + 1;
    if (before.isEmpty()) {
      jdbc.update(
          "insert into light_condition (id, patient, version, onset, in_error) values (?, ?, ?, ?,"
              + " ?)",
          id,
          patient,
          version,
          now.toEpochMilli(),
          isInError);
    } else {
      jdbc.update(
          "update light_condition set version = ?, onset = ?, in_error = ? where id = ?",
          version,
          now.toEpochMilli(),
          isInError,
          id);
    }
    Condition condition = new Condition();
    condition.setId("Condition/" + id + "/_history/" + version);
    condition.getMeta().setLastUpdatedElement(new InstantType(Date.from(now)));
    condition.setSubject(new Reference("Patient/" + patient));
    condition.getCode().addCoding().setSystem(SYSTEM).setCode(CODE);
    condition
        .getVerificationStatus()
        .addCoding()
        .setSystem(VERIFIED)
        .setCode(isInError ? "entered-in-error" : "confirmed");
    condition.setOnset(new DateTimeType(now.toString()));
    if (version == 1) {
      timeline.created(condition);
    } else {
      timeline.updated(condition, condition);
    }
  }

  void label(OutcomeCase of, OutcomeLabel label) {
    OutcomeLabel.Why why = label.why();
    jdbc.update(
        "insert into light_label (id, sequence, content) values (?, ?, ?)",
        of.labelId(),
        of.sequence() + 1,
        label.code() + " " + (why == null ? "" : why.code()) + " " + label.evidence().references());
  }

  private static Instant now() {
    return Instant.ofEpochMilli(System.currentTimeMillis());
  }
}
