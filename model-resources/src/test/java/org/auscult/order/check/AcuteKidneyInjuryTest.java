package org.auscult.order.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.model.InMemoryModelCatalog;
import org.auscult.model.RegisteredModel;
import org.auscult.order.fhir.ShippedDefinitions;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result.NotAssessed;
import org.auscult.prediction.ModelRun.Result.NotEligible;
import org.auscult.prediction.ModelRun.Result.Predicted;
import org.auscult.prediction.PredictionService;
import org.auscult.prediction.Reason;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With acute kidney injury nothing is said that rests on the eGFR. Safety: 10. */
class AcuteKidneyInjuryTest {
  private static final String LIBRARY = "https://auscult.org/fhir/Library/";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ckd-epi-2021",
        "prevent-2023",
        "kfre-4var-north-america",
        "kfre-4var-non-north-america"
      })
  void noModelOfTheEgfrIsForAPatientWithAcuteKidneyInjury(String id) {
    NotEligible result = (NotEligible) run(id, patient().acuteKidneyInjury("active")).result();

    assertThat(result.reasons()).extracting(Reason::code).contains("acute-kidney-injury");
    assertThat(result.reasons())
        .filteredOn(r -> r.code().equals("acute-kidney-injury"))
        .allSatisfy(
            r -> {
              assertThat(r.evidence()).hasSize(1);
              assertThat(r.text()).isNotBlank();
            });
  }

  @Test
  void oneThatIsOverIsForgotten() {
    assertThat(run("ckd-epi-2021", patient()).result()).isInstanceOf(Predicted.class);
    assertThat(run("ckd-epi-2021", patient().acuteKidneyInjury("resolved")).result())
        .isInstanceOf(Predicted.class);
  }

  /** Absent is not false: without a complete search there is no number either. */
  @Test
  void nobodyIsTakenToBeWithoutOne() {
    NotAssessed result =
        (NotAssessed) run("ckd-epi-2021", patient().incomplete(ResourceKind.CONDITION)).result();

    assertThat(result.reasons()).extracting(Reason::input).containsExactly("acute_kidney_injury");
  }

  private static RenalPatient patient() {
    return new RenalPatient().creatinine("1.0", "P1D");
  }

  private static ModelRun run(String id, RenalPatient patient) {
    FeatureEvaluator evaluator = new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC);
    InMemoryModelCatalog catalog = new InMemoryModelCatalog();
    List<String> ids = id.equals("ckd-epi-2021") ? List.of(id) : List.of(id, "ckd-epi-2021");
    List<RegisteredModel> models = ids.stream().map(ShippedDefinitions::model).toList();
    try {
      models.forEach(catalog::add);
      List<ModelRun> runs =
          new PredictionService(catalog, evaluator)
              .predict(
                  LIBRARY + id + "|1.0.0", patient.timeline(), AsOf.current(RenalPatient.NOW), 0);
      return runs.get(runs.size() - 1);
    } finally {
      models.forEach(m -> m.scorer().close());
    }
  }
}
