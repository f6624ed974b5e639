package org.auscult.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.auscult.bench.Report.Aim;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final Report report = new Report();

  @Test
  void bothEndsOfAnAimAreMet() {
    report.figure("p50", 4, "ms", Aim.atMost(4));
    report.figure("calls", 10, "×", Aim.atLeast(10));
    assertThat(report.missed()).isZero();
  }

  @Test
  void whatIsNotANumberMeetsNothing() {
    report.figure("p50", Double.NaN, "ms", Aim.atMost(4));
    report.figure("calls", Double.NaN, "×", Aim.atLeast(10));
    assertThat(report.missed()).isEqualTo(2);
  }

  @Test
  void aMissedAimIsPrintedAndIsNoError() {
    report.figure("p50", 4.1, "ms", Aim.atMost(4));
    assertThat(printed()).contains("MISSED").contains("≤ 4");
    assertThat(report.errors()).isEmpty();
    assertThat(report.json().at("/figures/0/verdict").asText()).isEqualTo("MISSED");
  }

  @Test
  void anErrorIsPrinted() {
    report.error("a prediction is lost");
    assertThat(printed()).contains("ERROR: a prediction is lost");
    assertThat(report.json().at("/errors/0").asText()).isEqualTo("a prediction is lost");
  }

  private String printed() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    report.print(new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }
}
