package org.auscult.feature.fhir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.auscult.feature.life.Change;
import org.auscult.feature.life.Effect;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DataRequirement;
import org.hl7.fhir.r4.model.DataRequirement.DataRequirementCodeFilterComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;

/**
 * What changed from one definition to another, part by part. What is not known to be harmless
 * counts as a change of values: an extension that this version has never heard of, a ValueSet that
 * cannot be expanded, an input that is not here.
 */
public final class LibraryDiff {
  /** Where what a definition names is found. */
  public interface Sources {
    /** The codes of a ValueSet by {@code url|version}; empty if it cannot be expanded. */
    Optional<Set<Code>> expand(String valueSet);

    /** The definition of {@code url|version}; empty if it is not here. */
    Optional<Library> library(String canonical);
  }

  private static final Set<String> PASSED_OVER =
      Set.of("id", "meta", "implicitRules", "language", "text", "url", "version", "name");
  private static final Set<String> ELSEWHERE =
      Set.of("extension", "dataRequirement", "relatedArtifact");
  private static final Set<String> OF_VALUES =
      Set.of("content", "parameter", "subject[x]", "contained", "modifierExtension");
  private static final Set<String> OF_PROGRAMS = Set.of("status", "experimental", "type");
  private static final Set<RelatedArtifactType> RESTS_ON =
      Set.of(RelatedArtifactType.DEPENDSON, RelatedArtifactType.COMPOSEDOF);
  private static final int DEEPEST = 20;

  private final Sources sources;

  public LibraryDiff(Sources sources) {
    this.sources = sources;
  }

  /** All changes; empty if nothing but the version differs. */
  public List<Change> of(Library before, Library after) {
    return of(before, after, 0);
  }

  private List<Change> of(Library before, Library after, int depth) {
    List<Change> changes = new ArrayList<>();
    plain(changes, "url", before.getUrl(), after.getUrl());
    plain(changes, "name", before.getName(), after.getName());
    requirements(changes, before, after);
    extensions(changes, before, after);
    inputs(changes, before, after, depth);
    members(changes, before, after, depth);
    others(changes, before, after);
    return changes;
  }

  private static void plain(List<Change> changes, String part, String before, String after) {
    if (!Objects.equals(before, after)) {
      changes.add(Change.of(part, Effect.BREAKING, before, after));
    }
  }

  private void requirements(List<Change> changes, Library before, Library after) {
    List<DataRequirement> was = before.getDataRequirement();
    List<DataRequirement> is = after.getDataRequirement();
    String type = types(was);
    if (!type.equals(types(is))) {
      changes.add(Change.of("resource-type", Effect.BREAKING, type, types(is)));
    }
    codes(changes, "codes", Listing.of(was), Listing.of(is));
    if (!equal(rest(was), rest(is))) {
      changes.add(Change.of("data-requirement", Effect.BREAKING, null, null));
    }
  }

  private static String types(List<DataRequirement> requirements) {
    return requirements.stream()
        .map(r -> Objects.requireNonNullElse(r.getType(), ""))
        .collect(Collectors.joining(", "));
  }

  /** What of it is neither type nor codes. */
  private static List<DataRequirement> rest(List<DataRequirement> requirements) {
    List<DataRequirement> rest = new ArrayList<>();
    for (DataRequirement requirement : requirements) {
      DataRequirement copy = requirement.copy();
      copy.setType(null);
      copy.getCodeFilter()
          .forEach(
              filter -> {
                filter.setCode(null);
                filter.setValueSet(null);
              });
      rest.add(copy);
    }
    return rest;
  }

  /** Codes as a definition lists them. */
  private record Listing(Set<Code> codes, Set<String> valueSets) {
    static Listing of(List<DataRequirement> requirements) {
      Set<Code> codes = new LinkedHashSet<>();
      Set<String> valueSets = new TreeSet<>();
      for (DataRequirement requirement : requirements) {
        for (DataRequirementCodeFilterComponent filter : requirement.getCodeFilter()) {
          filter.getCode().stream()
              .filter(c -> c.hasSystem() && c.hasCode())
              .forEach(c -> codes.add(new Code(c.getSystem(), c.getCode())));
          if (filter.hasValueSet()) {
            valueSets.add(filter.getValueSet());
          }
        }
      }
      return new Listing(codes, valueSets);
    }

    static Listing of(String valueSet) {
      return new Listing(Set.of(), valueSet.isEmpty() ? Set.of() : Set.of(valueSet));
    }

