package org.auscult.bench.peer;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.api.server.cdshooks.CdsServiceRequestJson;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.hapi.fhir.cdshooks.api.CdsService;
import ca.uhn.hapi.fhir.cdshooks.api.json.CdsServiceIndicatorEnum;
import ca.uhn.hapi.fhir.cdshooks.api.json.CdsServiceResponseCardJson;
import ca.uhn.hapi.fhir.cdshooks.api.json.CdsServiceResponseCardSourceJson;
import ca.uhn.hapi.fhir.cdshooks.api.json.CdsServiceResponseJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.auscult.ig.Ig;
import org.auscult.model.PredictionModel;
import org.auscult.model.Scorer;
import org.auscult.model.onnx.OnnxScorer;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.RiskAssessment.RiskAssessmentStatus;
import org.hl7.fhir.r4.model.ValueSet;

/**
 * Ten-year cardiovascular risk as one would write it for HAPI's module: the latest value of each
 * code by a DAO search, the score by PREVENT, the prediction by a DAO create. It does less than
 * ours: it neither explains, nor says why there is no number, nor writes a Provenance.
 */
public final class PeerCvdRisk {
  private static final String LOINC = "http://loinc.org";

  private final DaoRegistry daos;
  private final Scorer prevent;
  private final TokenOrListParam diabetes;
  private final TokenOrListParam cardiovascular;
  private final TokenOrListParam antihypertensives;
  private final TokenOrListParam statins;
  private final List<String> smokers;

  PeerCvdRisk(DaoRegistry daos) {
    this.daos = daos;
    this.prevent = OnnxScorer.load(artifact(), 11, 3);
    FhirContext fhir = FhirContext.forR4Cached();
    this.diabetes = tokens(fhir, "diabetes");
    this.cardiovascular = tokens(fhir, "cardiovascular-disease");
    this.antihypertensives = tokens(fhir, "antihypertensives");
    this.statins = tokens(fhir, "statins");
    this.smokers =
        tokens(fhir, "current-smoker").getValuesAsQueryTokens().stream()
            .map(t -> t.getValue())
            .toList();
  }

  private static byte[] artifact() {
    try (InputStream in =
        Objects.requireNonNull(
            PredictionModel.class.getResourceAsStream(
                "/org/auscult/model/artifacts/prevent-2023.onnx"))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TokenOrListParam tokens(FhirContext fhir, String valueSet) {
    ValueSet set =
        (ValueSet) fhir.newJsonParser().parseResource(Ig.json("ValueSet-" + valueSet + ".json"));
    TokenOrListParam tokens = new TokenOrListParam();
    set.getCompose()
        .getInclude()
        .forEach(i -> i.getConcept().forEach(c -> tokens.add(i.getSystem(), c.getCode())));
    return tokens;
  }

  /** The service. */
  @CdsService(
      value = "cvd-risk",
      hook = "patient-view",
      title = "Ten-year cardiovascular risk",
      description = "PREVENT 2023, by DAO searches",
      prefetch = {})
  public CdsServiceResponseJson call(CdsServiceRequestJson request) {
    String id = request.getContext().getString("patientId");
    Patient patient = daos.getResourceDao(Patient.class).read(new IdType("Patient", id), system());
    CdsServiceResponseJson response = new CdsServiceResponseJson();
    if (patient.hasDeceased() || exists("Condition", "code", id, cardiovascular)) {
      return response;
    }
    List<Observation> read =
        List.of(
            latest(id, "2093-3", "14647-2"),
            latest(id, "2085-9", "14646-4"),
            latest(id, "8480-6"),
            latest(id, "39156-5"),
            latest(id, "98979-8"),
            latest(id, "72166-2"));
    LocalDate born =
        patient.getBirthDate().toInstant().atZone(ZoneId.systemDefault()).toLocalDate();
    double[] row = {
      Period.between(born, LocalDate.now(ZoneOffset.UTC)).getYears(),
      patient.getGender() == AdministrativeGender.FEMALE ? 1 : 0,
      number(read.get(0)),
      number(read.get(1)),
      number(read.get(2)),
      number(read.get(3)),
      number(read.get(4)),
      exists("Condition", "code", id, diabetes) ? 1 : 0,
      smokers.contains(read.get(5).getValueCodeableConcept().getCodingFirstRep().getCode()) ? 1 : 0,
      exists("MedicationRequest", "code", id, antihypertensives) ? 1 : 0,
      exists("MedicationRequest", "code", id, statins) ? 1 : 0
    };
    Scorer.Scores scores = prevent.score(new double[][] {row});
    daos.getResourceDao(RiskAssessment.class).create(prediction(id, read, scores), system());
    response.addCard(card(scores.value(0, 0)));
    return response;
  }

  private static RiskAssessment prediction(
      String patient, List<Observation> basis, Scorer.Scores scores) {
    RiskAssessment prediction = new RiskAssessment();
    prediction.setStatus(RiskAssessmentStatus.FINAL);
    prediction.setSubject(new Reference("Patient/" + patient));
    prediction.setOccurrence(new DateTimeType(new Date()));
    prediction.setMethod(new CodeableConcept().setText("PREVENT 2023"));
    basis.forEach(
        o -> prediction.addBasis(new Reference(o.getIdElement().toUnqualifiedVersionless())));
    List<String> outcomes = List.of("total_cvd", "ascvd", "heart_failure");
    for (int i = 0; i < outcomes.size(); i++) {
      prediction
          .addPrediction()
          .setOutcome(new CodeableConcept().setText(outcomes.get(i)))
          .setProbability(new DecimalType(scores.value(0, i)));
    }
    return prediction;
  }

  private static CdsServiceResponseCardJson card(double probability) {
    CdsServiceResponseCardJson card = new CdsServiceResponseCardJson();
    card.setSummary(
        String.format(
            Locale.ROOT, "10-year risk of cardiovascular disease %.1f %%", probability * 100));
    card.setIndicator(CdsServiceIndicatorEnum.INFO);
    card.setSource(new CdsServiceResponseCardSourceJson().setLabel("PREVENT 2023"));
    return card;
  }

  private static double number(Observation observation) {
    return observation.getValueQuantity().getValue().doubleValue();
  }

  private Observation latest(String patient, String... codes) {
    TokenOrListParam code = new TokenOrListParam();
    for (String one : codes) {
      code.add(LOINC, one);
    }
    SearchParameterMap search = ofPatient(patient, "code", code);
    search.setSort(new SortSpec("date", SortOrderEnum.DESC));
    return (Observation) first("Observation", search).orElseThrow();
  }

  private boolean exists(String type, String parameter, String patient, TokenOrListParam codes) {
    return first(type, ofPatient(patient, parameter, codes)).isPresent();
  }

  private static SearchParameterMap ofPatient(
      String patient, String parameter, TokenOrListParam codes) {
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add("patient", new ReferenceParam("Patient/" + patient));
    search.add(parameter, codes);
    search.setLoadSynchronousUpTo(1);
    return search;
  }

  private Optional<IBaseResource> first(String type, SearchParameterMap search) {
    return daos.getResourceDao(type).search(search, system()).getAllResources().stream()
        .findFirst();
  }

  private static SystemRequestDetails system() {
    return new SystemRequestDetails();
  }
}
