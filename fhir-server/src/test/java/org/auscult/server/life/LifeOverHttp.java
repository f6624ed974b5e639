package org.auscult.server.life;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.server.ServerTest;
import org.auscult.server.access.TokenHolder;
import org.auscult.server.keys.KeyRing;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.springframework.beans.factory.annotation.Autowired;

/** Definitions of tests, and how they are stored and refused. */
abstract class LifeOverHttp extends ServerTest {
  @Autowired private KeyRing keys;

  /** A feature under a url of its own. */
  final Library feature(String name) {
    return feature("https://example.org/Library/" + UUID.randomUUID(), name, "1.0.0");
  }

  final Library feature(String url, String name, String version) {
    Library library = new Library();
    library.getMeta().addProfile(FeatureUrls.FEATURE_DEFINITION);
    library.setUrl(url).setVersion(version).setName(name).setTitle("The " + name);
    library.setStatus(PublicationStatus.ACTIVE);
    library.getType().addCoding(library("logic-library"));
    library
        .addDataRequirement()
        .setType("Observation")
        .addCodeFilter()
        .setPath("code")
        .addCode(new Coding("http://loinc.org", "2160-0", null));
    library.addExtension(FeatureUrls.OPERATOR, new CodeType("latest"));
    library.addExtension(FeatureUrls.UNIT, new CodeType("mg/dL"));
    lookback(library, 7);
    return library;
  }

  static void lookback(Library library, int days) {
    library.getExtension().removeIf(e -> e.getUrl().equals(FeatureUrls.LOOKBACK));
    Duration duration = new Duration();
    duration.setValue(days).setSystem("http://unitsofmeasure.org").setCode("d");
    library.addExtension(FeatureUrls.LOOKBACK, duration);
  }

  final Library set(Library... members) {
    Library set = new Library();
    set.getMeta().addProfile(FeatureUrls.FEATURE_SET);
    set.setUrl("https://example.org/Library/" + UUID.randomUUID());
    set.setVersion("1.0.0").setName("set").setTitle("A set").setStatus(PublicationStatus.ACTIVE);
    set.getType().addCoding(library("asset-collection"));
    for (Library member : members) {
      set.addRelatedArtifact()
          .setType(RelatedArtifactType.COMPOSEDOF)
          .setResource(canonical(member));
    }
    return set;
  }

  private static Coding library(String code) {
    return new Coding("http://terminology.hl7.org/CodeSystem/library-type", code, null);
  }

  static String canonical(Library library) {
    return library.getUrl() + "|" + library.getVersion();
  }

  final Library stored(Library library) {
    return (Library) client().create().resource(library).execute().getResource();
  }

  final Library written(Library library) {
    return (Library) client().update().resource(library).execute().getResource();
  }

  final Library read(Library stored) {
    return client()
        .read()
        .resource(Library.class)
        .withId(stored.getIdElement().toUnqualifiedVersionless().getIdPart())
        .execute();
  }

  /** What is said against a write. */
  static List<String> refusals(Runnable write) {
    try {
      write.run();
    } catch (BaseServerResponseException e) {
      assertThat(e.getStatusCode()).isIn(409, 422);
      return ((OperationOutcome) Objects.requireNonNull(e.getOperationOutcome()))
          .getIssue().stream().map(issue -> issue.getDiagnostics()).toList();
    }
    throw new AssertionError("It was not refused");
  }

  /** Asks as a user of one role. */
  final HttpResponse<String> getAs(String role, String path)
      throws IOException, InterruptedException {
    return caller()
        .send(
            caller()
                .request("/fhir/" + path)
                .header("Authorization", "Bearer " + tokenOf(role))
                .GET());
  }

  /** Calls an operation without parameters as a user of one role. */
  final HttpResponse<String> postAs(String role, String path)
      throws IOException, InterruptedException {
    return caller()
        .send(
            caller()
                .request("/fhir/" + path)
                .header("Authorization", "Bearer " + tokenOf(role))
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString("{\"resourceType\": \"Parameters\"}")));
  }

  private String tokenOf(String role) {
    return TokenHolder.ofUser(rootUrl(), keys, "Practitioner/life-" + role, List.of(role));
  }
}