    String text() {
      Set<String> all = new TreeSet<>(texts(codes));
      all.addAll(valueSets);
      return String.join(", ", all);
    }
  }

  private void codes(List<Change> changes, String part, Listing before, Listing after) {
    if (before.codes().equals(after.codes()) && before.valueSets().equals(after.valueSets())) {
      return;
    }
    Optional<Set<Code>> was = expand(before);
    Optional<Set<Code>> is = expand(after);
    boolean isSame = was.isPresent() && was.equals(is);
    changes.add(
        new Change(
            part,
            isSame ? Effect.COMPATIBLE : Effect.BREAKING,
            before.text().isEmpty() ? null : before.text(),
            after.text().isEmpty() ? null : after.text(),
            was.isPresent() && is.isPresent() ? without(is.get(), was.get()) : List.of(),
            was.isPresent() && is.isPresent() ? without(was.get(), is.get()) : List.of()));
  }

  private Optional<Set<Code>> expand(Listing listing) {
    Set<Code> codes = new LinkedHashSet<>(listing.codes());
    for (String valueSet : listing.valueSets()) {
      Optional<Set<Code>> expanded = sources.expand(valueSet);
      if (expanded.isEmpty()) {
        return Optional.empty();
      }
      codes.addAll(expanded.get());
    }
    return Optional.of(codes);
  }

  private static List<String> without(Set<Code> all, Set<Code> those) {
    Set<Code> rest = new LinkedHashSet<>(all);
    rest.removeAll(those);
    return List.copyOf(texts(rest));
  }

