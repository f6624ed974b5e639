package org.auscult.server.life;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TimeZone;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.feature.fhir.ValueText;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Reviews of definitions by clinicians: who, when, and of which content, by its hash, so that a
 * change after the review is seen. They stand in the definition itself and are written by {@code
 * $review} alone.
 */
public final class Reviews {
  private static final String OURS = Reviews.class.getName();
  private static final String CONTENT = "content";

  private final FhirContext fhir;

  public Reviews(FhirContext fhir) {
    this.fhir = fhir;
  }

  /** How it stands with the review of a definition. */
  enum State {
    NONE,
    /** What was reviewed is not what is there. */
    STALE,
    REVIEWED
  }

  /** Lets a write be one of {@code $review}. */
  public static void mark(RequestDetails request) {
    request.getUserData().put(OURS, Boolean.TRUE);
  }

  static boolean isOurs(@Nullable RequestDetails request) {
    return request != null && request.getUserData().containsKey(OURS);
  }

  /**
   * Writes a review into a definition, in the place of a former one.
   *
   * @param reviewer reference of a person
   * @param comment null if there is none
   */
  public void write(
      Library library, Reference reviewer, Date at, TimeZone zone, @Nullable String comment) {
    library.getExtension().removeIf(Reviews::isReview);
    Extension review = library.addExtension().setUrl(FeatureUrls.REVIEW);
    review.addExtension("reviewer", reviewer);
    DateTimeType time = new DateTimeType(at);
    time.setTimeZone(zone);
    review.addExtension("date", time);
    review.addExtension(CONTENT, new StringType(hash(library)));
    if (comment != null) {
      review.addExtension("comment", new StringType(comment));
    }
    String name = Objects.requireNonNullElse(reviewer.getDisplay(), reviewer.getReference());
    library.getReviewer().clear();
    library.addReviewer().setName(name);
    library.setLastReviewDateElement(
        new DateType(at.toInstant().atZone(zone.toZoneId()).toLocalDate().toString()));
  }

  State of(Library library) {
    List<Extension> reviews = library.getExtensionsByUrl(FeatureUrls.REVIEW);
    if (reviews.isEmpty()) {
      return State.NONE;
    }
    Extension content = reviews.get(0).getExtensionByUrl(CONTENT);
    boolean isSame = content != null && ValueText.of(content).equals(hash(library));
    return isSame ? State.REVIEWED : State.STALE;
  }

  /** Puts back what a write left out of it. */
  static void keep(Library former, Library library) {
    if (library.getExtensionsByUrl(FeatureUrls.REVIEW).isEmpty()) {
      former.getExtensionsByUrl(FeatureUrls.REVIEW).forEach(r -> library.addExtension(r.copy()));
    }
    if (!library.hasReviewer()) {
      former.getReviewer().forEach(reviewer -> library.addReviewer(reviewer.copy()));
    }
    if (!library.hasLastReviewDate() && former.hasLastReviewDate()) {
      library.setLastReviewDateElement(former.getLastReviewDateElement().copy());
    }
  }

  /** Whether both hold the same reviews. */
  static boolean areSame(@Nullable Library former, Library library) {
    List<Extension> is = library.getExtensionsByUrl(FeatureUrls.REVIEW);
    List<Extension> was =
        former == null ? List.of() : former.getExtensionsByUrl(FeatureUrls.REVIEW);
    if (is.size() != was.size()) {
      return false;
    }
    for (int i = 0; i < is.size(); i++) {
      if (!is.get(i).equalsDeep(was.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfServer(Extension extension) {
    return isReview(extension) || FeatureUrls.EXPANSION.equals(extension.getUrl());
  }

  private static boolean isReview(Extension extension) {
    return FeatureUrls.REVIEW.equals(extension.getUrl());
  }

  /** Of all that is reviewed: not of status, dates of approval and what the server writes. */
  private String hash(Library library) {
    Library content = library.copy();
    content.setMeta(null);
    content.setText(null);
    content.setId((String) null);
    content.setStatus(null);
    content.setReviewer(null);
    content.setLastReviewDateElement(null);
    content.setApprovalDateElement(null);
    List<Extension> extensions =
        new ArrayList<>(content.getExtension().stream().filter(e -> !isOfServer(e)).toList());
    extensions.sort(Comparator.comparing(e -> e.getUrl() + " " + ValueText.of(e)));
    content.setExtension(extensions);
    String json = fhir.newJsonParser().setPrettyPrint(false).encodeResourceToString(content);
    try {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
