package org.auscult.cds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.timeline.Code;
import org.jspecify.annotations.Nullable;

/**
 * What an order is for, read from its JSON: every coding, and a text for people. Other parts of the
 * order are not looked at, so that a client which writes a category as an object, or a dosage in
 * the form of an older FHIR version, is understood all the same.
 *
 * @param unresolved the Medication that it names and that nobody brought; null if there is none
 */
record OrderedThing(Set<Code> codes, String text, @Nullable String unresolved) {
  private static final int LONGEST_CODE = 255;
  private static final int LONGEST_TEXT = 255;

  /** Where a concept stands, by the types that have it: all are singular in R4. */
  private static final List<String> CONCEPTS =
      List.of("medicationCodeableConcept", "code", "codeCodeableConcept", "itemCodeableConcept");

  /**
   * Something is not as FHIR writes it; without a message, because the place may be a patient's.
   */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException() {
      super(null, null, false, false);
    }
  }

  /** Looks up a Medication that an order names. */
  interface Medications {
    Optional<JsonNode> find(String reference);
  }

  OrderedThing {
    codes = Set.copyOf(codes);
  }

  /**
   * Reads one order.
   *
   * @throws UnreadableException if it may mean something else than its codes say
   */
  static OrderedThing of(JsonNode order, Medications medications) throws UnreadableException {
    requireKnownMeaning(order);
    Reading reading = new Reading();
    for (String name : CONCEPTS) {
      reading.concept(order.path(name));
    }
    for (JsonNode concept : diet(order)) {
      reading.concept(concept);
    }
    JsonNode reference = order.path("medicationReference");
    if (!reference.isMissingNode()) {
      reading.named(order, reference, medications);
    }
    return reading.finish();
  }

  /**
   * The same, with the Medication that it names.
   *
   * @throws UnreadableException if that may mean something else than its codes say
   */
  OrderedThing with(JsonNode medication) throws UnreadableException {
    Reading reading = new Reading();
    reading.codes.addAll(codes);
    if (!text.isEmpty()) {
      reading.texts.add(text);
    }
    Set<String> before = Set.copyOf(reading.texts);
    reading.medication(medication);
    if (!before.isEmpty()) {
      reading.texts.retainAll(before);
    }
    return reading.finish();
  }

  /** A modifier extension that we do not know may mean the opposite. */
  private static void requireKnownMeaning(JsonNode resource) throws UnreadableException {
    if (resource.has("modifierExtension") || resource.has("implicitRules")) {
      throw new UnreadableException();
    }
  }

  private static List<JsonNode> diet(JsonNode order) {
    List<JsonNode> concepts = new ArrayList<>();
    if (order.path("resourceType").asText().equals("NutritionOrder")) {
      order.path("oralDiet").path("type").forEach(concepts::add);
      order.path("supplement").forEach(supplement -> concepts.add(supplement.path("type")));
      concepts.add(order.path("enteralFormula").path("baseFormulaType"));
    }
    return concepts;
  }

  /** Gathers codes and texts of one order. */
  private static final class Reading {
    private final Set<Code> codes = new LinkedHashSet<>();
    private final Set<String> texts = new LinkedHashSet<>();
    private @Nullable String unresolved;

    void named(JsonNode order, JsonNode reference, Medications medications)
        throws UnreadableException {
      if (!reference.isObject()) {
        throw new UnreadableException();
      }
      String target = text(reference.path("reference"));
      Optional<JsonNode> medication =
          target.startsWith("#")
              ? contained(order, target.substring(1))
              : target.isEmpty() ? Optional.empty() : medications.find(target);
      if (medication.isPresent()) {
        medication(medication.get());
      } else if (!target.isEmpty() && !target.startsWith("#")) {
        unresolved = target;
      }
      if (texts.isEmpty()) {
        addText(text(reference.path("display")));
      }
    }

    private static Optional<JsonNode> contained(JsonNode order, String id) {
      for (JsonNode one : order.path("contained")) {
        String own = one.path("id").asText();
        if (own.equals(id) || own.equals("#" + id)) {
          return Optional.of(one);
        }
      }
      return Optional.empty();
    }

    private void medication(JsonNode medication) throws UnreadableException {
      requireKnownMeaning(medication);
      concept(medication.path("code"));
      for (JsonNode ingredient : medication.path("ingredient")) {
        if (ingredient.path("isActive").asBoolean(true)) {
          codings(ingredient.path("itemCodeableConcept"));
        }
      }
    }

    /** A concept; null and nothing are left out. */
    void concept(JsonNode concept) throws UnreadableException {
      String display = codings(concept);
      String text = text(concept.path("text"));
      addText(text.isEmpty() ? display : text);
    }

    /** The codings of a concept; gives the first display. */
    private String codings(JsonNode concept) throws UnreadableException {
      if (concept.isMissingNode() || concept.isNull()) {
        return "";
      }
      JsonNode codings = concept.path("coding");
      boolean listed = codings.isArray() || codings.isMissingNode() || codings.isNull();
      if (!concept.isObject() || !listed) {
        throw new UnreadableException();
      }
      String display = "";
      for (JsonNode coding : codings) {
        String code = text(coding.path("code"));
        String system = text(coding.path("system"));
        if (code.length() > LONGEST_CODE || system.length() > LONGEST_CODE) {
          throw new UnreadableException();
        }
        if (!code.isEmpty()) {
          codes.add(new Code(system, code));
        }
        display = display.isEmpty() ? text(coding.path("display")) : display;
      }
      return display;
    }

    private void addText(String text) {
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }

    private static String text(JsonNode value) throws UnreadableException {
      if (value.isMissingNode() || value.isNull()) {
        return "";
      }
      if (!value.isTextual() || !FhirText.isAllowed(value.textValue())) {
        throw new UnreadableException();
      }
      return value.textValue().strip();
    }

    OrderedThing finish() {
      String text = String.join(", ", texts);
      return new OrderedThing(
          codes,
          text.codePointCount(0, text.length()) <= LONGEST_TEXT
              ? text
              : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT - 1)) + "…",
          unresolved);
    }
  }
}
