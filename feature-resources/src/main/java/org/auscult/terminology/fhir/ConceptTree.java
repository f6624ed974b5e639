package org.auscult.terminology.fhir;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemHierarchyMeaning;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeSystem.ConceptPropertyComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetFilterComponent;
import org.jspecify.annotations.Nullable;

/**
 * The concepts of one CodeSystem with their parents: by nesting, and by the properties {@code
 * parent}, {@code child} and {@code subsumedBy}.
 */
final class ConceptTree {
  private static final Set<String> CODE = Set.of("concept", "code");
  private static final Set<String> PARENT = Set.of("parent", "subsumedBy");
  private static final String CHILD = "child";

  private final String system;
  private final Map<String, Map<String, Set<String>>> properties = new LinkedHashMap<>();
  private final Map<String, Set<String>> children = new HashMap<>();
  private final Map<String, Set<String>> parents = new HashMap<>();
  private final Set<String> declared = new HashSet<>();
  private final boolean isSubsumption;

  private ConceptTree(CodeSystem codeSystem) {
    system = codeSystem.getUrl();
    CodeSystemHierarchyMeaning meaning = codeSystem.getHierarchyMeaning();
    isSubsumption =
        meaning != CodeSystemHierarchyMeaning.PARTOF
            && meaning != CodeSystemHierarchyMeaning.CLASSIFIEDWITH;
    codeSystem.getProperty().forEach(property -> declared.add(property.getCode()));
    read(codeSystem.getConcept());
  }

  /**
   * @throws CannotExpand if the CodeSystem holds only some of its concepts
   */
  static ConceptTree of(CodeSystem codeSystem) throws CannotExpand {
    String url = codeSystem.getUrl();
    if (codeSystem.getContent() != CodeSystemContentMode.COMPLETE) {
      String content =
          codeSystem.hasContent() ? codeSystem.getContent().toCode() : "not said to be complete";
      throw new CannotExpand(
          "the CodeSystem " + url + " does not hold all of its codes (content " + content + ")");
    }
    ConceptTree tree = new ConceptTree(codeSystem);
    if (codeSystem.hasCount() && codeSystem.getCount() != tree.properties.size()) {
      throw new CannotExpand(
          "the CodeSystem %s says that it has %d codes, and holds %d"
              .formatted(url, codeSystem.getCount(), tree.properties.size()));
    }
    return tree;
  }

  private void read(List<ConceptDefinitionComponent> roots) {
    Deque<ConceptDefinitionComponent> next = new ArrayDeque<>(roots);
    while (!next.isEmpty()) {
      ConceptDefinitionComponent concept = next.removeFirst();
      Map<String, Set<String>> own =
          properties.computeIfAbsent(concept.getCode(), c -> new HashMap<>());
      for (ConceptPropertyComponent property : concept.getProperty()) {
        String value = text(property);
        if (value != null) {
          own.computeIfAbsent(property.getCode(), c -> new HashSet<>()).add(value);
          declared.add(property.getCode());
          if (PARENT.contains(property.getCode())) {
            link(value, concept.getCode());
          } else if (CHILD.equals(property.getCode())) {
            link(concept.getCode(), value);
          }
        }
      }
      for (ConceptDefinitionComponent child : concept.getConcept()) {
        link(concept.getCode(), child.getCode());
        next.add(child);
      }
    }
  }

  private void link(String parent, String child) {
    children.computeIfAbsent(parent, c -> new LinkedHashSet<>()).add(child);
    parents.computeIfAbsent(child, c -> new LinkedHashSet<>()).add(parent);
  }

  private static @Nullable String text(ConceptPropertyComponent property) {
    if (property.getValue() instanceof Coding coding) {
      return coding.getCode();
    }
    return property.hasValue() ? property.getValue().primitiveValue() : null;
  }

  Set<String> all() {
    return properties.keySet();
  }

  boolean isInactive(String code) {
    Map<String, Set<String>> own = properties.getOrDefault(code, Map.of());
    return own.getOrDefault("inactive", Set.of()).contains("true")
        || own.getOrDefault("status", Set.of()).contains("retired");
  }

