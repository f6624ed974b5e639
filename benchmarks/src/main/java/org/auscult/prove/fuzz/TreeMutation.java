package org.auscult.prove.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Changes a JSON tree in one place. */
final class TreeMutation {
  private TreeMutation() {}

  /** Changes one place of it; the tree itself where that is the whole. */
  static JsonNode of(JsonNode tree, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(tree, containers);
    if (containers.isEmpty() || random.nextInt(40) == 0) {
      return Nasty.value(random);
    }
    JsonNode place = containers.get(random.nextInt(containers.size()));
    if (place instanceof ObjectNode object) {
      change(object, random);
    } else if (place instanceof ArrayNode array) {
      change(array, random);
    }
    return tree;
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private static void change(ObjectNode object, Random random) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
    JsonNode value = object.path(name);
    switch (random.nextInt(8)) {
      case 0 -> object.remove(name);
      case 1 -> {
        object.remove(name);
        object.set(Nasty.text(random), value);
      }
      case 2 -> object.set(name, object.arrayNode().add(value));
      case 3 -> object.set("_" + name, Nasty.value(random));
      case 4 -> object.set(name, object.objectNode().set(name, value));
      default -> object.set(name, changed(value, random));
    }
  }

  /** Of the same kind, or another. */
  private static JsonNode changed(JsonNode value, Random random) {
    if (value.isTextual() && random.nextBoolean()) {
      return TextNode.valueOf(spoilt(value.asText(), random));
    }
    return Nasty.value(random);
  }

  /** A text that is almost right. */
  static String spoilt(String text, Random random) {
    int at = text.isEmpty() ? 0 : random.nextInt(text.length());
    return switch (random.nextInt(5)) {
      case 0 -> text.substring(0, at);
      case 1 -> text + Nasty.text(random);
      case 2 -> text.substring(0, at) + Nasty.text(random) + text.substring(at);
      case 3 -> text.toUpperCase(Locale.ROOT);
      default -> Nasty.text(random);
    };
  }

  private static void change(ArrayNode array, Random random) {
    if (array.isEmpty()) {
      array.add(Nasty.value(random));
      return;
    }
    int at = random.nextInt(array.size());
    switch (random.nextInt(4)) {
      case 0 -> array.remove(at);
      case 1 -> array.add(array.get(at).deepCopy());
      case 2 -> array.insert(at, Nasty.value(random));
      default -> array.set(at, Nasty.value(random));
    }
  }
}
