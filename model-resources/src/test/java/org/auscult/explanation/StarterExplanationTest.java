package org.auscult.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.auscult.explanation.Explanation.Contribution;
import org.auscult.explanation.Explanation.OfOutput;
import org.auscult.explanation.ShapleyExplainer.Explained;
import org.auscult.model.ModelInput;
import org.auscult.model.PredictionModel;
import org.auscult.model.fhir.PredictionModels;
import org.auscult.model.onnx.OnnxScorer;
import org.hl7.fhir.r4.model.Library;
import org.junit.jupiter.api.Test;

/** The explanations that are shown, of the graphs that are run. */
class StarterExplanationTest {
  private static final List<String> SHARED_BY_AGE = List.of("hdl_c", "dm", "smoking");

  @Test
  void preventExplanationsAddUpOverItsWholeRange() throws IOException {
    PredictionModel prevent = model("prevent-2023");
    Random random = new Random(5);
    try (OnnxScorer scorer = scorer("prevent-2023", prevent)) {
      for (int i = 0; i < 200; i++) {
        double[] row = patient(prevent, random);

        Explained explained = ShapleyExplainer.explain(prevent, scorer, row);

        Explanation explanation = explained.explanation().orElseThrow();
        for (int j = 0; j < 3; j++) {
          double margin = scorer.score(new double[][] {row}).margin(0, j);
          OfOutput output = explanation.outputs().get(j);
          double sum =
              output.base() + output.contributions().stream().mapToDouble(Contribution::phi).sum();
          assertThat(sum).isCloseTo(margin, within(1e-9 * Math.max(1, Math.abs(margin))));
          assertThat(explained.scores().margin(explained.row(), j))
              .isCloseTo(margin, within(1e-12));
        }
        assertThat(phi(explanation, "sex")).as("sex is context").isNaN();
      }
    }
  }

  @Test
  void theReferencePatientOwesNothingToAnyInput() throws IOException {
    PredictionModel prevent = model("prevent-2023");
    double[] reference =
        prevent.inputs().stream()
            .mapToDouble(i -> Objects.requireNonNullElse(i.reference(), 1.0))
            .toArray();
    try (OnnxScorer scorer = scorer("prevent-2023", prevent)) {
      Explanation explanation =
          ShapleyExplainer.explain(prevent, scorer, reference).explanation().orElseThrow();

      assertThat(explanation.outputs())
          .allSatisfy(
              o -> assertThat(o.contributions()).extracting(Contribution::phi).containsOnly(0.0));
    }
  }

  /** At the reference age, PREVENT's interactions with age vanish: what is left is β·(x − ref). */
  @Test
  void anInputThatActsAloneGetsItsWholeTerm() throws IOException {
    PredictionModel prevent = model("prevent-2023");
    double[] row =
        prevent.inputs().stream()
            .mapToDouble(i -> Objects.requireNonNullElse(i.reference(), 1.0))
            .toArray();
    double[] changed = row.clone();
    int smoking = index(prevent, "smoking");
    changed[smoking] = 1;
    try (OnnxScorer scorer = scorer("prevent-2023", prevent)) {
      double alone =
          scorer.score(new double[][] {changed}).margin(0, 0)
              - scorer.score(new double[][] {row}).margin(0, 0);

      Explanation explanation =
          ShapleyExplainer.explain(prevent, scorer, changed).explanation().orElseThrow();

      // Khan 2023, table S12: smoking, women, total CVD.
      assertThat(alone).isCloseTo(0.5360739, within(1e-12));
      assertThat(phi(explanation, "smoking")).isCloseTo(0.5360739, within(1e-12));
    }
  }

  /** An interaction of two inputs is shared by halves. */
  @Test
  void anInteractionIsSharedByHalves() throws IOException {
    PredictionModel prevent = model("prevent-2023");
    double[] reference =
        prevent.inputs().stream()
            .mapToDouble(i -> Objects.requireNonNullElse(i.reference(), 1.0))
            .toArray();
    int age = index(prevent, "age");
    try (OnnxScorer scorer = scorer("prevent-2023", prevent)) {
      for (String other : SHARED_BY_AGE) {
        double[] both = reference.clone();
        both[age] = 70;
        both[index(prevent, other)] += 1;
        double[] onlyOther = both.clone();
        onlyOther[age] = reference[age];
        double[] onlyAge = reference.clone();
        onlyAge[age] = 70;
        double[][] rows = {reference, onlyAge, onlyOther, both};
        var scores = scorer.score(rows);
        double together =
            scores.margin(3, 0) - scores.margin(2, 0) - scores.margin(1, 0) + scores.margin(0, 0);
        double own = scores.margin(2, 0) - scores.margin(0, 0);

        Explanation explanation =
            ShapleyExplainer.explain(prevent, scorer, both).explanation().orElseThrow();

        assertThat(Math.abs(together)).as(other).isGreaterThan(1e-4);
        assertThat(phi(explanation, other)).isCloseTo(own + together / 2, within(1e-12));
      }
    }
  }

  private static double[] patient(PredictionModel model, Random random) {
    return model.inputs().stream()
        .mapToDouble(
            input -> {
              var valid = input.valid();
              if (ReferencePatient.isTruth(input) || valid == null) {
                return random.nextInt(2);
              }
              double low = Objects.requireNonNull(valid.low()).doubleValue();
              double high = Objects.requireNonNull(valid.high()).doubleValue();
              return low + (high - low) * random.nextDouble();
            })
        .toArray();
  }

  private static double phi(Explanation explanation, String input) {
    return explanation.outputs().get(0).contributions().stream()
        .filter(c -> c.input().equals(input))
        .mapToDouble(Contribution::phi)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static int index(PredictionModel model, String input) {
    return model.inputs().stream().map(ModelInput::name).toList().indexOf(input);
  }

  private static PredictionModel model(String id) throws IOException {
    Path path = Path.of("../ig/src/main/resources/org/auscult/ig/Library-" + id + ".json");
    return PredictionModels.read(
            FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(Library.class, Files.readString(path)))
        .orThrow();
  }

  private static OnnxScorer scorer(String name, PredictionModel model) throws IOException {
    try (var in =
        Objects.requireNonNull(
            StarterExplanationTest.class.getResourceAsStream(
                "/org/auscult/model/artifacts/" + name + ".onnx"))) {
      return OnnxScorer.load(in.readAllBytes(), model.inputs().size(), model.outputs().size());
    }
  }
}
