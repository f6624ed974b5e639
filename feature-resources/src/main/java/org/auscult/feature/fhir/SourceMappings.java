package org.auscult.feature.fhir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.feature.Translation;
import org.auscult.feature.Translation.Pair;
import org.auscult.feature.Translation.UnitRule;
import org.auscult.timeline.Code;
import org.auscult.unit.Units;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupUnmappedMode;
import org.hl7.fhir.r4.model.ConceptMap.SourceElementComponent;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;

/**
 * Reads mapping resources: ConceptMaps of our profile.
 *
 * <p>What counts: a recorded code counts as another one if whatever is the first is the second too.
 * From source to target that is so where they are equal or equivalent, or the target is wider or
 * subsumes the source; from target to source where they are equal or equivalent, or the target is
 * narrower or specialises the source. What is inexact or only related never counts.
 */
public final class SourceMappings {
  private static final String UCUM = "http://unitsofmeasure.org";

  private static final Set<ConceptMapEquivalence> FORWARD =
      Set.of(
          ConceptMapEquivalence.EQUAL,
          ConceptMapEquivalence.EQUIVALENT,
          ConceptMapEquivalence.WIDER,
          ConceptMapEquivalence.SUBSUMES);
  private static final Set<ConceptMapEquivalence> BACKWARD =
      Set.of(
          ConceptMapEquivalence.EQUAL,
          ConceptMapEquivalence.EQUIVALENT,
          ConceptMapEquivalence.NARROWER,
          ConceptMapEquivalence.SPECIALIZES);
  private static final Set<ConceptMapEquivalence> EXACT =
      Set.of(ConceptMapEquivalence.EQUAL, ConceptMapEquivalence.EQUIVALENT);
  private static final Set<ConceptMapEquivalence> NO_TARGET =
      Set.of(ConceptMapEquivalence.UNMATCHED, ConceptMapEquivalence.DISJOINT);

  private final Problems problems = new Problems();
  private final List<Pair> pairs = new ArrayList<>();
  private final Map<String, String> units = new LinkedHashMap<>();

  private SourceMappings() {}

  /** Whether a ConceptMap claims to be one. */
  public static boolean isOne(ConceptMap map) {
    return Profiles.claims(map, FeatureUrls.SOURCE_MAPPING);
  }

  /** The mapping, or all of its problems. */
  public static Parsed<SourceMapping> read(ConceptMap map) {
    return new SourceMappings().parsed(map);
  }

  /** What several say together. */
  public static Translation together(Collection<SourceMapping> mappings) {
    return Translation.of(
        mappings.stream().flatMap(m -> m.pairs().stream()).distinct().toList(),
        mappings.stream().flatMap(m -> m.units().stream()).distinct().toList());
  }

  private Parsed<SourceMapping> parsed(ConceptMap map) {
    String url = problems.url("ConceptMap.url", map.getUrl());
    String version =
        problems.required("ConceptMap.version", map.getVersion(), "a version such as 1.0.0");
    if (!map.hasStatus()) {
      problems.add("ConceptMap.status", "there is no status", "Say draft, active or retired.");
    }
    for (int i = 0; i < map.getGroup().size(); i++) {
      group(map.getGroup().get(i), "ConceptMap.group[" + i + "]");
    }
    if (problems.isEmpty() && pairs.isEmpty() && units.isEmpty()) {
      problems.add(
          "ConceptMap.group", "nothing of it counts", "Map a code as equal, equivalent or wider.");
    }
    if (!problems.isEmpty()) {
      return new Parsed.Refused<>(problems.all());
    }
    Set<String> systems = new HashSet<>();
    map.getGroup().stream()
        .map(ConceptMapGroupComponent::getSource)
        .filter(system -> !FeatureUrls.RECORDED_UNIT_SYSTEM.equals(system))
        .forEach(systems::add);
    List<UnitRule> rules = new ArrayList<>();
    units.forEach((text, ucum) -> rules.add(new UnitRule(systems, text, ucum)));
    return new Parsed.Accepted<>(new SourceMapping(url, version, pairs, rules));
  }

