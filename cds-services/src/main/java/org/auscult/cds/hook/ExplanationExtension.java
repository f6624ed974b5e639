package org.auscult.cds.hook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auscult.explanation.Explanation.Contribution;
import org.auscult.explanation.Explanation.OfOutput;
import org.auscult.model.ModelInput;
import org.auscult.model.PredictionModel;
import org.auscult.prediction.InputValue;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result.NotAssessed;
import org.auscult.prediction.ModelRun.Result.Predicted;
import org.auscult.prediction.Reason;
import org.auscult.prediction.Score;
import org.jspecify.annotations.Nullable;

/** The explanation for machines, in a card's {@code extension}; nothing null, nothing empty. */
final class ExplanationExtension {
  static final String NAME = "org.auscult.explanation";

  private ExplanationExtension() {}

  /** Also the id of the RiskAssessment or score Observation. */
  static String predictionId(JournalEntry entry, ModelRun run) {
    return entry.id() + "." + run.index();
  }

  static Map<String, Object> of(
      JournalEntry entry, ModelRun run, PredictionModel model, Predicted predicted) {
    Map<String, Object> json = head(entry, run);
    json.put("method", predicted.explanation().method());
    json.put("explainerVersion", predicted.explanation().version());
    json.put("reference", predicted.explanation().reference());
    List<Map<String, Object>> inputs = new ArrayList<>();
    predicted.inputs().forEach(value -> inputs.add(input(model, value)));
    json.put("inputs", inputs);
    List<Map<String, Object>> outputs = new ArrayList<>();
    predicted.scores().forEach(score -> outputs.add(output(predicted, score)));
    json.put("outputs", outputs);
    return json;
  }

  static Map<String, Object> of(JournalEntry entry, ModelRun run, NotAssessed notAssessed) {
    Map<String, Object> json = head(entry, run);
    List<Map<String, Object>> missing = new ArrayList<>();
    for (Reason reason : notAssessed.reasons()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("input", reason.input());
      one.put("code", reason.code());
      one.put("text", reason.text());
      put(one, "evidence", reason.evidence());
      missing.add(one);
    }
    put(json, "notAssessed", missing);
    return json;
  }

  private static Map<String, Object> head(JournalEntry entry, ModelRun run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("call", entry.id().toString());
    json.put("prediction", predictionId(entry, run));
    json.put("model", run.model());
    json.put("indexTime", entry.indexTime().toString());
    if (entry.findings() > 0) {
      json.put("unreadable", entry.findings());
    }
    return json;
  }

  private static Map<String, Object> input(PredictionModel model, InputValue value) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("input", value.input());
    json.put("title", model.input(value.input()).map(ModelInput::title).orElse(value.input()));
    json.put("value", value.value());
    json.put("unit", value.unit());
    put(json, "text", value.text());
    put(json, "effective", value.effective() == null ? null : value.effective().toString());
    put(json, "evidence", value.evidence());
    put(json, "fromModel", value.fromModel());
    return json;
  }

  private static Map<String, Object> output(Predicted predicted, Score score) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("output", score.output());
    json.put("value", score.value());
    json.put("margin", score.margin());
    Optional<OfOutput> why = predicted.explanation().output(score.output());
    why.ifPresent(
        explained -> {
          json.put("base", explained.base());
          List<Map<String, Object>> contributions = new ArrayList<>();
          for (Contribution contribution : explained.contributions()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("input", contribution.input());
            one.put("phi", contribution.phi());
            contributions.add(one);
          }
          put(json, "contributions", contributions);
        });
    return json;
  }

  private static void put(Map<String, Object> json, String name, @Nullable Object value) {
    boolean empty =
        value == null
            || (value instanceof List<?> list && list.isEmpty())
            || (value instanceof String text && text.isEmpty());
    if (!empty) {
      json.put(name, value);
    }
  }
}
