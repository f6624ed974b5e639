package org.auscult.deidentification.fhir;

import static org.auscult.deidentification.fhir.ValueMasks.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.deidentification.Person;
import org.auscult.deidentification.Profile;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.deidentification.PseudonymMap;
import org.auscult.deidentification.Tally;
import org.auscult.deidentification.Tally.LeftOut;
import org.auscult.deidentification.fhir.Elements.Element;
import org.auscult.deidentification.fhir.Elements.Rule;
import org.auscult.deidentification.fhir.Scope.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * Makes the masked copy of a resource (safety rule 33): what the list names passes, masked by its
 * rule; all else is dropped and counted. Works on FHIR's JSON, so that what a parser would not know
 * is dropped like anything else that is not listed. Threads: not safe.
 */
public final class ResourceMasker {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String LABELS = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
  private static final String ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

  /** Names that our own operations bear, and which no definition in an export declares. */
  private static final String OURS = "https://auscult.org/fhir/OperationDefinition/";

  /** LOINC: age; age reported; age estimated. */
  private static final Set<String> AGES = Set.of("30525-0", "21612-7", "21611-9");

  private final Settings settings;
  private final PseudonymMap map;
  private final Survey survey;
  private final Tally tally;
  private final ElementNames elementNames;
  private final ValueMasks values;

  /**
   * What is wanted.
   *
   * @param today the day of the copy, at which the living are reckoned to be so old
   */
  public record Settings(
      Profile profile, LocalDate today, AiWritten aiWritten, ProtectedCodes withheld) {
    /** What a model wrote. */
    public enum AiWritten {
      KEEP,
      LEAVE_OUT
    }
  }

  public ResourceMasker(Settings settings, PseudonymMap map, Survey survey, Tally tally) {
    this.settings = settings;
    this.map = map;
    this.survey = survey;
    this.tally = tally;
    this.elementNames = ElementNames.ofTypesThatPass();
    this.values = new ValueMasks(settings.profile(), new CodeSystems(survey::isDeclared));
  }

  /** Whether resources of a type can be in a copy. */
  public boolean passes(String type) {
    Elements elements = survey.elements();
    return elements.type(type) != null || elements.definitionTypes().contains(type);
  }

  /**
   * Masks one resource.
   *
   * @param outside patients who are left out with all that is theirs, such as {@code Patient/12}
   * @return empty if it is not in the copy; the tally says why
   */
  public Optional<ObjectNode> mask(ObjectNode resource, BundleNames names, Set<String> outside) {
    String type = text(resource.path("resourceType"));
    if (survey.isDefinition(resource)) {
      tally.written(type);
      return Optional.of(definition(resource));
    }
    Element element = survey.elements().type(type);
    if (element == null) {
      return leftOut(ElementNames.type(type), LeftOut.TYPE);
    }
    if (hasModifier(resource)) {
      return leftOut(type, LeftOut.MODIFIER);
    }
    if (settings.aiWritten() == Settings.AiWritten.LEAVE_OUT && survey.isAiWritten(resource)) {
      return leftOut(type, LeftOut.AI_WRITTEN);
    }
    if (!settings.withheld().isEmpty() && isWithheld(resource)) {
      return leftOut(type, LeftOut.PROTECTED);
    }
    Optional<String> patient = patient(resource, element, names);
    if (patient.filter(outside::contains).isPresent()) {
      return leftOut(type, LeftOut.BELOW_K);
    }
    ObjectNode masked = masked(resource, element, names, patient.map(this::person).orElse(null));
    if (masked == null) {
      return leftOut(type, LeftOut.EMPTIED);
    }
    tally.written(type);
    return Optional.of(masked);
  }

  private Optional<ObjectNode> leftOut(String type, LeftOut why) {
    tally.leftOut(type, why);
    return Optional.empty();
  }

  /** A definition keeps its id: it is no person's, and the same one stands on other servers. */
  private static ObjectNode definition(ObjectNode resource) {
    ObjectNode kept = resource.deepCopy();
    kept.remove(List.of("text", "contained"));
    JsonNode profiles = kept.path("meta").path("profile");
    kept.set("meta", JSON.objectNode().set("profile", profiles));
    return kept;
  }

