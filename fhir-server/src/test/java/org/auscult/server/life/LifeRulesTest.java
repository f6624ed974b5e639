package org.auscult.server.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.auscult.feature.fhir.FeatureUrls;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.Test;

/** From draft to retired. */
class LifeRulesTest extends LifeOverHttp {
  /** Governance: 11.10(k). */
  @Test
  void whatIsPublishedStaysAsItIsWhereItIs() {
    Library active = stored(feature("settled"));

    Library draft = read(active);
    draft.setStatus(PublicationStatus.DRAFT);
    assertThat(refusals(() -> written(draft)))
        .singleElement()
        .asString()
        .contains("goes back to no draft");
    Library raised = read(active);
    raised.setVersion("2.0.0");
    assertThat(refusals(() -> written(raised))).singleElement().asString().contains("is published");
    Library moved = read(active);
    moved.setUrl(active.getUrl() + "-moved");
    assertThat(refusals(() -> written(moved))).singleElement().asString().contains("is published");
    Library disguised = read(active);
    disguised.setMeta(null);
    assertThat(refusals(() -> written(disguised)))
        .singleElement()
        .asString()
        .contains("under its profile");

    Library retired = read(active);
    retired.setStatus(PublicationStatus.RETIRED);
    written(retired);
    Library changed = read(active);
    lookback(changed, 30);
    assertThat(refusals(() -> written(changed)))
        .singleElement()
        .asString()
        .contains("does not change");
    Library again = read(active);
    again.setStatus(PublicationStatus.ACTIVE);
    assertThat(written(again).getStatus()).as("a mistake").isEqualTo(PublicationStatus.ACTIVE);
  }

  @Test
  void aVersionIsHigherThanThoseThatWereActive() {
    Library first = stored(feature("succession"));
    Library lower = feature(first.getUrl(), "succession", "0.9.0");
    assertThat(refusals(() -> stored(lower))).singleElement().asString().contains("is not higher");
    Library none = feature(first.getUrl(), "succession", "1.1");
    assertThat(refusals(() -> stored(none)))
        .singleElement()
        .asString()
        .contains("no semantic version");

    Library draft = feature(first.getUrl(), "succession", "0.9.1");
    draft.setStatus(PublicationStatus.DRAFT);
    Library kept = stored(draft);
    kept.setStatus(PublicationStatus.ACTIVE);
    assertThat(refusals(() -> written(kept))).singleElement().asString().contains("is not higher");
    Library words = feature(first.getUrl(), "succession", "1.0.1");
    words.setTitle("Better words");
    assertThat(stored(words).getVersion()).isEqualTo("1.0.1");
  }

  @Test
  void aChangeOfValuesIsAMajorVersion() {
    Library first = stored(feature("meaning"));
    Library minor = feature(first.getUrl(), "meaning", "1.1.0");
    lookback(minor, 14);
    minor
        .getDataRequirementFirstRep()
        .getCodeFilterFirstRep()
        .addCode(new Coding("http://loinc.org", "38483-4", null));
    assertThat(refusals(() -> stored(minor)))
        .singleElement()
        .asString()
        .contains("codes, lookback changed")
        .contains("Publish it as 2.0.0");

    minor.setVersion("2.0.0");
    assertThat(stored(minor).getVersion()).isEqualTo("2.0.0");
  }

  @Test
  void whatRestsOnARetiredOneGoesOnAndNothingNewDoes() {
    Library member = stored(feature("old"));
    Library set = stored(set(member));
    Library retired = read(member);
    retired.setStatus(PublicationStatus.RETIRED);
    written(retired);

    Library another = set(member);
    assertThat(refusals(() -> stored(another))).singleElement().asString().contains("is retired");
    Parameters in = new Parameters();
    in.addParameter("featureSet", new StringType(canonical(set)));
    Patient patient = new Patient();
    var id = client().create().resource(patient).execute().getId();
    Parameters vector =
        client().operation().onInstance(id).named("$features").withParameters(in).execute();
    assertThat(vector.getParameters("feature")).hasSize(1);
    Library still = read(set);
    assertThat(written(still).getStatus()).isEqualTo(PublicationStatus.ACTIVE);
  }

  @Test
  void whatIsActiveRestsOnNoDraft() {
    Library member = feature("unfinished");
    member.setStatus(PublicationStatus.DRAFT);
    stored(member);
    Library set = set(member);
    assertThat(refusals(() -> stored(set))).singleElement().asString().contains("is a draft");

    set.setStatus(PublicationStatus.DRAFT);
    assertThat(stored(set).hasId()).isTrue();
  }

  @Test
  void aValueSetWithoutCodesReadsNothing() {
    ValueSet empty = new ValueSet();
    empty.setUrl("https://example.org/ValueSet/" + UUID.randomUUID());
    empty.setVersion("1.0.0").setStatus(PublicationStatus.ACTIVE);
    client().create().resource(empty).execute();
    Library feature = feature("of_nothing");
    feature
        .getDataRequirementFirstRep()
        .getCodeFilterFirstRep()
        .setCode(List.of())
        .setValueSet(empty.getUrl() + "|1.0.0");

    assertThat(refusals(() -> stored(feature)))
        .singleElement()
        .asString()
        .contains("cannot be expanded");
  }

