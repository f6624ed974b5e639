package org.auscult.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.Test;

class PlainFailuresTest {
  private final PlainFailures failures = new PlainFailures();

  private String said(String diagnostics) {
    OperationOutcome outcome = new OperationOutcome();
    outcome.addIssue().setDiagnostics(diagnostics);
    failures.plain(outcome);
    return outcome.getIssueFirstRep().getDiagnostics();
  }

  @Test
  void brokenEscapeIsTheClientsFaultHoweverDeep() {
    Throwable broken = catchThrowable(() -> URLDecoder.decode("%zz", StandardCharsets.UTF_8));

    assertThat(failures.map(null, new IllegalStateException(broken)))
        .isNotNull()
        .satisfies(mapped -> assertThat(mapped.getStatusCode()).isEqualTo(400));
  }

  @Test
  void ourOwnFaultsStayWhatTheyAre() {
    assertThat(failures.map(null, new IllegalStateException("broken"))).isNull();
    assertThat(failures.map(null, new IllegalArgumentException("broken"))).isNull();
  }

  @Test
  void tellsNoClasses() {
    assertThat(said("Failed to parse: com.ctc.wstx.exc.WstxEOFException: Unexpected end"))
        .isEqualTo("Failed to parse: Unexpected end");
    assertThat(said("java.lang.NullPointerException")).isNullOrEmpty();
    assertThat(said("Cannot read (through reference chain: ca.uhn.fhir.x.Y)"))
        .doesNotContain("ca.uhn");
  }

  @Test
  void keepsOtherWords() {
    String words = "Unknown search parameter 'a.b'; see http://hl7.org/fhir/R4/search.html";
    assertThat(said(words)).isEqualTo(words);
  }
}
