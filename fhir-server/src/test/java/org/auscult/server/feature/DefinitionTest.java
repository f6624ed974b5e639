package org.auscult.server.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.server.ServerTest;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DataRequirement;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

class DefinitionTest extends ServerTest {
  @Test
  void aPostedDefinitionAndItsSetCountAtOnce() throws Exception {
    Library definition = ofGuide("feature-creatinine");
    client().create().resource(definition).execute();
    Library set = ofGuide("ckd-epi-inputs");
    set.getRelatedArtifact().subList(1, set.getRelatedArtifact().size()).clear();
    set.getRelatedArtifactFirstRep().setResource(canonical(definition));
    client().create().resource(set).execute();

    Parameters asked = new Parameters();
    asked.addParameter("featureSet", new StringType(canonical(set)));
    Parameters vector =
        client()
            .operation()
            .onInstance(patient())
            .named("$features")
            .withParameters(asked)
            .useHttpGet()
            .execute();

    assertThat(
            vector.getParameter().stream()
                .filter(p -> p.getName().equals("feature"))
                .map(p -> p.getPartFirstRep().getValue().primitiveValue()))
        .containsExactly("creatinine");
  }

  @Test
  void refusesWithTheReasons() throws Exception {
    Library definition = ofGuide("feature-creatinine");
    definition.getExtension().clear();
    Library set = ofGuide("ckd-epi-inputs");
    set.getRelatedArtifact().forEach(a -> a.setResource("urn:none|" + a.hashCode()));

    assertThat(refusal(definition).getIssue()).isNotEmpty();
    // Each of the members is missing, and each is said.
    assertThat(refusal(set).getIssue()).hasSize(set.getRelatedArtifact().size()).hasSize(4);
  }

  @Test
  void aPersonsRaceIsCodedInASystemThatIsKnown() throws Exception {
    Library definition = ofGuide("feature-creatinine");
    definition.setExtension(
        List.of(
            new Extension(FeatureUrls.OPERATOR, new CodeType("demographic")),
            new Extension(FeatureUrls.UNIT, new CodeType("1"))));
    DataRequirement race = new DataRequirement().setType("Patient");
    race.addCodeFilter()
        .setPath("extension('http://hl7.org/fhir/us/core/StructureDefinition/us-core-race')")
        .addCode(new Coding().setSystem("urn:oid:2.16.840.1.113883.6.238").setCode("2106-3"));
    definition.setDataRequirement(List.of(race));

    assertThat(client().create().resource(definition).execute().getCreated()).isTrue();
  }

  /** Governance: 11.10(k). */
  @Test
  void anActiveVersionNeverChanges() throws Exception {
    Library definition = ofGuide("feature-creatinine");
    var id = client().create().resource(definition).execute().getId().toUnqualifiedVersionless();
    Library changed = client().read().resource(Library.class).withId(id).execute();
    changed.setTitle("Something else");

    assertThatThrownBy(() -> client().update().resource(changed).execute())
        .isInstanceOfSatisfying(
            BaseServerResponseException.class, e -> assertThat(e.getStatusCode()).isIn(409, 422));
    Library twin = definition.copy();
    twin.setId((String) null);
    assertThat(refusal(twin).getIssueFirstRep().getDiagnostics()).contains(definition.getUrl());
    assertThat(client().read().resource(Library.class).withId(id).execute().getTitle())
        .isEqualTo(definition.getTitle());
  }

  private OperationOutcome refusal(Library library) {
    IGenericClient client = client();
    try {
      client.create().resource(library).execute();
    } catch (BaseServerResponseException e) {
      assertThat(e.getStatusCode()).isEqualTo(422);
      return (OperationOutcome) Objects.requireNonNull(e.getOperationOutcome());
    }
    throw new AssertionError("It was accepted: " + library.getUrl());
  }

  /** A definition of the guide under a canonical of its own. */
  private Library ofGuide(String id) throws IOException {
    try (InputStream json =
        getClass().getResourceAsStream("/org/auscult/ig/Library-" + id + ".json")) {
      Library library =
          fhirContext.newJsonParser().parseResource(Library.class, Objects.requireNonNull(json));
      library.setId((String) null);
      library.setUrl("urn:uuid:" + UUID.randomUUID());
      return library;
    }
  }

  private static String canonical(Library library) {
    return library.getUrl() + "|" + library.getVersion();
  }

  private IdType patient() {
    Patient patient = new Patient();
    patient.setBirthDateElement(new DateType("1970-02-03"));
    return (IdType)
        client().create().resource(patient).execute().getId().toUnqualifiedVersionless();
  }
}
