package org.auscult.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The scopes of a request or of an access token.
 *
 * @param clinical what is permitted on clinical data, none contained in another
 * @param others scopes that permit nothing on data, such as {@code openid} or {@code
 *     launch/patient}
 * @param ignored parts that no scope known here is spelt like; they permit nothing
 */
public record Scopes(List<Scope> clinical, List<String> others, List<String> ignored) {
  /** Of keeping users and clients, by an API of its own; none on clinical data. */
  public static final String REGISTRY = "auscult/registry";

  /** Scopes that SMART App Launch 2.2 and OpenID Connect name beside those on clinical data. */
  private static final Set<String> KNOWN =
      Set.of(
          "openid",
          "fhirUser",
          "profile",
          "email",
          "launch",
          "launch/patient",
          "launch/encounter",
          "online_access",
          "offline_access",
          REGISTRY);

  public Scopes {
    clinical = withoutContained(clinical);
    others = List.copyOf(new LinkedHashSet<>(others));
    ignored = List.copyOf(new LinkedHashSet<>(ignored));
  }

  /** Reads scopes separated by spaces. What is unknown permits nothing and is named. */
  public static Scopes parse(String text) {
    List<Scope> clinical = new ArrayList<>();
    List<String> others = new ArrayList<>();
    List<String> ignored = new ArrayList<>();
    for (String part : text.trim().split(" +")) {
      Optional<Scope> scope = Scope.parse(part);
      if (scope.isPresent()) {
        clinical.add(scope.get());
      } else if (KNOWN.contains(part)) {
        others.add(part);
      } else if (!part.isEmpty()) {
        ignored.add(part);
      }
    }
    return new Scopes(clinical, others, ignored);
  }

  /** Whether nothing is permitted, and nothing else is asked for. */
  public boolean isEmpty() {
    return clinical.isEmpty() && others.isEmpty();
  }

  /** Whether a scope that is none on clinical data is among them, such as {@code openid}. */
  public boolean has(String other) {
    return others.contains(other);
  }

  /** Those that permit this on this type, some only for what matches their filters. */
  public List<Scope> permitting(Permission permission, String type) {
    return clinical.stream().filter(s -> s.permits(permission, type)).toList();
  }

  /** Whether whatever the other scopes permit is permitted by these too. */
  public boolean contains(Scopes other) {
    return others.containsAll(other.others) && other.clinical.stream().allMatch(this::contains);
  }

  /**
   * Whether these permit all that one scope does: each of its permissions by one of these, so that
   * {@code r} and {@code s} apart contain {@code rs}.
   */
  public boolean contains(Scope other) {
    return other.permissions().stream()
        .allMatch(
            permission -> {
              Scope one =
                  new Scope(other.family(), other.type(), Set.of(permission), other.filters());
              return clinical.stream().anyMatch(s -> s.contains(one));
            });
  }

  /** What both permit: scopes asked for, held against those that may be granted. */
  public Scopes intersect(Scopes other) {
    List<Scope> both = new ArrayList<>();
    for (Scope mine : clinical) {
      for (Scope theirs : other.clinical) {
        mine.intersect(theirs).ifPresent(both::add);
      }
    }
    return new Scopes(both, others.stream().filter(other::has).toList(), List.of());
  }

  /** Separated by spaces, in version 2, without what is ignored. */
  public String text() {
    return Stream.concat(others.stream(), clinical.stream().map(Scope::text))
        .collect(Collectors.joining(" "));
  }

  private static List<Scope> withoutContained(Collection<Scope> scopes) {
    List<Scope> kept = new ArrayList<>();
    for (Scope scope : new LinkedHashSet<>(scopes)) {
      if (kept.stream().noneMatch(k -> k.contains(scope))) {
        kept.removeIf(scope::contains);
        kept.add(scope);
      }
    }
    return List.copyOf(kept);
  }

  /** The families whose scopes are among them. */
  public Set<ScopeFamily> families() {
    return clinical.stream().map(Scope::family).collect(Collectors.toUnmodifiableSet());
  }

  /** Of several texts, such as the values of a claim. */
  public static Scopes of(String... scopes) {
    return parse(String.join(" ", Arrays.asList(scopes)));
  }
}
