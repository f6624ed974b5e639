package org.auscult.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.auscult.server.ServerTest;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  @TempDir Path folder = Path.of("");

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
    List<String> arguments = new ArrayList<>(List.of("--server", rootUrl() + "/fhir"));
    arguments.addAll(CommandAccess.options(folder, caller()));
    arguments.addAll(List.of(options));
    return command.execute(arguments.toArray(String[]::new));
  }
}
