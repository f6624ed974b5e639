package org.auscult.server.web;

import java.util.stream.Collectors;
import org.auscult.server.config.StartRefused;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in the log why a start was refused, without a stack trace. */
final class StartRefusedAnalyzer extends AbstractFailureAnalyzer<StartRefused> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, StartRefused cause) {
    String problems =
        cause.problems().stream()
            .map(problem -> "- " + problem)
            .collect(Collectors.joining(System.lineSeparator()));
    return new FailureAnalysis(
        problems,
        "Mend the settings above; docs/configuration.md explains each. Only ./auscult demo, with"
            + " synthetic patients, starts without.",
        cause);
  }
}
