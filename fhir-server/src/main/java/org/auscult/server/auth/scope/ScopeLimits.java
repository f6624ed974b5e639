package org.auscult.server.auth.scope;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.access.Role;
import org.auscult.access.Scope;
import org.auscult.access.Scopes;

/** Sets of scopes: as requested, as registered, as roles may have. */
public final class ScopeLimits {
  /** Scopes that say nothing of resources, with a user or without. */
  public static final List<String> CONTEXT =
      List.of(
          "openid",
          "fhirUser",
          "profile",
          "launch",
          "launch/patient",
          "launch/encounter",
          "offline_access",
          "online_access");

  /** Scope of keeping users and clients; an administrator's alone. */
  public static final String REGISTRY = Scopes.REGISTRY;

  private static final List<String> READ = List.of("user/*.rs");
  private static final List<String> WORK = List.of("user/*.cruds");

  /** The most that a role may have; what it may do with it is the access policy's to say. */
  private static final Map<Role, List<String>> MOST = new EnumMap<>(Role.class);

  static {
    for (Role role : Role.values()) {
      MOST.put(
          role,
          switch (role) {
            case CLINICIAN -> List.of("patient/*.cruds", "user/*.cruds");
            case INFORMATICIST, MODEL_AUTHOR, REVIEWER, APPROVER, SAFETY_OFFICER, ADMINISTRATOR ->
                WORK;
            case PRIVACY_OFFICER, AUDITOR -> READ;
            case SYSTEM -> List.of();
          });
    }
  }

  private ScopeLimits() {}

  /** The scopes of a text, without repetition, in its order. */
  public static Set<String> split(String text) {
    Set<String> scopes = new LinkedHashSet<>(List.of(text.trim().split("\\s+")));
    scopes.remove("");
    return scopes;
  }

  /**
   * What of the requested scopes is allowed: as it was requested where all of it is, else the part
   * that is, in the spelling of version 2.
   */
  public static Set<String> covered(Collection<String> requested, Collection<String> allowed) {
    Scopes limits = Scopes.parse(String.join(" ", allowed));
    Set<String> covered = new LinkedHashSet<>();
    for (String text : requested) {
      Optional<Scope> scope = Scope.parse(text);
      if (scope.isEmpty() ? limits.has(text) : limits.contains(scope.get())) {
        covered.add(text);
      } else {
        scope.ifPresent(s -> parts(s, limits).forEach(part -> covered.add(part.text())));
      }
    }
    return covered;
  }

  private static List<Scope> parts(Scope scope, Scopes limits) {
    return new Scopes(List.of(scope), List.of(), List.of()).intersect(limits).clinical();
  }

  /** What of the requested scopes a user of these roles may have; never one of a system. */
  public static Set<String> forRoles(Collection<String> requested, Set<Role> roles) {
    Set<String> allowed = new LinkedHashSet<>(CONTEXT);
    roles.forEach(role -> allowed.addAll(MOST.getOrDefault(role, List.of())));
    if (roles.contains(Role.ADMINISTRATOR)) {
      allowed.add(REGISTRY);
    }
    if (!allowed.contains("patient/*.cruds")) {
      allowed.remove("launch/patient");
    }
    return covered(requested, allowed);
  }

  /** Whether a scope is about the patient in context. */
  public static boolean needsPatient(Collection<String> scopes) {
    return scopes.stream().anyMatch(ScopeLimits::isOfPatient);
  }

  /** The scopes that stand without a patient in context. */
  public static Set<String> withoutPatient(Collection<String> scopes) {
    return scopes.stream()
        .filter(scope -> !isOfPatient(scope))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static boolean isOfPatient(String scope) {
    return scope.startsWith("patient/") || scope.equals("launch/patient");
  }
}
