package org.auscult.server.life;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.server.feature.StoredDefinitions;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.jspecify.annotations.Nullable;

/** Which definitions rest on which, in both directions and all the way. */
public final class UsageGraph {
  private static final String CODE_SYSTEM = "code-system";
  private static final String VALUE_SET = "value-set";
  private static final String UNKNOWN = "unknown";

  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, Set<String>> users = new HashMap<>();
  private final StoredDefinitions stored;

  /**
   * A definition.
   *
   * @param kind name of its profile
   * @param reference of its resource
   * @param isLive whether it is a deployment that is live
   * @param needs canonicals that it names
   * @param systems code systems of the codes that it lists
   */
  record Node(
      String canonical,
      String kind,
      String title,
      String status,
      String reference,
      boolean isLive,
      Set<String> needs,
      Set<String> systems) {}

  /**
   * One thing that a definition rests on, or that rests on it.
   *
   * @param kind name of a profile, {@code value-set}, {@code code-system}, or {@code unknown} for
   *     what is not here
   * @param title null if it has none here
   * @param status null if it has none here
   * @param reference of its resource; null if it is not here
   * @param depth 1 if nothing lies between
   * @param via the neighbour through which it was reached
   */
  public record Link(
      String canonical,
      String kind,
      @Nullable String title,
      @Nullable String status,
      @Nullable String reference,
      boolean isLive,
      int depth,
      String via) {}

  UsageGraph(List<Node> nodes, StoredDefinitions stored) {
    this.stored = stored;
    for (Node node : nodes) {
      this.nodes.put(node.canonical(), node);
      for (String need : node.needs()) {
        users.computeIfAbsent(need, n -> new LinkedHashSet<>()).add(node.canonical());
      }
    }
  }

  /** All that a definition rests on, the nearest first. */
  public List<Link> restsOn(String canonical) {
    List<Link> links = new ArrayList<>();
    Set<String> seen = new HashSet<>(Set.of(canonical));
    List<String> level = List.of(canonical);
    for (int depth = 1; !level.isEmpty(); depth++) {
      List<String> next = new ArrayList<>();
      for (String from : level) {
        for (String need : needs(from)) {
          if (seen.add(need)) {
            links.add(link(need, depth, from));
            next.add(need);
          }
        }
        for (String system : systems(from)) {
          if (seen.add(system)) {
            links.add(new Link(system, CODE_SYSTEM, null, null, null, false, depth, from));
          }
        }
      }
      level = next;
    }
    return links;
  }

  /** All that rests on a definition, the nearest first; a name without version counts too. */
  public List<Link> usedBy(String canonical) {
    List<Link> links = new ArrayList<>();
    Set<String> seen = new HashSet<>(Set.of(canonical));
    List<String> level = List.of(canonical);
    for (int depth = 1; !level.isEmpty(); depth++) {
      List<String> next = new ArrayList<>();
      for (String of : level) {
        Set<String> names = new LinkedHashSet<>(users.getOrDefault(of, Set.of()));
        names.addAll(users.getOrDefault(of.replaceFirst("[|].*", ""), Set.of()));
        for (String user : names.stream().sorted().toList()) {
          if (seen.add(user)) {
            links.add(link(user, depth, of));
            next.add(user);
          }
        }
      }
      level = next;
    }
    return links;
  }

  private Link link(String canonical, int depth, String via) {
    Node node = nodes.get(canonical);
    if (node != null) {
      return new Link(
          canonical,
          node.kind(),
          node.title(),
          node.status(),
          node.reference(),
          node.isLive(),
          depth,
          via);
    }
    return valueSet(canonical)
        .map(
            set ->
                new Link(
                    canonical,
                    VALUE_SET,
                    set.hasTitle() ? set.getTitle() : set.getName(),
                    set.hasStatus() ? set.getStatus().toCode() : null,
                    "ValueSet/" + set.getIdElement().getIdPart(),
                    false,
                    depth,
                    via))
        .orElseGet(() -> new Link(canonical, UNKNOWN, null, null, null, false, depth, via));
  }

  private Set<String> needs(String canonical) {
    Node node = nodes.get(canonical);
    if (node != null) {
      return node.needs();
    }
    Set<String> included = new LinkedHashSet<>();
    valueSet(canonical)
        .ifPresent(
            set ->
                includes(set)
                    .forEach(
                        include ->
                            include.getValueSet().stream()
                                .map(PrimitiveType::getValue)
                                .forEach(included::add)));
    return included;
  }

  private Set<String> systems(String canonical) {
    Node node = nodes.get(canonical);
    if (node != null) {
      return node.systems();
    }
    Set<String> systems = new LinkedHashSet<>();
    valueSet(canonical)
        .ifPresent(
            set ->
                includes(set).stream()
                    .filter(ConceptSetComponent::hasSystem)
                    .forEach(include -> systems.add(include.getSystem())));
    return systems;
  }

  private static List<ConceptSetComponent> includes(ValueSet set) {
    return set.getCompose().getInclude();
  }

  private Optional<ValueSet> valueSet(String canonical) {
    return stored.valueSet(canonical);
  }
}
