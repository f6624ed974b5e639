package org.auscult.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the command refuses; years themselves are in {@link YearTest}. */
class SimulateCommandTest {
  private static String refused(String... arguments) {
    StringWriter said = new StringWriter();
    CommandLine command =
        new CommandLine(new SimulateCommand()).setErr(new PrintWriter(said, true));
    assertThat(command.execute(arguments)).as(List.of(arguments).toString()).isEqualTo(2);
    return said.toString();
  }

  @Test
  void whatIsWrongIsRefusedWithAReason() {
    assertThat(refused("--without", "weather"))
        .contains("--without takes unit, population, concept, and not 'weather'");
    assertThat(refused("--patients-per-week", "10")).contains("50 to 2000, and not 10");
    assertThat(refused("--every", "0")).contains("every 1 to 7 days, and not every 0");
    assertThat(refused("--start", "spring")).contains("--start");
    assertThat(refused("--colour")).contains("--colour");
  }
}
