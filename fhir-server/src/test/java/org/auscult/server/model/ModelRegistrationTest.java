package org.auscult.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.List;
import org.auscult.model.ModelCatalog;
import org.auscult.model.RegisteredModel;
import org.auscult.model.fhir.ModelUrls;
import org.auscult.server.ServerTest;
import org.auscult.server.config.AuscultSettings.Starter;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Registering a model by plain FHIR. */
class ModelRegistrationTest extends ServerTest {
  @Autowired private ModelCatalog models;
  @Autowired private StarterPack starter;

  @Test
  void aNewVersionCountsAtOnce() {
    Library model = like("9.0.1");

    client().create().resource(model).execute();

    assertThat(models.find(model.getUrl() + "|9.0.1")).isPresent();
  }

  @Test
  void aModelIsMadeOnceUntilADefinitionIsWritten() {
    Library model = like("9.0.6");
    client().create().resource(model).execute();
    String canonical = model.getUrl() + "|9.0.6";
    RegisteredModel first = models.find(canonical).orElseThrow();

    assertThat(models.find(canonical).orElseThrow()).isSameAs(first);

    client().create().resource(like("9.0.7")).execute();
    RegisteredModel second = models.find(canonical).orElseThrow();
    assertThat(second).isNotSameAs(first);
    assertThat(second.features()).as("read anew").isNotSameAs(first.features());
    assertThat(second.scorer()).as("the graph is the same one").isSameAs(first.scorer());
  }

  @Test
  void aFileThatIsNotTheStatedOneIsRefused() {
    Library model = like("9.0.2");
    stateSha256(model, "0".repeat(64));

    assertThat(refusals(model)).singleElement().asString().contains("not the stated one");
  }

  @Test
  void aFileThatIsNoOnnxIsRefusedTogetherWithItsHash() {
    Binary text = new Binary();
    text.setContentType("application/octet-stream");
    text.setContent(new byte[] {1, 2, 3});
    Library model = like("9.0.3");
    model
        .getContentFirstRep()
        .setUrl(
            client()
                .create()
                .resource(text)
                .execute()
                .getId()
                .toUnqualifiedVersionless()
                .getValue());

    assertThat(refusals(model)).hasSize(2);
  }

  @Test
  void aModelWithoutItsFileIsRefused() {
    Library model = like("9.0.4");
    model.setContent(List.of());

    assertThat(refusals(model)).singleElement().asString().contains("no Binary");
  }

  @Test
  void aDraftMayWaitForItsFile() {
    Library model = like("9.0.5");
    model.setContent(List.of());
    model.setStatus(PublicationStatus.DRAFT);

    assertThat(client().create().resource(model).execute().getCreated()).isTrue();
  }

  /** Safety: 17. A draft predicts nothing; made active, it does. */
  @Test
  void aDraftPredictsNothing() {
    Library model = like("9.0.8");
    model.setStatus(PublicationStatus.DRAFT);
    Library draft = (Library) client().create().resource(model).execute().getResource();
    String canonical = model.getUrl() + "|9.0.8";
    assertThat(models.find(canonical)).isEmpty();

    draft.setStatus(PublicationStatus.ACTIVE);
    client().update().resource(draft).execute();

    assertThat(models.find(canonical)).isPresent();
  }

  @Test
  void aModelWhoseStandInIsNotActiveSaysSoWhenItIsAsked() {
    Library model = like("9.0.9");
    model
        .getExtensionsByUrl(ModelUrls.INPUT)
        .get(0)
        .addExtension("fallback", new CanonicalType("https://example.org/Library/none|1.0.0"));
    IIdType stored = client().create().resource(model).execute().getId().toVersionless();
    IIdType patient = client().create().resource(new Patient()).execute().getId().toVersionless();
    try {
      InvalidRequestException refused =
          catchThrowableOfType(
              () ->
                  client()
                      .operation()
                      .onInstance(patient)
                      .named("$predict")
                      .withParameter(
                          Parameters.class, "model", new StringType(model.getUrl() + "|9.0.9"))
                      .execute(),
              InvalidRequestException.class);

      assertThat(((OperationOutcome) refused.getOperationOutcome()).getIssueFirstRep())
          .satisfies(
              issue ->
                  assertThat(issue.getDiagnostics())
                      .contains("falls back to a model that is not active")
                      .contains("https://example.org/Library/none|1.0.0"));
    } finally {
      client().delete().resourceById(stored).execute();
    }
  }

  @Test
  void aRetiredStarterModelStaysRetiredAtTheNextStart() {
    put(PublicationStatus.RETIRED);
    try {
      starter.loadStarter(Starter.LIVE);

      assertThat(ckdEpi().getStatus()).isEqualTo(PublicationStatus.RETIRED);
    } finally {
      put(PublicationStatus.ACTIVE);
    }
    starter.loadStarter(Starter.LIVE);

    assertThat(ckdEpi().getStatus()).isEqualTo(PublicationStatus.ACTIVE);
  }

  @Test
  void aModelNamesOutcomesThatAreHereAndLookAsFarAhead() {
    Library model = client().read().resource(Library.class).withId("prevent-2023").execute();
    model.setId((String) null);
    model.setVersion("9.1.0");
    model.setStatus(PublicationStatus.ACTIVE);
    List<Extension> outputs = model.getExtensionsByUrl(ModelUrls.OUTPUT);
    String here = "https://auscult.org/fhir/Library/outcome-new-diabetes|1.0.0";
    outputs.get(0).addExtension("outcome", new CanonicalType(here));
    outputs.get(1).addExtension("outcome", new CanonicalType("https://example.org/none|1.0.0"));

    assertThat(refusals(model))
        .hasSize(2)
        .anyMatch(why -> why.contains("looks 5 a ahead, and the output 10 a"))
        .anyMatch(why -> why.contains("https://example.org/none|1.0.0 is no outcome definition"));
  }

  private void put(PublicationStatus status) {
    Library model = ckdEpi();
    model.setId("Library/ckd-epi-2021");
    model.setStatus(status);
    client().update().resource(model).execute();
  }

  private Library ckdEpi() {
    return client().read().resource(Library.class).withId("ckd-epi-2021").execute();
  }

  private Library like(String version) {
    Library model = ckdEpi();
    model.setId((String) null);
    model.setVersion(version);
    model.setStatus(PublicationStatus.ACTIVE);
    return model;
  }

  private static void stateSha256(Library model, String value) {
    model.getExtensionByUrl(ModelUrls.ARTIFACT_SHA256).setValue(new StringType(value));
  }

  private List<String> refusals(Library model) {
    UnprocessableEntityException refused =
        catchThrowableOfType(
            () -> client().create().resource(model).execute(), UnprocessableEntityException.class);
    return ((OperationOutcome) refused.getOperationOutcome())
        .getIssue().stream().map(i -> i.getDiagnostics()).toList();
  }
}