  @Test
  void whatIsUsedIsNotDeleted() {
    Library member = stored(feature("needed"));
    Library set = stored(set(member));

    assertThat(refusals(() -> client().delete().resource(member).execute()))
        .singleElement()
        .asString()
        .contains("is used by " + canonical(set));
    client().delete().resource(set).execute();
    client().delete().resource(member).execute();
  }

  private Library toReview() {
    Library draft = feature(REVIEWED + UUID.randomUUID(), "reviewed", "1.0.0");
    draft.setStatus(PublicationStatus.DRAFT);
    draft.setPublisher("Nephrology").setDescription("Kidney function, as last measured.");
    draft.addEditor().setName("Grace");
    return stored(draft);
  }

  /** Governance: 11.10(g). */
  @Test
  void whereReviewIsAskedForNothingBecomesActiveWithoutIt() throws Exception {
    Library direct = feature(REVIEWED + UUID.randomUUID(), "unreviewed", "1.0.0");
    assertThat(refusals(() -> stored(direct)))
        .hasSize(4)
        .anyMatch(why -> why.contains("no clinician has reviewed it"))
        .anyMatch(why -> why.contains("no owner"))
        .anyMatch(why -> why.contains("no steward"))
        .anyMatch(why -> why.contains("clinical meaning"));

    Library draft = toReview();
    Library early = read(draft);
    early.setStatus(PublicationStatus.ACTIVE);
    assertThat(refusals(() -> written(early)))
        .singleElement()
        .asString()
        .contains("no clinician has reviewed it");
    String path = "Library/" + draft.getIdElement().getIdPart() + "/$review";
    assertThat(postAs("informaticist", path).statusCode()).isEqualTo(403);
    assertThat(postAs("clinician", path).statusCode()).isEqualTo(403);
    assertThat(read(draft).getExtensionByUrl(FeatureUrls.REVIEW)).isNull();

    assertThat(postAs("reviewer", path).statusCode()).isEqualTo(200);
    Library reviewed = read(draft);
    assertThat(reviewed.hasLastReviewDate()).isTrue();
    assertThat(
            reviewed.getExtensionByUrl(FeatureUrls.REVIEW).getExtensionByUrl("reviewer").getValue())
        .isInstanceOfSatisfying(
            Reference.class,
            who -> assertThat(who.getReference()).isEqualTo("Practitioner/life-reviewer"));
    // As an author's own file has it: without what the server wrote.
    reviewed.getExtension().removeIf(e -> e.getUrl().equals(FeatureUrls.REVIEW));
    reviewed.setReviewer(null).setLastReviewDateElement(null).setText(null);
    reviewed.setStatus(PublicationStatus.ACTIVE);
    Library active = written(reviewed);
    assertThat(active.getExtensionByUrl(FeatureUrls.REVIEW)).isNotNull();
    assertThat(active.getText().getDivAsString()).contains("Practitioner/life-reviewer");
    assertThat(postAs("reviewer", path).statusCode()).as("no draft any more").isEqualTo(422);
  }

  @Test
  void aChangeAfterTheReviewAsksForAnother() throws Exception {
    Library draft = toReview();
    String path = "Library/" + draft.getIdElement().getIdPart() + "/$review";
    assertThat(postAs("reviewer", path).statusCode()).isEqualTo(200);
    Library changed = read(draft);
    lookback(changed, 8);
    written(changed);

    Library active = read(draft);
    active.setStatus(PublicationStatus.ACTIVE);
    assertThat(refusals(() -> written(active)))
        .singleElement()
        .asString()
        .contains("changed after it was reviewed");
    assertThat(postAs("reviewer", path).statusCode()).isEqualTo(200);
    Library again = read(draft);
    again.setStatus(PublicationStatus.ACTIVE);
    assertThat(written(again).getStatus()).isEqualTo(PublicationStatus.ACTIVE);
  }

  @Test
  void nobodyWritesAReviewByHand() throws Exception {
    Library forged = feature("forged");
    forged.setStatus(PublicationStatus.DRAFT);
    Extension review = forged.addExtension().setUrl(FeatureUrls.REVIEW);
    review.addExtension("content", new StringType("0"));
    assertThat(refusals(() -> stored(forged)))
        .singleElement()
        .asString()
        .contains("written by $review only");

    Library draft = toReview();
    String path = "Library/" + draft.getIdElement().getIdPart() + "/$review";
    assertThat(postAs("reviewer", path).statusCode()).isEqualTo(200);
    Library changed = read(draft);
    changed
        .getExtensionByUrl(FeatureUrls.REVIEW)
        .getExtensionByUrl("content")
        .setValue(new StringType("0"));
    assertThat(refusals(() -> written(changed)))
        .singleElement()
        .asString()
        .contains("written by $review only");
    assertThat(List.of(read(draft).getExtensionsByUrl(FeatureUrls.REVIEW).size())).containsOnly(1);
  }
}