  private static Set<String> texts(Set<Code> codes) {
    return codes.stream()
        .map(code -> code.system() + "|" + code.code())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void extensions(List<Change> changes, Library before, Library after) {
    Map<String, List<Extension>> was = byUrl(before);
    Map<String, List<Extension>> is = byUrl(after);
    Set<String> urls = new LinkedHashSet<>(was.keySet());
    urls.addAll(is.keySet());
    for (String url : urls) {
      List<Extension> one = was.getOrDefault(url, List.of());
      List<Extension> other = is.getOrDefault(url, List.of());
      if (url.equals(FeatureUrls.EXPANSION) && !isOfSameSets(before, after)) {
        continue;
      }
      if (url.equals(FeatureUrls.TRUE_VALUES) || url.equals(FeatureUrls.FALSE_VALUES)) {
        codes(changes, part(url), Listing.of(ValueText.of(one)), Listing.of(ValueText.of(other)));
      } else if (!equal(one, other)) {
        Effect effect =
            url.equals(FeatureUrls.REFERENCE_RANGE) ? Effect.COMPATIBLE : Effect.BREAKING;
        changes.add(change(part(url), effect, one, other));
      }
    }
  }

  /** Whether both state what the same ValueSets expand to; of others it says nothing. */
  private static boolean isOfSameSets(Library before, Library after) {
    return before.hasExtension(FeatureUrls.EXPANSION)
        && after.hasExtension(FeatureUrls.EXPANSION)
        && valueSets(before).equals(valueSets(after));
  }

  private static Set<String> valueSets(Library library) {
    Set<String> all = new TreeSet<>(Listing.of(library.getDataRequirement()).valueSets());
    all.add(ValueText.of(library.getExtensionsByUrl(FeatureUrls.TRUE_VALUES)));
    all.add(ValueText.of(library.getExtensionsByUrl(FeatureUrls.FALSE_VALUES)));
    return all;
  }

  /** Without what the server writes of reviews, which is no part of what a definition says. */
  private static Map<String, List<Extension>> byUrl(Library library) {
    Map<String, List<Extension>> byUrl = new LinkedHashMap<>();
    library.getExtension().stream()
        .filter(extension -> !FeatureUrls.REVIEW.equals(extension.getUrl()))
        .forEach(e -> byUrl.computeIfAbsent(e.getUrl(), u -> new ArrayList<>()).add(e));
    return byUrl;
  }

  private static String part(String url) {
    return url.substring(url.lastIndexOf('/') + 1).replaceFirst("^feature-", "");
  }

  private void inputs(List<Change> changes, Library before, Library after, int depth) {
    List<String> was = resources(before, RelatedArtifactType.DEPENDSON);
    List<String> is = resources(after, RelatedArtifactType.DEPENDSON);
    pins(changes, "inputs", new TreeSet<>(was), new TreeSet<>(is), depth);
  }

  /** The order of members is the order of the tensor. */
  private void members(List<Change> changes, Library before, Library after, int depth) {
    List<String> was = resources(before, RelatedArtifactType.COMPOSEDOF);
    List<String> is = resources(after, RelatedArtifactType.COMPOSEDOF);
    boolean isReordered =
        !was.equals(is) && new TreeSet<>(urls(was)).equals(new TreeSet<>(urls(is)));
    if (isReordered && !urls(was).equals(urls(is))) {
      changes.add(
          Change.of(
              "order-of-members",
              Effect.BREAKING,
              String.join(", ", urls(was)),
              String.join(", ", urls(is))));
    }
    pins(changes, "members", new LinkedHashSet<>(was), new LinkedHashSet<>(is), depth);
  }

  private void pins(
      List<Change> changes, String part, Set<String> before, Set<String> after, int depth) {
    List<String> added = after.stream().filter(c -> !before.contains(c)).toList();
    List<String> removed = before.stream().filter(c -> !after.contains(c)).toList();
    if (added.isEmpty() && removed.isEmpty()) {
      return;
    }
    boolean isOtherVersions =
        added.size() == removed.size()
            && new TreeSet<>(urls(added)).equals(new TreeSet<>(urls(removed)))
            && Set.copyOf(urls(added)).size() == added.size();
    Effect effect = Effect.BREAKING;
    if (isOtherVersions) {
      effect =
          removed.stream().allMatch(old -> isSameInMeaning(old, sameUrl(old, added), depth))
              ? Effect.COMPATIBLE
              : Effect.BREAKING;
    }
    changes.add(new Change(part, effect, null, null, added, removed));
  }

  private boolean isSameInMeaning(String before, String after, int depth) {
    Optional<Library> was = sources.library(before);
    Optional<Library> is = sources.library(after);
    return depth < DEEPEST
        && was.isPresent()
        && is.isPresent()
        && of(was.get(), is.get(), depth + 1).stream()
            .noneMatch(change -> change.effect() == Effect.BREAKING);
  }

  private static String sameUrl(String canonical, List<String> among) {
    String url = url(canonical);
    return among.stream().filter(c -> url(c).equals(url)).findFirst().orElseThrow();
  }

  private static List<String> urls(List<String> canonicals) {
    return canonicals.stream().map(LibraryDiff::url).toList();
  }

  private static String url(String canonical) {
    int bar = canonical.indexOf('|');
    return bar < 0 ? canonical : canonical.substring(0, bar);
  }

  private static List<String> resources(Library library, RelatedArtifactType type) {
    return library.getRelatedArtifact().stream()
        .filter(artifact -> artifact.getType() == type)
        .map(RelatedArtifact::getResource)
        .filter(Objects::nonNull)
        .toList();
  }

  private static void others(List<Change> changes, Library before, Library after) {
    List<RelatedArtifact> was = cited(before);
    List<RelatedArtifact> is = cited(after);
    if (!equal(was, is)) {
      changes.add(change("related-artifact", Effect.EDITORIAL, was, is));
    }
    for (Property property : after.children()) {
      String name = property.getName();
      if (PASSED_OVER.contains(name) || ELSEWHERE.contains(name)) {
        continue;
      }
      List<Base> former = before.getChildByName(name).getValues();
      if (!equal(former, property.getValues())) {
        Effect effect = OF_PROGRAMS.contains(name) ? Effect.COMPATIBLE : Effect.EDITORIAL;
        changes.add(
            change(
                name,
                OF_VALUES.contains(name) ? Effect.BREAKING : effect,
                former,
                property.getValues()));
      }
    }
  }

  private static List<RelatedArtifact> cited(Library library) {
    return library.getRelatedArtifact().stream()
        .filter(artifact -> !RESTS_ON.contains(artifact.getType()))
        .toList();
  }

  private static Change change(
      String part, Effect effect, List<? extends Base> before, List<? extends Base> after) {
    return Change.of(
        part,
        effect,
        before.isEmpty() ? null : ValueText.of(before),
        after.isEmpty() ? null : ValueText.of(after));
  }

  /** The same values, in whatever order. */
  private static boolean equal(List<? extends Base> before, List<? extends Base> after) {
    List<Base> left = new ArrayList<>(after);
    for (Base one : before) {
      Optional<Base> twin = left.stream().filter(one::equalsDeep).findFirst();
      if (twin.isEmpty()) {
        return false;
      }
      left.remove(twin.get());
    }
    return left.isEmpty();
  }
}
