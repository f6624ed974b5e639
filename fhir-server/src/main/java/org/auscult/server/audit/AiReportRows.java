package org.auscult.server.audit;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.auscult.audit.AuditLeaf;
import org.auscult.display.Decision;
import org.auscult.explanation.Explanation;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result;
import org.auscult.prediction.Reason;
import org.auscult.prediction.Score;

/** What a model said in one call, as rows of a table: one for each output. */
final class AiReportRows {
  static final List<String> COLUMNS =
      List.of(
          "event",
          "time",
          "operation",
          "user",
          "model",
          "result",
          "output",
          "value",
          "contributions",
          "reasons",
          "shown",
          "withheld");

  private AiReportRows() {}

  static List<List<String>> of(AuditLeaf leaf, JournalEntry entry, ModelRun run) {
    if (run.result() instanceof Result.Predicted predicted) {
      return predicted.scores().stream()
          .map(
              score ->
                  row(
                      leaf,
                      entry,
                      run,
                      List.of(
                          "predicted",
                          score.output(),
                          String.valueOf(score.value()),
                          contributions(predicted.explanation(), score),
                          "")))
          .toList();
    }
    String result = run.result() instanceof Result.NotEligible ? "not-eligible" : "not-assessed";
    return List.of(row(leaf, entry, run, List.of(result, "", "", "", reasons(run.result()))));
  }

  private static List<String> row(
      AuditLeaf leaf, JournalEntry entry, ModelRun run, List<String> said) {
    List<Decision> decisions =
        entry.deployments().stream().flatMap(d -> d.decisions().stream()).toList();
    return List.of(
        leaf.id().toString(),
        entry.recordedAt().toString(),
        leaf.entry().operation(),
        Objects.requireNonNullElse(leaf.entry().agent().user(), ""),
        run.model(),
        said.get(0),
        said.get(1),
        said.get(2),
        said.get(3),
        said.get(4),
        String.valueOf(decisions.stream().filter(Decision::shows).count()),
        decisions.stream()
            .filter(d -> d.withheld() != null)
            .map(d -> Objects.requireNonNull(d.withheld()).code())
            .collect(Collectors.joining(" ")));
  }

  private static String contributions(Explanation explanation, Score score) {
    return explanation.outputs().stream()
        .filter(of -> of.output().equals(score.output()))
        .flatMap(of -> of.contributions().stream())
        .map(c -> c.input() + "=" + c.phi())
        .collect(Collectors.joining("; "));
  }

  private static String reasons(Result result) {
    List<Reason> reasons =
        result instanceof Result.NotEligible not
            ? not.reasons()
            : result instanceof Result.NotAssessed not ? not.reasons() : List.of();
    return reasons.stream().map(Reason::code).collect(Collectors.joining(" "));
  }
}
