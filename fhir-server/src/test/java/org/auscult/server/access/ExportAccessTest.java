package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.batch2.api.IJobMaintenanceService;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.server.access.TokenHolder.Answer;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Bulk export: what its starter may read, for the starter alone. */
class ExportAccessTest extends AccessOverHttp {
  private static final Pattern FILE = Pattern.compile("\"url\" ?: ?\"([^\"]+)\"");
  private static final int MOST_POLLS = 240;

  @Autowired private IJobMaintenanceService maintenance;

  private TokenHolder ofNorth() {
    return system().with(c -> c.subject("north-loader").claim("sites", List.of(id("north"))));
  }

  /** A system of a site exports its site's patients, and those who ask for its files get none. */
  @Test
  void exportsTheSitesOwnPatientsToItsStarterAlone() throws InterruptedException {
    String poll = start(ofNorth(), "$export?_type=Patient,Observation");
    TokenHolder other = ofNorth().with(c -> c.subject("other"));

    assertThat(other.get(poll).status()).isEqualTo(404);
    assertThat(other.delete(poll).status()).isEqualTo(404);
    List<String> files = files(ofNorth(), poll);
    StringBuilder all = new StringBuilder();
    for (String file : files) {
      assertThat(other.get(file).status()).isEqualTo(404);
      assertThat(system().get(file).status()).isEqualTo(404);
      all.append(content(ofNorth(), file));
    }

    assertThat(all.toString())
        .contains("\"" + id("n1") + "\"", "\"" + id("n2") + "\"", "\"" + id("on1") + "\"")
        .doesNotContain(id("s1"), id("os1"));
  }

  /** Attack: naming a patient of another site, or a type that the scope leaves out. */
  @Test
  void exportsNothingBeyondReach() throws InterruptedException {
    assertThat(exported(ofNorth().scope("system/Patient.rs"), "$export?_type=Patient").status())
        .isEqualTo(403);
    assertThat(exported(ofNorth(), "$export?_type=Patient,AuditEvent").status()).isEqualTo(403);
    assertThat(exported(clinician(), "$export?_type=Patient").status()).isEqualTo(403);
    assertThat(exported(ofNorth(), "Patient/" + id("s1") + "/$export").status()).isEqualTo(404);

    Parameters ofOne = new Parameters();
    ofOne.addParameter().setName("_type").setValue(new StringType("Patient"));
    ofOne.addParameter().setName("patient").setValue(new StringType("Patient/" + id("s1")));
    HttpResponse<String> started =
        TokenHolder.answer(
            ofNorth()
                .request("Patient/$export")
                .header("Prefer", "respond-async")
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(json(ofOne))));
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    String poll = started.headers().firstValue("Content-Location").orElseThrow();
    for (String file : files(ofNorth(), poll)) {
      assertThat(content(ofNorth(), file)).doesNotContain(id("s1"));
    }
  }

  private static Answer exported(TokenHolder who, String path) {
    HttpResponse<String> answer = asynchronously(who, path);
    return new Answer(answer.statusCode(), answer.body());
  }

  private static HttpResponse<String> asynchronously(TokenHolder who, String path) {
    return TokenHolder.answer(who.request(path).header("Prefer", "respond-async").GET());
  }

  private static String start(TokenHolder who, String path) {
    HttpResponse<String> started = asynchronously(who, path);
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    return started.headers().firstValue("Content-Location").orElseThrow();
  }

  private List<String> files(TokenHolder who, String poll) throws InterruptedException {
    for (int i = 0; i < MOST_POLLS; i++) {
      Answer answer = who.get(poll);
      if (answer.status() == 200) {
        List<String> files = new ArrayList<>();
        Matcher file = FILE.matcher(answer.body());
        while (file.find()) {
          files.add(file.group(1));
        }
        return files;
      }
      assertThat(answer.status()).as(answer.body()).isEqualTo(202);
      maintenance.runMaintenancePass();
      Thread.sleep(250);
    }
    throw new AssertionError("The export did not end");
  }

  private static String content(TokenHolder who, String file) {
    HttpResponse<String> answer =
        TokenHolder.answer(who.request(file).header("Accept", "application/fhir+ndjson").GET());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }
}
