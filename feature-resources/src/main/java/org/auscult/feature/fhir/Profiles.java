package org.auscult.feature.fhir;

import org.hl7.fhir.r4.model.Resource;

/** Which profiles a resource claims. */
public final class Profiles {
  private Profiles() {}

  /** Whether it claims this one. HAPI's own question breaks off at a profile without a value. */
  public static boolean claims(Resource resource, String profile) {
    return resource.getMeta().getProfile().stream()
        .anyMatch(claimed -> profile.equals(claimed.getValue()));
  }

  /** Whether it claims any of ours. */
  public static boolean claimsOurs(Resource resource) {
    return resource.getMeta().getProfile().stream()
        .anyMatch(
            claimed ->
                claimed.getValue() != null
                    && claimed.getValue().startsWith(FeatureUrls.BASE + "/"));
  }
}
