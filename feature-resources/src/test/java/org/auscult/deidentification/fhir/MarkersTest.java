package org.auscult.deidentification.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.auscult.deidentification.Profile;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.deidentification.PseudonymMap;
import org.auscult.deidentification.Tally;
import org.auscult.deidentification.fhir.Elements.Element;
import org.auscult.deidentification.fhir.Elements.Rule;
import org.auscult.deidentification.fhir.ResourceMasker.Settings;
import org.auscult.deidentification.fhir.ResourceMasker.Settings.AiWritten;
import org.hl7.fhir.r4.model.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * Markers are planted in every element of every type by walking HAPI's model; none of them may be
 * in a masked copy, nor in what is said of it.
 *
 * <p>Safety: 33.
 */
class MarkersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Elements ELEMENTS = Elements.standard();

  private final Tally tally = new Tally();

  private ResourceMasker masker(Profile profile) {
    Settings settings =
        new Settings(profile, LocalDate.of(2026, 11, 21), AiWritten.KEEP, ProtectedCodes.NONE);
    return new ResourceMasker(settings, new PseudonymMap(new SecureRandom()), new Survey(), tally);
  }

  @Property(tries = 10)
  void noMarkerPasses(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    for (String type : new TreeSet<>(ELEMENTS.types())) {
      for (Profile profile : Profile.values()) {
        Planted planted = new Planted(random);
        ObjectNode resource = (ObjectNode) JSON.readTree(planted.json(type));
        Element element = ELEMENTS.type(type);
        assertThat(element).isNotNull();
        repair(resource, Objects.requireNonNull(element), planted);
        plantUnknown(resource, planted, random);

        Optional<ObjectNode> masked = masker(profile).mask(resource, BundleNames.NONE, Set.of());

        assertThat(masked).as(type + " is in the copy").isPresent();
        assertThat(planted.markers).hasSizeGreaterThan(20);
        check(masked.get(), planted.markers, type + ", " + profile.code());
        if (profile == Profile.SAFE_HARBOR) {
          noDate(masked.get(), type);
        }
      }
    }
  }

  /** Types that do not pass, and those that pass, just as they were planted. */
  @Property(tries = 3)
  void noMarkerOfAnyTypePasses(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    for (ResourceType type : ResourceType.values()) {
      Planted planted = new Planted(random);
      ObjectNode resource = (ObjectNode) JSON.readTree(planted.json(type.name()));
      for (Profile profile : Profile.values()) {
        masker(profile)
            .mask(resource, BundleNames.NONE, Set.of())
            .ifPresent(masked -> check(masked, planted.markers, type + ", " + profile.code()));
      }
    }
  }

  @Example
  void aModifierThatWeDoNotKnowKeepsAResourceOut() throws IOException {
    ObjectNode resource =
        (ObjectNode)
            JSON.readTree(
                "{\"resourceType\":\"Observation\",\"status\":\"final\",\"modifierExtension\":[]}");
    assertThat(masker(Profile.LIMITED).mask(resource, BundleNames.NONE, Set.of())).isEmpty();
  }

  private void check(ObjectNode masked, List<String> markers, String as) {
    String text = masked.toString();
    for (String marker : markers) {
      assertThat(text).as(as).doesNotContain(marker);
    }
    String said = tally.dropped().keySet() + " " + tally.leftOut().keySet();
    for (String marker : markers) {
      assertThat(said).as("report of " + as).doesNotContain(marker);
    }
  }

  private static void noDate(JsonNode node, String as) {
    for (JsonNode child : node) {
      noDate(child, as);
    }
    if (node.isTextual()) {
      assertThat(node.textValue()).as(as).doesNotMatch("\\d{4}-\\d{2}(-\\d{2}.*)?");
    }
  }

  /**
   * Gives each element that passes a valid value, so that the resource does pass, with markers
   * wherever a valid value has room for them.
   */
  private static void repair(ObjectNode holder, Element element, Planted planted) {
    for (Map.Entry<String, Element> child : element.children().entrySet()) {
      String name = child.getKey();
      JsonNode given = holder.path(name);
      Rule rule = child.getValue().rule();
      if (rule != null) {
        JsonNode valid = valid(rule, child.getValue(), given, planted);
        if (valid != null) {
          holder.set(name, given.isArray() ? JSON.createArrayNode().add(valid) : valid);
        }
      } else if (given instanceof ArrayNode list) {
        list.forEach(each -> repairGroup(each, child.getValue(), planted));
      } else {
        repairGroup(given, child.getValue(), planted);
      }
    }
  }

  private static void repairGroup(JsonNode given, Element element, Planted planted) {
    if (given instanceof ObjectNode object) {
      repair(object, element, planted);
    }
  }

  private static @Nullable JsonNode valid(
      Rule rule, Element element, JsonNode given, Planted planted) {
    return switch (rule) {
      case CODE -> TextNode.valueOf(element.codes().get(0));
      case CODING -> coding(planted);
      case CONCEPT -> {
        ObjectNode concept = JSON.createObjectNode().put("text", planted.marker());
        ArrayNode codings = concept.putArray("coding").add(coding(planted));
        codings.addObject().put("system", "http://loinc.org").put("code", planted.marker());
        codings.addObject().put("system", planted.marker()).put("code", "8302-2");
        yield concept;
      }
      case PATIENT -> reference("Patient/" + id(planted), planted);
      case REFERENCE -> reference("Observation/" + id(planted) + "/_history/7", planted);
      case QUANTITY ->
          ((ObjectNode) (given.isObject() ? given : JSON.createObjectNode()))
              .put("value", 5)
              .put("comparator", "<")
              .put("unit", planted.marker())
              .put("system", "http://unitsofmeasure.org")
              .put("code", "mg");
      case BOOLEAN, NUMBER, DATE, INSTANT, PERIOD, RANGE, RATIO, MONEY, DECLARED, ADDRESS -> null;
    };
  }

  private static ObjectNode coding(Planted planted) {
    return JSON.createObjectNode()
        .put("system", "http://loinc.org")
        .put("code", "8302-2")
        .put("display", planted.marker())
        .put("version", planted.marker());
  }

  private static ObjectNode reference(String reference, Planted planted) {
    ObjectNode node = JSON.createObjectNode().put("reference", reference);
    node.put("display", planted.marker()).put("type", planted.marker());
    node.putObject("identifier").put("system", planted.marker()).put("value", planted.marker());
    return node;
  }

  private static String id(Planted planted) {
    return planted.marker();
  }

  /**
   * Elements and texts that no model has: a name, a sibling of a primitive, codes as plain text.
   */
  private static void plantUnknown(ObjectNode resource, Planted planted, Random random) {
    resource.put(planted.marker(), planted.marker());
    resource.putObject("_birthDate").put("id", planted.marker());
    resource.putArray("comments").add(planted.marker()).addObject().put("x", planted.marker());
    ObjectNode contained = resource.putArray("contained").addObject();
    contained.put("resourceType", "Medication").put("id", planted.marker());
    contained.putObject("code").put("text", planted.marker());
    List<String> names = new ArrayList<>();
    resource.fieldNames().forEachRemaining(names::add);
    // Without it an order would say something else: the whole resource would be left out.
    names.remove("doNotPerform");
    String one = names.get(random.nextInt(names.size()));
    if (resource.path(one).isNumber() || resource.path(one).isBoolean()) {
      resource.put(one, planted.marker());
    }
  }
}
