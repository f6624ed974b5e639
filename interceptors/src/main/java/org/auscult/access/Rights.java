package org.auscult.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one requester may do. Immutable. */
public final class Rights {
  private final PolicyTable table;
  private final Requester requester;
  private final Scopes scopes;
  private final List<PolicyRow> rows;
  private final @Nullable Purpose purpose;

  Rights(PolicyTable table, Requester requester) {
    this.table = table;
    this.requester = requester;
    this.scopes = Scopes.parse(requester.scope());
    this.purpose = table.purposes().get(requester.purpose());
    this.rows =
        table.rows().stream()
            .filter(row -> row.roles().stream().anyMatch(requester.roles()::contains))
            .toList();
  }

  /** Who asks. */
  public Requester requester() {
    return requester;
  }

  /**
   * Whether this is the resource that describes the user, and the scope {@code fhirUser} lets the
   * application read it (SMART App Launch 2.2, scopes for identity).
   */
  public boolean isSelf(String type, String id) {
    return !requester.roles().isEmpty()
        && scopes.has("fhirUser")
        && (type + "/" + id).equals(requester.fhirUser());
  }

  /** All that the purpose of use leaves of a type; empty if that is all. */
  public Optional<Set<String>> elements(String type) {
    return purpose == null ? Optional.of(Set.of()) : purpose.elements(type);
  }

  /** Decides one interaction. */
  public Decision decide(Interaction asked) {
    if (requester.roles().isEmpty()) {
      return refused(
          RefusalReason.NO_ROLE, "This access token gives no role, so it may not ", asked);
    }
    if (purpose == null || !isNeeded(purpose, asked)) {
      return refused(
          RefusalReason.PURPOSE,
          purpose == null
              ? "This purpose of use is not one that this token has here, to "
              : "The purpose " + purpose.code() + " does not need to ",
          asked);
    }
    List<Scope> permitting = permitting(asked);
    if (permitting.isEmpty()) {
      return refused(RefusalReason.NO_SCOPE, "No scope of this access token permits to ", asked);
    }
    List<Scope> usable = permitting.stream().filter(this::hasContext).toList();
    if (usable.isEmpty()) {
      return refused(
          RefusalReason.NO_PATIENT_CONTEXT,
          "Patient scopes need a launch with a patient, and this token has none, to ",
          asked);
    }
    List<List<Scope.Filter>> limits = new ArrayList<>();
    for (Scope scope : usable) {
      if (rows.stream().anyMatch(row -> row.allows(scope.family(), asked))) {
        if (scope.filters().isEmpty()) {
          return new Decision.Allowed(List.of());
        }
        limits.add(scope.filters());
      }
    }
    return limits.isEmpty()
        ? refused(RefusalReason.POLICY, "The policy does not allow " + names() + " to ", asked)
        : new Decision.Allowed(limits);
  }

  /** How far one may go with an interaction; none: it is refused whatever it is of. */
  public Set<Whose> reach(Interaction asked) {
    EnumSet<Whose> reach = EnumSet.noneOf(Whose.class);
    for (Whose whose : Whose.values()) {
      if (decide(asked.of(whose)).allowed()) {
        reach.add(whose);
      }
    }
    return reach;
  }

  /** Whether an interaction is limited by filters of granular scopes, however far it goes. */
  public boolean isFiltered(Interaction asked) {
    return Arrays.stream(Whose.values())
        .map(whose -> decide(asked.of(whose)))
        .anyMatch(d -> d instanceof Decision.Allowed allowed && !allowed.limits().isEmpty());
  }

  /**
   * Some operations are there for some purposes alone, and for these although they call nothing.
   */
  private boolean isNeeded(Purpose by, Interaction asked) {
    Set<String> purposes =
        asked.permission() == null
            ? table.needs(asked).map(PolicyTable.Needs::purposes).orElse(Set.of())
            : Set.of();
    return purposes.isEmpty() ? by.allows(asked) : purposes.contains(by.code());
  }

  private List<Scope> permitting(Interaction asked) {
    Permission permission = asked.permission();
    if (permission != null) {
      return scopes.permitting(permission, asked.type());
    }
    Optional<PolicyTable.Needs> needs = table.needs(asked);
    if (needs.isEmpty()) {
      return scopes.clinical();
    }
    return Arrays.stream(ScopeFamily.values())
        .filter(
            family ->
                needs.get().scopes().stream()
                    .allMatch(need -> scopes.contains(scope(family, need, asked))))
        .map(family -> scope(family, needs.get().scopes().get(0), asked))
        .toList();
  }

  private static Scope scope(ScopeFamily family, PolicyTable.Need need, Interaction asked) {
    String type = need.typeFor(asked);
    return new Scope(family, type.isEmpty() ? Scope.ANY : type, need.permissions(), List.of());
  }

  private boolean hasContext(Scope scope) {
    return scope.family() != ScopeFamily.PATIENT || requester.patient() != null;
  }

  private String names() {
    return requester.roles().stream().map(Role::code).sorted().collect(Collectors.joining(", "));
  }

  private static Decision refused(RefusalReason reason, String why, Interaction asked) {
    return new Decision.Refused(reason, why + asked.text() + ".");
  }
}
