package org.auscult.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.auscult.server.ServerTest;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine;

/** The command against the running server, over all that other tests left there. */
class RebuildCommandTest extends ServerTest {
  @Autowired private JdbcTemplate jdbc;

  @Test
  void findsTheRowsThatDifferAndMendsThem() {
    // More than one page of them.
    for (int i = 0; i < 25; i++) {
      patient();
    }
    String patient = patient();
    assertThat(rebuild()).isZero();
    jdbc.update("delete from clinical_fact where patient = ?", patient);

    assertThat(rebuild()).isEqualTo(1);
    assertThat(rebuild("--after", patient)).isZero();
    assertThat(rebuild("--write")).isEqualTo(1);
    assertThat(rebuild()).isZero();
  }

  @Test
  void saysWhenItCannotGoOn() {
    assertThat(new CommandLine(new RebuildCommand()).execute("--server", rootUrl() + "/nothing"))
        .isEqualTo(2);
  }

  private String patient() {
    Patient patient = new Patient();
    patient.addName().setFamily("Rebuilt");
    patient.setBirthDateElement(new DateType("1960-05-01"));
    return client().create().resource(patient).execute().getId().getIdPart();
  }

  private int rebuild(String... options) {
    CommandLine command = new CommandLine(new RebuildCommand());
    String[] arguments = new String[options.length + 2];
    arguments[0] = "--server";
    arguments[1] = rootUrl() + "/fhir";
    System.arraycopy(options, 0, arguments, 2, options.length);
    return command.execute(arguments);
  }
}
