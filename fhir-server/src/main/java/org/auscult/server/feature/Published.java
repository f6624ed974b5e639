package org.auscult.server.feature;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.auscult.feature.fhir.Problem;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.PrimitiveType;

/**
 * What became active is published: it is named by others as {@code url|version}, so it stays what
 * it was, and where it was. It may be retired, and, if that was a mistake, active again.
 */
public final class Published {
  private static final Set<PublicationStatus> STATUSES =
      EnumSet.of(PublicationStatus.ACTIVE, PublicationStatus.RETIRED);

  private Published() {}

  /** Whether a definition is, or was, active. */
  public static boolean is(MetadataResource resource) {
    return STATUSES.contains(resource.getStatus());
  }

  /** Whether a write leaves a published definition under its name. */
  static boolean isStill(MetadataResource former, MetadataResource now) {
    return is(former)
        && Objects.equals(former.getVersion(), now.getVersion())
        && Objects.equals(former.getUrl(), now.getUrl());
  }

  /** What is wrong with a write over a published definition. */
  public static List<Problem> problems(MetadataResource former, MetadataResource now) {
    if (!is(former)) {
      return List.of();
    }
    String type = now.fhirType();
    String name = former.getUrl() + "|" + former.getVersion() + " is published";
    if (!isStill(former, now)) {
      return List.of(
          new Problem(
              type + ".version",
              name + ", and others name it so",
              "Store the new version as a resource of its own, and leave this one."));
    }
    if (!profiles(former).equals(profiles(now))) {
      return List.of(
          new Problem(type + ".meta.profile", name + " under its profile", "Leave the profile."));
    }
    if (!STATUSES.contains(now.getStatus())) {
      return List.of(
          new Problem(
              type + ".status",
              former.getUrl() + "|" + former.getVersion() + " is active and does not change",
              "It goes back to no draft: retire it, and publish a new version."));
    }
    if (!comparable(former).equalsDeep(comparable(now))) {
      return List.of(
          new Problem(
              type,
              former.getUrl() + "|" + former.getVersion() + " is active and does not change",
              "Publish the change under a new version; only the status may become retired."));
    }
    return List.of();
  }

  private static List<String> profiles(MetadataResource resource) {
    return resource.getMeta().getProfile().stream()
        .map(PrimitiveType::getValue)
        .filter(Objects::nonNull)
        .sorted()
        .toList();
  }

  /** Without what the server sets, and without the status, which may go on. */
  private static MetadataResource comparable(MetadataResource resource) {
    MetadataResource copy = (MetadataResource) resource.copy();
    copy.setMeta(null);
    copy.setText(null);
    copy.setId((String) null);
    copy.setStatus(null);
    return copy;
  }
}