  private void group(ConceptMapGroupComponent group, String where) {
    problems.required(where + ".source", group.getSource(), "the system of the recorded codes");
    problems.required(where + ".target", group.getTarget(), "the system that they are mapped to");
    boolean isOfUnits = FeatureUrls.RECORDED_UNIT_SYSTEM.equals(group.getSource());
    if (isOfUnits && !UCUM.equals(group.getTarget())) {
      problems.add(
          where + ".target", "recorded units become '" + group.getTarget() + "'", "Use " + UCUM);
    }
    ConceptMapGroupUnmappedMode mode = group.getUnmapped().getMode();
    if (mode == ConceptMapGroupUnmappedMode.FIXED || mode == ConceptMapGroupUnmappedMode.OTHERMAP) {
      problems.add(
          where + ".unmapped",
          "what it does not map would count as something all the same",
          "Leave it out: what is not mapped counts as what it is. Post another map by itself.");
    }
    for (int i = 0; i < group.getElement().size(); i++) {
      element(group, group.getElement().get(i), where + ".element[" + i + "]", isOfUnits);
    }
  }

  private void element(
      ConceptMapGroupComponent group,
      SourceElementComponent element,
      String where,
      boolean isOfUnits) {
    problems.required(where + ".code", element.getCode(), "the recorded code");
    for (int i = 0; i < element.getTarget().size(); i++) {
      String at = where + ".target[" + i + "]";
      TargetElementComponent target = element.getTarget().get(i);
      if (!target.hasEquivalence()) {
        problems.add(at + ".equivalence", "it is missing", "Say equivalent, wider or the like.");
      } else if (!NO_TARGET.contains(target.getEquivalence())) {
        problems.required(at + ".code", target.getCode(), "the code that it is mapped to");
      }
      if (target.hasDependsOn() || target.hasProduct()) {
        problems.add(
            at,
            "it holds under conditions, or only together with others",
            "Leave out dependsOn and product, or leave out the target.");
      }
      if (problems.isEmpty()) {
        if (isOfUnits) {
          unit(element.getCode(), target, at);
        } else {
          pair(group, element, target);
        }
      }
    }
  }

  private void pair(
      ConceptMapGroupComponent group,
      SourceElementComponent element,
      TargetElementComponent target) {
    if (!target.hasCode()) {
      return;
    }
    Code from = new Code(group.getSource(), element.getCode());
    Code to = new Code(group.getTarget(), target.getCode());
    if (FORWARD.contains(target.getEquivalence())) {
      pairs.add(new Pair(from, to));
    }
    if (BACKWARD.contains(target.getEquivalence())) {
      pairs.add(new Pair(to, from));
    }
  }

  /** A text that is a unit already means that one, and nothing else. */
  private void unit(String text, TargetElementComponent target, String where) {
    if (!EXACT.contains(target.getEquivalence())) {
      problems.add(
          where + ".equivalence",
          "a unit is the same as another or is not mapped",
          "Say equal or equivalent.");
      return;
    }
    String ucum = target.getCode();
    String written = text.trim();
    String known = Units.canonical(written);
    if (!Units.isKnown(ucum)) {
      problems.add(
          where + ".code", "'" + ucum + "' is not a UCUM unit", "Write it in UCUM, such as mg/dL.");
    } else if (Units.isKnown(known) && !known.equals(ucum)) {
      problems.add(
          where,
          "'" + written + "' is a unit already, and would become " + ucum,
          "Correct what was recorded; a mapping cannot say that a unit is another one.");
    } else if (units.containsKey(written) && !ucum.equals(units.get(written))) {
      problems.add(
          where,
          "'" + written + "' would mean two units",
          "Keep one, or give each source its own.");
    } else {
      units.put(written, ucum);
    }
  }
}
