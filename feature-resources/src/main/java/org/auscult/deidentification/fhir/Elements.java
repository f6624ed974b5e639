package org.auscult.deidentification.fhir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The list of elements that pass: {@code elements.txt}. */
final class Elements {
  private final Map<String, Element> types = new HashMap<>();
  private final Map<String, String> extensions = new HashMap<>();
  private final Map<String, Set<String>> definitions = new HashMap<>();

  /** One element, with those below it; or with its rule, if it is a leaf. */
  static final class Element {
    private final Map<String, Element> children = new HashMap<>();
    private @Nullable Rule rule;
    private List<String> codes = List.of();
    private boolean needed;

    @Nullable Element child(String name) {
      return children.get(name);
    }

    @Nullable Element extension(String url) {
      return children.get(extensionName(url));
    }

    /** Null for what only holds others. */
    @Nullable Rule rule() {
      return rule;
    }

    List<String> codes() {
      return codes;
    }

    /** Whether what holds it goes where it may not pass. */
    boolean isNeeded() {
      return needed;
    }

    Map<String, Element> children() {
      return Map.copyOf(children);
    }
  }

  /** How an element is masked; the list explains each. */
  enum Rule {
    BOOLEAN,
    NUMBER,
    CODE,
    DATE,
    INSTANT,
    PERIOD,
    CONCEPT,
    CODING,
    QUANTITY,
    RANGE,
    RATIO,
    MONEY,
    PATIENT,
    REFERENCE,
    DECLARED,
    ADDRESS
  }

  private Elements() {}

  /** The list that ships. */
  static Elements standard() {
    Elements elements = new Elements();
    for (String line : lines("elements.txt")) {
      elements.read(List.of(line.split("\\s+")));
    }
    return elements;
  }

  /** Lines of a file beside this class, without comments. */
  static List<String> lines(String file) {
    try (InputStream in = Objects.requireNonNull(Elements.class.getResourceAsStream(file), file);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(String::trim)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(List<String> words) {
    switch (words.get(0)) {
      case "extension" -> extensions.put(words.get(1), words.get(2));
      case "definition" ->
          definitions.computeIfAbsent(words.get(1), t -> new HashSet<>()).add(words.get(2));
      default -> element(words);
    }
  }

  private void element(List<String> words) {
    String path = words.get(0);
    boolean needed = path.endsWith("!");
    String[] names = (needed ? path.substring(0, path.length() - 1) : path).split("\\.", -1);
    Element element = types.computeIfAbsent(names[0], t -> new Element());
    for (int i = 1; i < names.length; i++) {
      element = element.children.computeIfAbsent(resolved(names[i]), n -> new Element());
    }
    element.rule = Rule.valueOf(words.get(1).toUpperCase(Locale.ROOT));
    element.codes = words.subList(2, words.size());
    element.needed = needed;
  }

  /** Extensions stand by a short name in the list, by their URL here. */
  private String resolved(String name) {
    if (!name.startsWith("extension(")) {
      return name;
    }
    String alias = name.substring("extension(".length(), name.length() - 1);
    return extensionName(extensions.getOrDefault(alias, alias));
  }

  private static String extensionName(String url) {
    return "extension(" + url + ")";
  }

  /** The elements of a type; null for a type that does not pass. */
  @Nullable Element type(String type) {
    return types.get(type);
  }

  Set<String> types() {
    return Set.copyOf(types.keySet());
  }

  /** Profiles by which a resource of this type is a definition of ours. */
  Set<String> definitionProfiles(String type) {
    return definitions.getOrDefault(type, Set.of());
  }

  Set<String> definitionTypes() {
    return Set.copyOf(definitions.keySet());
  }
}
