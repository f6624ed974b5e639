package org.auscult.deidentification.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What references mean: type and logical id, also where a bundle names its entries by URL. */
public final class BundleNames {
  /** Outside of bundles. */
  public static final BundleNames NONE = new BundleNames(Map.of());

  private static final Pattern RELATIVE =
      Pattern.compile("([A-Z][A-Za-z]{1,40})/([A-Za-z0-9\\-.]{1,64})(?:/_history/[^/]*)?");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");
  private static final String URN = "urn:uuid:";

  private final Map<String, String> byUrl;

  private BundleNames(Map<String, String> byUrl) {
    this.byUrl = byUrl;
  }

  /**
   * The names in a bundle. An entry without an id is given that of its {@code urn:uuid}, so that it
   * can be named.
   */
  public static BundleNames of(JsonNode bundle) {
    Map<String, String> byUrl = new HashMap<>();
    for (JsonNode entry : bundle.path("entry")) {
      String url = entry.path("fullUrl").asText();
      if (entry.path("resource") instanceof ObjectNode resource) {
        if (resource.path("id").asText().isEmpty() && url.startsWith(URN)) {
          resource.put("id", url.substring(URN.length()));
        }
        name(resource).filter(n -> !url.isEmpty()).ifPresent(name -> byUrl.put(url, name));
      }
    }
    return new BundleNames(byUrl);
  }

  /** Type and id of a resource; empty if it has no id of FHIR's form. */
  static Optional<String> name(JsonNode resource) {
    String id = resource.path("id").asText();
    return ID.matcher(id).matches()
        ? Optional.of(resource.path("resourceType").asText() + "/" + id)
        : Optional.empty();
  }

  /**
   * Type and id that a reference names, without its version.
   *
   * @return empty for what is elsewhere, named by a search, or contained
   */
  Optional<String> resolve(String reference) {
    String known = byUrl.get(reference);
    if (known != null) {
      return Optional.of(known);
    }
    Matcher relative = RELATIVE.matcher(reference);
    return relative.matches()
        ? Optional.of(relative.group(1) + "/" + relative.group(2))
        : Optional.empty();
  }
}
