package org.auscult.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.interceptor.api.HookParams;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.interceptor.executor.InterceptorService;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.auscult.interceptor.TimelineInterceptor;
import org.auscult.server.config.Database;
import org.auscult.server.timeline.Change.Cause;
import org.auscult.timeline.Code;
import org.auscult.timeline.KnownTime.Basis;
import org.auscult.timeline.MedicationState;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.timeline.fhir.MedicationVersion;
import org.auscult.timeline.fhir.Projection;
import org.auscult.unit.CodeUnits;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** On tables of its own: it would take all other tests' patients away. */
class ExpungeEverythingTest {
  private final FactProjector projector = new FactProjector(ZoneOffset.UTC, CodeUnits.standard());

  @Test
  void leavesNoRowOfAnyPatient() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:expunge;DB_CLOSE_DELAY=-1");
    Flyway.configure().dataSource(source).locations("classpath:db/auscult/h2").load().migrate();
    JdbcTemplate jdbc = new JdbcTemplate(source);
    TimelineWriter writer =
        new TimelineWriter(
            jdbc,
            Database.Vendor.H2,
            new StoredMedications(jdbc, Database.Vendor.H2),
            (patients, at) -> {});
    InterceptorService hooks = new InterceptorService();
    hooks.registerInterceptor(
        new TimelineInterceptor(
            new TransactionalChangeRecorder(projector, writer, r -> Instant.now())));
    writer.apply(
        List.of(birth()),
        List.of(new ModelAuthorship.Claim(ResourceKind.OBSERVATION, "o", 0, "c", Instant.now())),
        List.of(statin()));
    jdbc.update("insert into medication_inbox (medication) values ('statin')");
    jdbc.update("insert into fact_circumstances (digest) values (random_uuid())");
    assertThat(rows(jdbc)).isEqualTo(8);

    hooks.callHooks(
        Pointcut.STORAGE_PRESTORAGE_EXPUNGE_EVERYTHING,
        new HookParams()
            .add(AtomicInteger.class, new AtomicInteger())
            .add(RequestDetails.class, null)
            .add(ServletRequestDetails.class, null));

    assertThat(rows(jdbc)).isZero();
  }

  private Change birth() {
    Patient patient = new Patient();
    patient.setId("Patient/p/_history/1");
    patient.getMeta().setLastUpdatedElement(new InstantType("2024-05-03T10:00:00Z"));
    patient.setBirthDateElement(new DateType("1970-02-03"));
    return new Change(
        Cause.WRITE,
        ResourceKind.PATIENT,
        "p",
        1,
        "p",
        projector.project(patient, Projection.RECORD),
        Instant.parse("2024-05-03T10:00:00Z"),
        null,
        null);
  }

  private static MedicationVersion statin() {
    Instant stored = Instant.parse("2024-05-03T10:00:00Z");
    return new MedicationVersion(
        "statin", new MedicationState(0, List.of(Code.rxnorm("617310")), stored, Basis.RECORDED));
  }

  private static int rows(JdbcTemplate jdbc) {
    Integer rows =
        jdbc.queryForObject(
            "select (select count(*) from clinical_fact) + (select count(*) from timeline_change) +"
                + " (select count(*) from model_claim) +"
                + " (select count(*) from fact_circumstances) +"
                + " (select count(*) from medication_state) +"
                + " (select count(*) from medication_current) +"
                + " (select count(*) from medication_inbox) +"
                + " (select count(*) from patient_epoch)",
            Integer.class);
    return rows == null ? 0 : rows;
  }
}
