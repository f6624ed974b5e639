package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.auscult.server.access.TokenHolder.Answer;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Every other road to what is of another site: none tells even that it is there. */
class OtherRoadsTest extends AccessOverHttp {
  @Autowired private MeterRegistry metrics;

  private static final String NOTHING = "{\"resourceType\":\"Parameters\"}";

  /** Attack: a search that only a hidden resource would match, and how its answer looks. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Observation?_id=%s",
        "Observation?_id=%s&_count=1",
        "Observation?_id=%s&_count=0",
        "Observation?_id=%s&_summary=true",
        "Observation?_id=%s&_summary=data",
        "Observation?_id=%s&_elements=code",
        "Observation?_id=%s&_sort=-date",
        "Observation?_id=%s&_sort=patient.name",
        "Observation?_id=%s&_total=none",
        "Observation?_id=%s&_include=Observation:patient",
        "Observation?_id=%s&_revinclude=Provenance:target",
        "Observation?_id=%s&patient.gender:missing=true",
        "Observation?_id=%s&_lastUpdated=gt2000-01-01",
        "Observation?_id=%s&_tag:not=x"
      })
  void findsNothingWhereOnlyHiddenOnesMatch(String search) {
    Answer hidden = clinician().get(search.formatted(id("os1")));
    Answer absent = clinician().get(search.formatted(id("nobody")));

    assertThat(hidden.status()).isEqualTo(absent.status());
    if (hidden.status() == 200) {
      assertThat(shape(hidden)).isEqualTo(shape(absent));
    } else {
      assertThat(hidden.body().replace(id("os1"), id("nobody"))).isEqualTo(absent.body());
    }
  }

  /** What an empty answer could differ in. */
  private String shape(Answer answer) {
    Bundle bundle = bundle(answer);
    return (bundle.hasTotal() ? bundle.getTotal() : "no total")
        + " "
        + bundle.getEntry().size()
        + " "
        + bundle.getLink().stream().map(l -> l.getRelation()).toList();
  }

  /** Attack: a page that is short, or a link to a page of which nothing is left. */
  @ParameterizedTest
  @ValueSource(strings = {"_count=1", "_count=2", "_count=1&_sort=_id", "_count=1&_sort=-_id"})
  void fillsEachPageAndLinksToNoEmptyOne(String paging) {
    String search =
        "Observation?code=urn:test|" + getClass().getSimpleName() + "&status=final&" + paging;
    List<Integer> sizes = new ArrayList<>();
    int found = 0;
    for (String next = search; next != null; ) {
      Bundle page = bundle(clinician().get(next));
      sizes.add(page.getEntry().size());
      found += page.getEntry().size();
      Bundle.BundleLinkComponent link = page.getLink(Bundle.LINK_NEXT);
      next = link == null ? null : link.getUrl();
    }

    assertThat(found).isEqualTo(2);
    assertThat(sizes).as("entries of each page").doesNotContain(0);
  }

  /** Attack: leafing by offset, where each page shows by its gaps what was kept back. */
  @Test
  void leafsByLinksAndNotByOffset() {
    assertThat(clinician().get("Observation?_offset=0&_count=1").status()).isEqualTo(403);
    assertThat(system().get("Observation?_offset=0&_count=1").status()).isEqualTo(200);
  }

