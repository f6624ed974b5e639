package org.auscult.cds.hook;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.auscult.display.Markdown;
import org.auscult.explanation.Explanation;
import org.auscult.explanation.Explanation.Contribution;
import org.auscult.explanation.ReferencePatient;
import org.auscult.model.ModelInput;
import org.auscult.model.OutputKind;
import org.auscult.model.PredictionModel;
import org.auscult.prediction.InputValue;
import org.auscult.prediction.ModelRun.Result.Predicted;

/**
 * What moved the number most, in words and a table: value, unit, local date, direction. The words
 * speak of the estimate, never of the cause (safety rule 15).
 */
final class ContributionTable {
  private static final int MOST_ROWS = 5;

  /** Smaller ones change nothing that the card shows. */
  private static final double NOTICEABLE = 0.01;

  private final PredictionModel model;
  private final ZoneId zone;

  ContributionTable(PredictionModel model, ZoneId zone) {
    this.model = model;
    this.zone = zone;
  }

  String markdown(Predicted predicted, String output) {
    Explanation explanation = predicted.explanation();
    List<Contribution> top =
        explanation
            .output(output)
            .map(Explanation.OfOutput::contributions)
            .orElse(List.of())
            .stream()
            .filter(c -> Math.abs(c.phi()) >= NOTICEABLE)
            .sorted(Comparator.comparingDouble((Contribution c) -> -Math.abs(c.phi())))
            .limit(MOST_ROWS)
            .toList();
    StringBuilder text = new StringBuilder();
    if (top.isEmpty()) {
      text.append("\nNo value differs noticeably from the reference patient's.\n");
    } else {
      String number = model.kind() == OutputKind.SCORE ? "score" : "estimate";
      text.append("\nWhat moves the ")
          .append(number)
          .append(
              " most, compared with the reference patient:\n\n| | value | date | effect on the ")
          .append(number)
          .append(" |\n|---|---|---|---|\n");
      for (int i = 0; i < top.size(); i++) {
        text.append(row(top.get(i), i == 0 ? " most" : "", predicted));
      }
    }
    return text.append("\nReference patient: ")
        .append(Markdown.escaped(explanation.reference()))
        .append(".\n")
        .toString();
  }

  private String row(Contribution contribution, String degree, Predicted predicted) {
    Optional<ModelInput> input = model.input(contribution.input());
    Optional<InputValue> value =
        predicted.inputs().stream().filter(v -> v.input().equals(contribution.input())).findFirst();
    return "| "
        + Markdown.escaped(input.map(ModelInput::title).orElse(contribution.input()))
        + " | "
        + value.map(v -> shown(input, v)).orElse("")
        + " | "
        + value.map(this::date).orElse("")
        + " | "
        + (contribution.phi() > 0 ? "raises it" : "lowers it")
        + degree
        + " |\n";
  }

  private static String shown(Optional<ModelInput> input, InputValue value) {
    String text = value.text();
    if (text != null) {
      return Markdown.escaped(text);
    }
    if (input.map(ReferencePatient::isTruth).orElse(false)) {
      return value.value() == 0 ? "no" : "yes";
    }
    BigDecimal number =
        new BigDecimal(value.value()).round(new MathContext(4)).stripTrailingZeros();
    return number.toPlainString() + ReferencePatient.unit(value.unit());
  }

  private String date(InputValue value) {
    Instant effective = value.effective();
    if (effective != null) {
      return LocalTime.text(effective, zone);
    }
    return value.evidence().isEmpty() ? "nothing on record" : "";
  }
}