  /**
   * The codes that pass a filter.
   *
   * @throws CannotExpand if the filter is not one of those that are known, or names what is not
   *     there
   */
  Set<String> select(ConceptSetFilterComponent filter) throws CannotExpand {
    String property = filter.getProperty();
    String value = filter.getValue();
    if (property == null || !filter.hasOp() || value == null) {
      throw new CannotExpand("a filter on " + system + " lacks its property, op or value");
    }
    if (CODE.contains(property)) {
      return byCode(filter, value);
    }
    return switch (filter.getOp()) {
      case EQUAL ->
          switch (property) {
            case "parent" -> subsumption(filter, children.getOrDefault(known(value), Set.of()));
            case "child" -> subsumption(filter, parents.getOrDefault(known(value), Set.of()));
            case "ancestor" -> subsumption(filter, below(known(value)));
            default -> byProperty(property, List.of(value), true);
          };
      case IN -> byProperty(property, list(value), true);
      case NOTIN -> byProperty(property, list(value), false);
      case EXISTS -> having(property, value.equals("true"));
      default -> throw unknown(filter);
    };
  }

  private Set<String> byCode(ConceptSetFilterComponent filter, String value) throws CannotExpand {
    return switch (filter.getOp()) {
      case EQUAL -> Set.of(known(value));
      case IN -> allKnown(value);
      case NOTIN -> without(allKnown(value));
      case ISA -> subsumption(filter, with(known(value), below(value)));
      case DESCENDENTOF -> subsumption(filter, below(known(value)));
      case ISNOTA -> without(subsumption(filter, with(known(value), below(value))));
      default -> throw unknown(filter);
    };
  }

  private CannotExpand unknown(ConceptSetFilterComponent filter) {
    return new CannotExpand(
        "the filter '%s %s %s' on %s is not one that can be expanded here"
            .formatted(filter.getProperty(), filter.getOp().toCode(), filter.getValue(), system));
  }

  private Set<String> subsumption(ConceptSetFilterComponent filter, Set<String> codes)
      throws CannotExpand {
    if (!isSubsumption) {
      throw new CannotExpand(
          "the CodeSystem "
              + system
              + " says that its hierarchy is none of kinds, which the filter '"
              + filter.getProperty()
              + " "
              + filter.getOp().toCode()
              + "' asks for");
    }
    for (String code : codes) {
      known(code);
    }
    return codes;
  }

  private String known(String code) throws CannotExpand {
    if (!properties.containsKey(code)) {
      throw new CannotExpand("the CodeSystem " + system + " has no concept " + code);
    }
    return code;
  }

  private Set<String> allKnown(String value) throws CannotExpand {
    Set<String> codes = new LinkedHashSet<>();
    for (String code : list(value)) {
      codes.add(known(code));
    }
    return codes;
  }

  private static List<String> list(String value) {
    return Arrays.stream(value.split(",")).map(String::trim).filter(v -> !v.isEmpty()).toList();
  }

  private Set<String> below(String code) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> next = new ArrayDeque<>(children.getOrDefault(code, Set.of()));
    while (!next.isEmpty()) {
      String one = next.removeFirst();
      if (!one.equals(code) && found.add(one)) {
        next.addAll(children.getOrDefault(one, Set.of()));
      }
    }
    return found;
  }

  private static Set<String> with(String code, Set<String> others) {
    Set<String> all = new LinkedHashSet<>(others);
    all.add(code);
    return all;
  }

  private Set<String> without(Set<String> codes) {
    Set<String> rest = new LinkedHashSet<>(properties.keySet());
    rest.removeAll(codes);
    return rest;
  }

  private Set<String> byProperty(String property, Collection<String> values, boolean isIn)
      throws CannotExpand {
    having(property, true);
    return properties.entrySet().stream()
        .filter(
            concept ->
                isIn
                    == concept.getValue().getOrDefault(property, Set.of()).stream()
                        .anyMatch(values::contains))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** A property that no concept has is one that was misspelt. */
  private Set<String> having(String property, boolean has) throws CannotExpand {
    if (!declared.contains(property)) {
      throw new CannotExpand("the CodeSystem " + system + " has no property " + property);
    }
    return properties.entrySet().stream()
        .filter(concept -> has == concept.getValue().containsKey(property))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