  /** Attack: GraphQL, and operations of which the policy says nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$graphql?query=%%7BPatient(id:%%22%s%%22)%%7Bid%%7D%%7D",
        "Patient/%s/$graphql?query=%%7Bid%%7D",
        "Patient/%s/$meta",
        "Patient/$meta",
        "$meta",
        "Patient/%s/$diff",
        "$diff?from=Patient/%s/_history/1&to=Patient/%s/_history/1",
        "Patient/%s/$reindex-dryrun",
        "Patient/$everything",
        "Patient/%s/$summary",
        "Observation/$lastn?patient=%s",
        "Patient/%s/Observation",
        "Composition/%s/$document",
        "$reindex",
        "$perform-reindexing-pass",
        "$mark-all-resources-for-reindexing",
        "_history",
        "?_type=Patient&_id=%s",
        "?_id=%s"
      })
  void answersNoRoadThatThePolicyDoesNotKnow(String path) {
    for (TokenHolder who : List.of(clinician(), app("patient/*.rs"))) {
      Answer hidden = who.get(path.formatted(id("s1"), id("s1")));
      Answer absent = who.get(path.formatted(id("nobody"), id("nobody")));

      assertThat(hidden.status()).as(hidden.body()).isGreaterThanOrEqualTo(400).isLessThan(500);
      assertThat(hidden.status()).isEqualTo(absent.status());
      assertThat(hidden.body().replace(id("s1"), id("nobody"))).isEqualTo(absent.body());
    }
  }

  /** Attack: erasing, in each form; the system may not either. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$expunge",
        "Patient/$expunge",
        "Patient/%s/$expunge",
        "Patient/%s/_history/1/$expunge",
        "Observation/%s/$reindex",
        "$reindex",
        "$process-message",
        "$meta-delete",
        "Patient/%s/$merge"
      })
  void letsNobodyEraseOrRebuild(String path) {
    for (TokenHolder who : List.of(clinician(), system())) {
      assertThat(who.post(path.formatted(id("n1")), NOTHING).status())
          .isGreaterThanOrEqualTo(400)
          .isLessThan(500);
    }
    assertThat(system().get("Patient/" + id("n1")).status()).isEqualTo(200);
  }

  /** Attack: a validator that looks up what is referred to, or who refers to it. */
  @ParameterizedTest
  @CsvSource({"'',s1", "'?mode=create',s1", "'?mode=update',s1", "'?mode=delete',s1"})
  void validatesWithoutTellingWhatIsStored(String mode, String name) {
    Observation there = observation(name, "survey");
    // As long as the other, since the answer tells columns.
    Observation nowhere = observation("x1", "survey");

    Answer hidden = clinician().post("Observation/$validate" + mode, json(there));
    Answer absent = clinician().post("Observation/$validate" + mode, json(nowhere));

    assertThat(hidden.status()).isEqualTo(absent.status());
    assertThat(hidden.body().replace(id(name), id("x1"))).isEqualTo(absent.body());
    Answer stored = clinician().get("Patient/" + id("s1") + "/$validate?mode=delete");
    Answer never = clinician().get("Patient/" + id("nobody") + "/$validate?mode=delete");
    assertThat(stored.status()).isEqualTo(404);
    assertThat(stored.body().replace(id("s1"), id("nobody"))).isEqualTo(never.body());
  }

  /** Attack: what headers of a condition answer: not modified, precondition failed. */
  @ParameterizedTest
  @CsvSource({
    "GET,If-None-Match,W/\"1\"",
    "HEAD,If-None-Match,W/\"1\"",
    "GET,'If-Modified-Since','Fri, 01 Jan 2100 00:00:00 GMT'",
    "PUT,If-Match,W/\"1\"",
    "PUT,If-Match,W/\"7\"",
    "DELETE,If-Match,W/\"7\"",
    "DELETE,X-Cascade,delete"
  })
  void answersNoConditionOfAHeader(String method, String header, String value) {
    List<String> answers = new ArrayList<>();
    for (String name : List.of("os1", "nobody")) {
      HttpRequest.Builder request =
          clinician()
              .request("Observation/" + id(name))
              .header("Content-Type", "application/fhir+json")
              .header(header, value);
      request.method(
          method,
          method.equals("PUT")
              ? BodyPublishers.ofString(json(observation("n1", "survey").setId(id(name))))
              : BodyPublishers.noBody());
      Answer answer = TokenHolder.send(request);
      answers.add(answer.status() + answer.body().replace(id(name), "ID"));
    }

    assertThat(answers.get(0)).isEqualTo(answers.get(1)).startsWith("40");
  }

