package org.auscult.golden.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A value in a golden file, with its place.
 *
 * @param place {@code cases[2].expect}; empty for the whole file
 */
record Node(JsonNode json, String place, Complaints complaints) {
  void complain(String what, String remedy) {
    complaints.add(place, what, remedy);
  }

  /** Whether it is an object that has none but these members; complains otherwise. */
  boolean isObjectOf(Set<String> members) {
    if (!json.isObject()) {
      complain("it is " + kind() + ", not an object", "Write {...} with " + sorted(members) + ".");
      return false;
    }
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!members.contains(name)) {
                at(name, json.get(name))
                    .complain("the member is not known", "Use one of " + sorted(members) + ".");
              }
            });
    return true;
  }

  /** Null if it is not there. */
  @Nullable Node member(String name) {
    JsonNode found = json.get(name);
    return found == null ? null : at(name, found);
  }

  Node required(String name, String remedy) {
    Node found = member(name);
    if (found == null) {
      complain("there is no '" + name + "'", remedy);
      return at(name, MissingNode.getInstance());
    }
    return found;
  }

  /** A text; null, with a complaint, if it is something else, and null if it is not there. */
  @Nullable String text(String name) {
    Node found = member(name);
    return found == null ? null : found.text();
  }

  @Nullable String text() {
    if (json.isMissingNode()) {
      return null;
    }
    if (json.isTextual() && !json.asText().isBlank()) {
      return json.asText();
    }
    complain(
        json.isTextual() ? "it is empty" : "it is " + kind() + ", not a text", "Write \"...\".");
    return null;
  }

  /** The elements of an array that may be left out. */
  List<Node> elements(String name, int most) {
    Node found = member(name);
    return found == null ? List.of() : found.elements(most);
  }

  List<Node> elements(int most) {
    if (!json.isArray()) {
      complain("it is " + kind() + ", not an array", "Write [...].");
      return List.of();
    }
    if (json.size() > most) {
      complain("it has " + json.size() + " elements, and " + most + " are the most", "Split it.");
      return List.of();
    }
    List<Node> elements = new ArrayList<>();
    for (int i = 0; i < json.size(); i++) {
      elements.add(new Node(json.get(i), place + "[" + i + "]", complaints));
    }
    return elements;
  }

  /** The members of an object whose names are free. */
  List<Node> members(int most) {
    if (!json.isObject()) {
      complain("it is " + kind() + ", not an object", "Write {...}.");
      return List.of();
    }
    if (json.size() > most) {
      complain("it has " + json.size() + " members, and " + most + " are the most", "Split it.");
      return List.of();
    }
    List<Node> members = new ArrayList<>();
    json.fieldNames().forEachRemaining(name -> members.add(at(name, json.get(name))));
    return members;
  }

  Node with(Complaints others) {
    return new Node(json, place, others);
  }

  private Node at(String name, JsonNode found) {
    return new Node(found, place.isEmpty() ? name : place + "." + name, complaints);
  }

  private String kind() {
    return switch (json.getNodeType()) {
      case ARRAY -> "an array";
      case OBJECT, POJO -> "an object";
      case STRING, BINARY -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "a truth value";
      case NULL -> "null";
      case MISSING -> "nothing";
    };
  }

  private static Set<String> sorted(Set<String> names) {
    return new TreeSet<>(names);
  }
}
