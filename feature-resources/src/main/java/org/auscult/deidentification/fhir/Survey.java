package org.auscult.deidentification.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What must be known of the whole input before a line of it is masked: who died when, which
 * definitions of ours it holds, and which resources a model wrote. Threads: not safe.
 */
public final class Survey {
  private static final Pattern OF_INTEREST =
      Pattern.compile(
          "\"resourceType\"\\s*:\\s*\"(Patient|Provenance|Device|Library|PlanDefinition)\"");
  private static final Pattern NO_PERSON =
      Pattern.compile("(Device|Library|PlanDefinition|Binary|ValueSet)/[A-Za-z0-9\\-.]{1,64}");
  private static final String AI_ROLE = "Artificial-Intelligence";
  private static final String AI_LABEL = "AIAST";
  private static final int LONGEST_NAME = 255;

  private final Elements elements = Elements.standard();
  private final Map<String, String> deaths = new HashMap<>();
  private final Set<String> definitions = new HashSet<>();
  private final Set<String> declared = new HashSet<>();
  private final Set<String> written = new HashSet<>();

  /** Whether a line of NDJSON needs to be parsed for this. */
  public static boolean isOfInterest(String line) {
    return OF_INTEREST.matcher(line).find();
  }

  /** Takes note of one resource. */
  public void see(ObjectNode resource, BundleNames names) {
    switch (resource.path("resourceType").asText()) {
      case "Patient" ->
          BundleNames.name(resource)
              .ifPresent(
                  name ->
                      deaths.merge(
                          name,
                          resource.path("deceasedDateTime").asText(),
                          (one, other) -> other.isEmpty() ? one : other));
      case "Provenance" -> {
        if (isOfAi(resource)) {
          for (JsonNode target : resource.path("target")) {
            names.resolve(target.path("reference").asText()).ifPresent(written::add);
          }
        }
      }
      default -> {
        if (isDefinition(resource)) {
          BundleNames.name(resource).ifPresent(definitions::add);
          declare(resource);
          String version = resource.path("version").asText();
          declared.add(resource.path("url").asText() + "|" + version);
        }
      }
    }
  }

  private void declare(JsonNode node) {
    if (node.isTextual() && node.textValue().length() <= LONGEST_NAME) {
      declared.add(node.textValue());
    }
    node.forEach(this::declare);
  }

  /** Whether a resource is a definition of ours, which holds no patient's data. */
  boolean isDefinition(JsonNode resource) {
    Set<String> profiles = elements.definitionProfiles(resource.path("resourceType").asText());
    for (JsonNode profile : resource.path("meta").path("profile")) {
      if (profiles.contains(profile.asText())) {
        return !resource.has("patient") && refersToDefinitionsAlone(resource);
      }
    }
    return false;
  }

  /** A person could be named by a URL as well, so that only what is no person's passes. */
  private static boolean refersToDefinitionsAlone(JsonNode node) {
    if (node.has("reference") && !NO_PERSON.matcher(node.path("reference").asText()).matches()) {
      return false;
    }
    for (JsonNode child : node) {
      if (!refersToDefinitionsAlone(child)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a Provenance says that a model wrote its targets. */
  static boolean isOfAi(JsonNode provenance) {
    for (JsonNode reason : provenance.path("reason")) {
      if (hasCode(reason, AI_LABEL)) {
        return true;
      }
    }
    for (JsonNode agent : provenance.path("agent")) {
      for (JsonNode role : agent.path("role")) {
        if (hasCode(role, AI_ROLE)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasCode(JsonNode concept, String code) {
    for (JsonNode coding : concept.path("coding")) {
      if (coding.path("code").asText().equals(code)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a model wrote a resource: its own label says so, or a Provenance does. */
  boolean isAiWritten(JsonNode resource) {
    for (JsonNode label : resource.path("meta").path("security")) {
      if (label.path("code").asText().equals(AI_LABEL)) {
        return true;
      }
    }
    return resource.path("resourceType").asText().equals("Provenance")
        ? isOfAi(resource)
        : BundleNames.name(resource).filter(written::contains).isPresent();
  }

  boolean isDefinition(String name) {
    return definitions.contains(name);
  }

  boolean isDeclared(String name) {
    return declared.contains(name);
  }

  /** When a patient died, as written; empty if the input does not say. */
  Optional<String> death(String patient) {
    return Optional.ofNullable(deaths.get(patient)).filter(text -> !text.isEmpty());
  }

  Elements elements() {
    return elements;
  }
}