  /** Attack: a search in a body, which no URL shows. */
  @Test
  void holdsASearchByPostToTheSameRules() {
    assertThat(bundle(posted("_id=" + id("os1"))).getEntry()).isEmpty();
    assertThat(bundle(posted("_id=" + id("on1"))).getEntry()).hasSize(1);
    assertThat(posted("_summary=count").status()).isEqualTo(403);
    assertThat(posted("focus.code=x").status()).isEqualTo(403);
  }

  private Answer posted(String form) {
    return TokenHolder.send(
        clinician()
            .request("Observation/_search")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  /** Attack: pages of a history, and of $everything, in another's hand. */
  @Test
  void givesPagesOfHistoriesAndOfEverythingToNobodyElse() {
    Observation again = observation("n1", "laboratory");
    again.setId(id("on1"));
    put(again.setStatus(Observation.ObservationStatus.AMENDED));
    put(again.setStatus(Observation.ObservationStatus.FINAL));
    TokenHolder south = clinician().with(c -> c.claim("sites", List.of(id("south"))));
    String second =
        bundle(clinician().get("Observation/" + id("on1") + "/_history?_count=1"))
            .getLink(Bundle.LINK_NEXT)
            .getUrl();
    assertThat(bundle(clinician().get(second)).getEntry()).hasSize(1);
    assertThat(south.get(second).status()).isEqualTo(404);

    String more =
        bundle(clinician().get("Patient/" + id("n1") + "/$everything?_count=1"))
            .getLink(Bundle.LINK_NEXT)
            .getUrl();
    assertThat(clinician().with(c -> c.subject("else")).get(more).status()).isEqualTo(410);
    assertThat(clinician().with(c -> c.claim("client_id", "else")).get(more).status())
        .isEqualTo(410);
    // The same person with other sites is judged by these, resource by resource.
    assertThat(south.get(more).body()).doesNotContain(id("n1") + "\"");
    assertThat(clinician().get(more).body()).contains(id("n1") + "\"");
  }

  /** Attack: a bundle within a bundle, a reference deep inside, a GET beside writes. */
  @Test
  void looksIntoBundlesAsDeepAsTheyAre() {
    Observation inside = observation("n1", "survey");
    inside.addContained(observation("s1", "survey").setId("#inner"));
    inside.addHasMember(new Reference("#inner"));
    Observation extended = observation("n1", "survey");
    extended
        .addExtension()
        .setUrl("urn:test:extension")
        .setValue(new Reference("Patient/" + id("s1")));
    for (Resource refused : List.of(inside, extended)) {
      assertThat(clinician().post("Observation", json(refused)).status()).isEqualTo(403);
      Bundle transaction = new Bundle().setType(BundleType.TRANSACTION);
      entry(transaction, HTTPVerb.POST, "Observation", refused);
      assertThat(clinician().post("", json(transaction)).status()).isEqualTo(403);
    }
    Bundle nested = new Bundle().setType(BundleType.TRANSACTION);
    Bundle stored = new Bundle().setType(BundleType.COLLECTION);
    stored.addEntry().setResource(observation("s1", "survey"));
    entry(nested, HTTPVerb.POST, "Bundle", stored);
    assertThat(clinician().post("", json(nested)).status()).isEqualTo(403);

    List<Answer> read = new ArrayList<>();
    for (String name : List.of("os1", "nobody")) {
      Bundle reading = new Bundle().setType(BundleType.TRANSACTION);
      entry(reading, HTTPVerb.GET, "Observation/" + id(name), null);
      read.add(clinician().post("", json(reading)));
    }
    assertThat(read.get(0).status()).isEqualTo(read.get(1).status());
    assertThat(withoutUuids(read.get(0)).replace(id("os1"), id("nobody")))
        .isEqualTo(withoutUuids(read.get(1)));
  }

  private static String withoutUuids(Answer answer) {
    return answer.body().replaceAll("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", "");
  }

  /** Attack: a patient of another site under a placeholder of the same transaction. */
  @Test
  void takesNoPlaceholderForAPatientOfAnotherSite() {
    for (HTTPVerb verb : List.of(HTTPVerb.POST, HTTPVerb.PUT)) {
      Bundle transaction = new Bundle().setType(BundleType.TRANSACTION);
      Patient patient = new Patient();
      patient.setManagingOrganization(new Reference("Organization/" + id("north")));
      patient.setId(id("s1"));
      entry(
          transaction,
          verb,
          verb == HTTPVerb.PUT ? "Patient/" + id("s1") : "Patient?identifier=x",
          patient);
      transaction.getEntryFirstRep().setFullUrl("urn:uuid:0d5f9b86-0000-4000-8000-000000000002");
      if (verb == HTTPVerb.POST) {
        transaction.getEntryFirstRep().getRequest().setUrl("Patient").setIfNoneExist("active=true");
      }
      Observation observation = observation("n1", "survey");
      observation.setSubject(new Reference("urn:uuid:0d5f9b86-0000-4000-8000-000000000002"));
      entry(transaction, HTTPVerb.POST, "Observation", observation);

      assertThat(clinician().post("", json(transaction)).status()).isIn(403, 404);
    }
    assertThat(clinician().get("Patient/" + id("s1")).status()).isEqualTo(404);
  }

  /** Attack: a condition that searches, in a patch. */
  @Test
  void patchesByNoCondition() {
    String patch = "[{\"op\":\"test\",\"path\":\"/status\",\"value\":\"final\"}]";

    Answer matches = clinician().patch("Observation?_id=" + id("os1"), patch);
    Answer matchesNot = clinician().patch("Observation?_id=" + id("nobody"), patch);

    assertThat(matches.status()).isEqualTo(403);
    assertThat(matches.body()).isEqualTo(matchesNot.body());
  }

  /** Attack: a subscription that would send what its author may not read. */
  @Test
  void deliversNothingToASubscription() {
    Subscription all = new Subscription();
    all.setStatus(Subscription.SubscriptionStatus.REQUESTED).setReason("r").setCriteria("Patient?");
    all.getChannel()
        .setType(Subscription.SubscriptionChannelType.RESTHOOK)
        .setEndpoint("http://127.0.0.1:9/")
        .setPayload("application/fhir+json");

    assertThat(clinician().post("Subscription", json(all)).status()).isEqualTo(403);
    assertThat(system().post("Subscription", json(all)).status()).isEqualTo(403);
    TokenHolder administrator = anybody().role("administrator").scope("user/*.cruds");
    Answer stored = administrator.post("Subscription", json(all));
    // It stays what it is: a wish. Nothing here makes it active, so nothing is ever sent.
    if (stored.status() == 201) {
      put(new Patient().setActive(true).setId(id("after")));
      assertThat(administrator.get("Subscription?status=active").body())
          .doesNotContain("127.0.0.1:9");
    }
  }

  /** What everybody may read counts nothing; metrics know neither sites nor patients. */
  @Test
  void tellsNothingOfTheRecordInCapabilitiesAndMetrics() {
    clinician().get("Patient/" + id("s1"));
    clinician().get("Observation?patient=" + id("n1"));

    String capabilities =
        TokenHolder.send(HttpRequest.newBuilder(URI.create(rootUrl() + "/fhir/metadata"))).body();
    String measured =
        metrics.getMeters().stream()
            .map(meter -> meter.getId().toString())
            .collect(Collectors.joining("\n"));

    assertThat(capabilities).contains("\"Observation\"").doesNotContain("resourceCount");
    assertThat(measured)
        .contains("http.server.requests")
        .doesNotContain(id("s1"), id("n1"), id("north"), id("south"));
  }

  private static void entry(Bundle bundle, HTTPVerb verb, String url, @Nullable Resource body) {
    bundle.addEntry().setResource(body).getRequest().setMethod(verb).setUrl(url);
  }
}
