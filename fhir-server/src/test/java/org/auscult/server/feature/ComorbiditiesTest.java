package org.auscult.server.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.UUID;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.server.ServerTest;
import org.auscult.server.model.StarterPack;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The comorbidity indices over HTTP, once they were asked for. */
class ComorbiditiesTest extends ServerTest {
  @Autowired private StarterPack pack;

  @Test
  void indicesAreMadeOfDiagnosesAndLoadedOnce() {
    assertThat(pack.loadComorbidities()).isGreaterThan(60);
    assertThat(pack.loadComorbidities()).isZero();
    Library set = set();
    client().create().resource(set).execute();
    IdType patient =
        (IdType)
            client().create().resource(new Patient()).execute().getId().toUnqualifiedVersionless();
    assertThat(value(patient, set, "charlson_index")).isZero();

    diagnosed(patient, "I50.22");
    diagnosed(patient, "E11.9");
    diagnosed(patient, "E66.01");

    assertThat(value(patient, set, "charlson_index")).isEqualTo(2);
    assertThat(value(patient, set, "elixhauser_van_walraven")).isEqualTo(3);
  }

  private static Library set() {
    Library set = new Library();
    set.getMeta().addProfile(FeatureUrls.FEATURE_SET);
    set.setUrl("urn:uuid:" + UUID.randomUUID())
        .setVersion("1.0.0")
        .setName("comorbidities")
        .setStatus(PublicationStatus.ACTIVE)
        .getType()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/library-type")
        .setCode("asset-collection");
    for (String id : new String[] {"comorbidity-charlson", "comorbidity-elixhauser"}) {
      set.addRelatedArtifact()
          .setType(RelatedArtifactType.COMPOSEDOF)
          .setResource(FeatureUrls.BASE + "/Library/" + id + "|1.0.0");
    }
    return set;
  }

  private void diagnosed(IdType patient, String code) {
    Condition condition = new Condition();
    condition.setSubject(new Reference(patient));
    condition.getCode().addCoding().setSystem("http://hl7.org/fhir/sid/icd-10-cm").setCode(code);
    condition
        .getClinicalStatus()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/condition-clinical")
        .setCode("active");
    condition.setOnset(new DateTimeType(Date.from(Instant.now().minus(9, ChronoUnit.DAYS))));
    client().create().resource(condition).execute();
  }

  private double value(IdType patient, Library set, String name) {
    Parameters asked = new Parameters();
    asked.addParameter("featureSet", new StringType(set.getUrl() + "|" + set.getVersion()));
    ParametersParameterComponent feature =
        client()
            .operation()
            .onInstance(patient)
            .named("$features")
            .withParameters(asked)
            .useHttpGet()
            .execute()
            .getParameter()
            .stream()
            .filter(p -> p.getName().equals("feature"))
            .filter(
                p ->
                    p.getPart().stream()
                        .anyMatch(
                            part ->
                                part.getName().equals("name")
                                    && name.equals(part.getValue().primitiveValue())))
            .findFirst()
            .orElseThrow();
    return feature.getPart().stream()
        .filter(part -> part.getName().equals("value"))
        .map(part -> ((Quantity) part.getValue()).getValue().doubleValue())
        .findFirst()
        .orElseThrow();
  }
}
