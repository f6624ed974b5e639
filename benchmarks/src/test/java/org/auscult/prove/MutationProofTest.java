package org.auscult.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.auscult.prove.MutationReport.Fate;
import org.junit.jupiter.api.Test;

/** The report of two packages with ten mutants, of which five of nine real ones were killed. */
class MutationProofTest {
  @Test
  void countsEachFateByPackage() throws IOException {
    MutationReport report = sample();
    assertThat(report.byPackage().keySet()).containsExactly("org.example.bell", "org.example.ward");
    MutationReport.Tally ward = Objects.requireNonNull(report.byPackage().get("org.example.ward"));
    assertThat(ward.of(Fate.KILLED)).isEqualTo(3);
    assertThat(ward.of(Fate.TIMED_OUT)).as("in a nested class").isEqualTo(1);
    assertThat(ward.of(Fate.SURVIVED)).isEqualTo(1);
    assertThat(ward.of(Fate.NO_COVERAGE)).isEqualTo(1);
    assertThat(ward.mutants()).as("without the one that could not be loaded").isEqualTo(6);
  }

  @Test
  void whatWasNotTriedIsNotKilled() throws IOException {
    MutationReport.Tally bell =
        Objects.requireNonNull(sample().byPackage().get("org.example.bell"));
    assertThat(bell.of(Fate.UNTRIED)).isEqualTo(2);
    assertThat(bell.score()).isEqualTo(100.0 / 3, within(1e-9));
    assertThat(sample().total().score()).isEqualTo(500.0 / 9, within(1e-9));
  }

  @Test
  void failsBelowTheAim() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Verdict verdict = MutationProof.judge(Map.of("ward-resources", sample()), print(printed));
    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.failures())
        .containsExactly("ward-resources: 55.6 % of 9 mutants killed, the aim is 80 %");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsPattern("org.example.ward +6 +3 +1 +1 +1 +0 +66.7 %")
        .containsPattern("= ward-resources +9 +4 +1 +1 +1 +2 +55.6 %");
  }

  @Test
  void holdsFromTheAimOn() throws IOException {
    MutationReport four = report("KILLED", "KILLED", "KILLED", "TIMED_OUT", "SURVIVED");
    assertThat(judge(four).holds()).as("80 %").isTrue();
    MutationReport three = report("KILLED", "KILLED", "KILLED", "SURVIVED");
    assertThat(judge(three).holds()).as("75 %").isFalse();
  }

  @Test
  void noMutantsProveNothing() throws IOException {
    assertThat(judge(report()).holds()).isFalse();
  }

  @Test
  void refusesWhatIsNoReport() {
    assertThatThrownBy(
            () ->
                MutationReport.parse(
                    new ByteArrayInputStream("no".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(IOException.class);
  }

  private static Verdict judge(MutationReport report) {
    return MutationProof.judge(Map.of("module", report), print(new ByteArrayOutputStream()));
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static MutationReport report(String... statuses) throws IOException {
    StringBuilder xml = new StringBuilder("<mutations>");
    for (String status : statuses) {
      xml.append("<mutation status='")
          .append(status)
          .append("'><mutatedClass>a.B</mutatedClass></mutation>");
    }
    xml.append("</mutations>");
    return MutationReport.parse(
        new ByteArrayInputStream(xml.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static MutationReport sample() throws IOException {
    try (InputStream xml = MutationProofTest.class.getResourceAsStream("mutations.xml")) {
      return MutationReport.parse(Objects.requireNonNull(xml));
    }
  }
}
