package org.auscult.cds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.PrefetchTemplate;

/**
 * What stands under one key.
 *
 * @param template the one that the key answers; empty for a key that was not asked for
 * @param complete whether this is all there is
 * @param findings how much of it was no readable answer
 */
record PrefetchAnswer(
    String key,
    Optional<PrefetchTemplate> template,
    List<JsonNode> resources,
    boolean complete,
    int findings) {
  /** Severities that do not touch the answer's completeness. */
  private static final Set<String> HARMLESS = Set.of("information");

  static PrefetchAnswer read(String key, JsonNode value, Optional<PrefetchTemplate> template) {
    if (value.isNull()) {
      return new PrefetchAnswer(key, template, List.of(), true, 0);
    }
    String type = value.path("resourceType").asText();
    if (type.equals("Bundle")) {
      return bundle(key, value, template);
    }
    if (type.isEmpty() || type.equals("OperationOutcome")) {
      return new PrefetchAnswer(key, template, List.of(), false, 1);
    }
    boolean wasRead = template.isPresent() && !template.get().query().contains("?");
    return new PrefetchAnswer(key, template, List.of(value), wasRead, 0);
  }

  private static PrefetchAnswer bundle(
      String key, JsonNode bundle, Optional<PrefetchTemplate> template) {
    List<JsonNode> resources = new ArrayList<>();
    int findings = bundle.path("entry").isMissingNode() || bundle.path("entry").isArray() ? 0 : 1;
    int matches = 0;
    boolean refused = false;
    for (JsonNode entry : bundle.path("entry")) {
      JsonNode resource = entry.path("resource");
      boolean outcome = resource.path("resourceType").asText().equals("OperationOutcome");
      if (outcome) {
        boolean harmful = !isHarmless(resource);
        refused |= harmful;
        findings += harmful ? 1 : 0;
      } else if (resource.isObject()) {
        resources.add(resource);
        matches += entry.path("search").path("mode").asText("match").equals("match") ? 1 : 0;
      } else {
        findings++;
      }
    }
    boolean complete =
        !refused
            && findings == 0
            && bundle.path("type").asText().equals("searchset")
            && !hasNextPage(bundle)
            && bundle.path("total").asInt(0) <= matches;
    return new PrefetchAnswer(key, template, resources, complete, findings);
  }

  private static boolean isHarmless(JsonNode outcome) {
    for (JsonNode issue : outcome.path("issue")) {
      if (!HARMLESS.contains(issue.path("severity").asText())) {
        return false;
      }
    }
    return !outcome.path("issue").isEmpty();
  }

  private static boolean hasNextPage(JsonNode bundle) {
    for (JsonNode link : bundle.path("link")) {
      if (link.path("relation").asText().equals("next")) {
        return true;
      }
    }
    return false;
  }
}