  /** FHIR forbids to read what has a modifier that one does not know. */
  private static boolean hasModifier(JsonNode node) {
    if (node.has("modifierExtension") || node.has("implicitRules")) {
      return true;
    }
    for (JsonNode child : node) {
      if (child.isContainerNode() && hasModifier(child)) {
        return true;
      }
    }
    return false;
  }

  private boolean isWithheld(JsonNode node) {
    if (node.isObject()
        && settings.withheld().contains(text(node.path("system")), text(node.path("code")))) {
      return true;
    }
    for (JsonNode child : node) {
      if (child.isContainerNode() && isWithheld(child)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> patient(ObjectNode resource, Element element, BundleNames names) {
    if (text(resource.path("resourceType")).equals("Patient")) {
      return BundleNames.name(resource);
    }
    return element.children().entrySet().stream()
        .filter(child -> child.getValue().rule() == Rule.PATIENT)
        .map(child -> text(resource.path(child.getKey()).path("reference")))
        .flatMap(reference -> names.resolve(reference).stream())
        .filter(name -> name.startsWith("Patient/"))
        .findFirst();
  }

  private Person person(String patient) {
    int shift = settings.profile() == Profile.EXPERT ? map.shiftDays(patient) : 0;
    return Person.of(survey.death(patient).orElse(null), settings.today(), shift);
  }

  private @Nullable ObjectNode masked(
      ObjectNode resource, Element element, BundleNames names, @Nullable Person person) {
    String type = text(resource.path("resourceType"));
    Numbers numbers = isAge(resource.path("code")) ? Numbers.AGES : Numbers.OTHER;
    ArrayNode kept = JSON.arrayNode();
    Map<String, String> contained = contained(resource, names, person, kept);
    Scope scope = new Scope(person, names, contained, numbers);
    ObjectNode body = group(element, resource, type, scope);
    if (body == null) {
      return null;
    }
    ObjectNode masked = JSON.objectNode().put("resourceType", type);
    masked.put("id", BundleNames.name(resource).map(map::pseudonym).orElseGet(map::fresh));
    masked.set("meta", meta(resource.path("meta"), type, scope));
    if (!kept.isEmpty()) {
      masked.set("contained", kept);
    }
    masked.setAll(body);
    if (type.equals("Provenance") && !masked.has("recorded")) {
      // R4 asks for it; that it is masked may stand in its place.
      ObjectNode absent = JSON.objectNode();
      absent.putArray("extension").addObject().put("url", ABSENT).put("valueCode", "masked");
      masked.set("_recorded", absent);
    }
    return masked;
  }

  private static boolean isAge(JsonNode code) {
    for (JsonNode coding : code.path("coding")) {
      if (AGES.contains(text(coding.path("code")))) {
        return true;
      }
    }
    return false;
  }

  /** Masks contained resources, which are no one's but their holder's, and names them anew. */
  private Map<String, String> contained(
      ObjectNode resource, BundleNames names, @Nullable Person person, ArrayNode kept) {
    Map<String, String> renamed = new HashMap<>();
    for (JsonNode each : resource.path("contained")) {
      String type = text(each.path("resourceType"));
      Element element = survey.elements().type(type);
      ObjectNode body =
          element == null || !(each instanceof ObjectNode object)
              ? null
              : group(element, object, type, new Scope(person, names, Map.of(), Numbers.OTHER));
      if (body == null) {
        tally.dropped(text(resource.path("resourceType")) + ".contained");
      } else {
        String id = "c" + (kept.size() + 1);
        renamed.put("#" + text(each.path("id")), "#" + id);
        ObjectNode masked = JSON.objectNode().put("resourceType", type).put("id", id);
        masked.setAll(body);
        kept.add(masked);
      }
    }
    return renamed;
  }

  private ObjectNode meta(JsonNode meta, String type, Scope scope) {
    ObjectNode masked = JSON.objectNode();
    JsonNode updated =
        meta.has("lastUpdated") ? values.instant(meta.path("lastUpdated"), scope) : null;
    if (updated != null) {
      masked.set("lastUpdated", updated);
    }
    ArrayNode security = codings(meta.path("security"), type + ".meta.security");
    if (!security.toString().contains("\"PSEUDED\"")) {
      security.addObject().put("system", LABELS).put("code", "PSEUDED");
    }
    masked.set("security", security);
    ArrayNode tags = codings(meta.path("tag"), type + ".meta.tag");
    if (!tags.isEmpty()) {
      masked.set("tag", tags);
    }
    for (String name : new String[] {"profile", "source", "versionId", "extension"}) {
      if (meta.has(name)) {
        tally.dropped(type + ".meta." + name);
      }
    }
    return masked;
  }

  private ArrayNode codings(JsonNode given, String path) {
    ArrayNode kept = JSON.arrayNode();
    for (JsonNode coding : given) {
      JsonNode masked = values.coding(coding);
      if (masked == null) {
        tally.dropped(path);
      } else {
        kept.add(masked);
      }
    }
    return kept;
  }

  /** Null if nothing of it passes, or not what it needs. */
  private @Nullable ObjectNode group(Element element, ObjectNode given, String path, Scope scope) {
    ObjectNode masked = JSON.objectNode();
    for (Iterator<Map.Entry<String, JsonNode>> fields = given.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      String name = field.getKey();
      if (isOurs(name, path)) {
        continue;
      }
      if (name.equals("extension")) {
        ArrayNode extensions = extensions(element, field.getValue(), path, scope);
        if (!extensions.isEmpty()) {
          masked.set(name, extensions);
        }
        continue;
      }
      Element child = element.child(name);
      if (child == null) {
        tally.dropped(path + "." + elementNames.safe(name));
        continue;
      }
      JsonNode value = masked(child, field.getValue(), path + "." + name, scope);
      if (value != null) {
        masked.set(name, value);
      } else if (child.isNeeded()) {
        return null;
      }
    }
    return masked.isEmpty() && path.contains(".") ? null : masked;
  }

  /** What the resource itself is given anew. */
  private static boolean isOurs(String name, String path) {
    return !path.contains(".") && Set.of("resourceType", "id", "meta", "contained").contains(name);
  }

  private ArrayNode extensions(Element element, JsonNode given, String path, Scope scope) {
    ArrayNode kept = JSON.arrayNode();
    for (JsonNode each : given) {
      String url = text(each.path("url"));
      Element known = element.extension(url);
      if (known == null || !(each instanceof ObjectNode extension)) {
        tally.dropped(path + ".extension");
        continue;
      }
      ObjectNode rest = extension.deepCopy();
      rest.remove("url");
      ObjectNode masked = group(known, rest, path + ".extension", scope);
      if (masked != null) {
        ObjectNode named = JSON.objectNode().put("url", url);
        named.setAll(masked);
        kept.add(named);
      }
    }
    return kept;
  }

  private @Nullable JsonNode masked(Element element, JsonNode given, String path, Scope scope) {
    if (given.isArray()) {
      ArrayNode kept = JSON.arrayNode();
      for (JsonNode each : given) {
        JsonNode masked = each.isArray() ? null : masked(element, each, path, scope);
        if (masked != null) {
          kept.add(masked);
        }
      }
      return kept.isEmpty() ? null : kept;
    }
    Rule rule = element.rule();
    JsonNode masked =
        rule != null
            ? byRule(element, rule, given, scope)
            : given instanceof ObjectNode object ? group(element, object, path, scope) : null;
    if (masked == null) {
      tally.dropped(path);
    }
    return masked;
  }

  private @Nullable JsonNode byRule(Element element, Rule rule, JsonNode given, Scope scope) {
    return switch (rule) {
      case PATIENT -> reference(given, scope, "Patient/");
      case REFERENCE -> reference(given, scope, "");
      case DECLARED -> {
        String name = text(given);
        yield survey.isDeclared(name) || name.equals(OURS + "patient-predict")
            ? TextNode.valueOf(name)
            : null;
      }
      default -> values.mask(element, rule, given, scope);
    };
  }

  private @Nullable JsonNode reference(JsonNode given, Scope scope, String start) {
    String reference = text(given.path("reference"));
    String contained = scope.contained().get(reference);
    if (contained != null) {
      return start.isEmpty() ? JSON.objectNode().put("reference", contained) : null;
    }
    String name = scope.names().resolve(reference).filter(n -> n.startsWith(start)).orElse("");
    if (survey.isDefinition(name)) {
      return JSON.objectNode().put("reference", name);
    }
    String type = name.substring(0, Math.max(0, name.indexOf('/')));
    return survey.elements().type(type) == null
        ? null
        : JSON.objectNode().put("reference", type + "/" + map.pseudonym(name));
  }
}
