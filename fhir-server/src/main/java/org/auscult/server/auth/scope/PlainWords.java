package org.auscult.server.auth.scope;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.auscult.access.Permission;
import org.auscult.access.Scope;
import org.auscult.access.ScopeFamily;

/** Scopes in words for people. */
public final class PlainWords {
  private static final Map<String, String> FIXED =
      Map.of(
          "openid",
          "know that it is you",
          "fhirUser",
          "know who you are in the record",
          "profile",
          "know who you are in the record",
          "launch",
          "know what the launching system has open",
          "launch/patient",
          "know which patient you chose",
          "launch/encounter",
          "know which encounter is open",
          "offline_access",
          "keep its access while you are away, until you or an administrator end it",
          "online_access",
          "keep its access until you sign out, 12 hours at the most",
          ScopeLimits.REGISTRY,
          "add, change and disable users and applications");

  private PlainWords() {}

  /** What a client that has this scope may do, as the end of "It may ...". */
  public static String of(String scope) {
    return Scope.parse(scope)
        .map(PlainWords::resources)
        .orElseGet(() -> FIXED.getOrDefault(scope, scope));
  }

  private static String resources(Scope scope) {
    String verbs =
        Arrays.stream(Permission.values())
            .filter(scope.permissions()::contains)
            .map(PlainWords::verb)
            .collect(Collectors.joining(", "));
    String what = scope.type().equals(Scope.ANY) ? "all data" : "data of the kind " + scope.type();
    String only =
        scope.filters().stream()
            .map(filter -> filter.name() + " is " + filter.value())
            .collect(Collectors.joining(" and "));
    return verbs
        + " "
        + what
        + " "
        + whose(scope.family())
        + (only.isEmpty() ? "" : ", only where " + only);
  }

  private static String verb(Permission permission) {
    return switch (permission) {
      case CREATE -> "add";
      case READ -> "read";
      case UPDATE -> "change";
      case DELETE -> "delete";
      case SEARCH -> "search";
    };
  }

  private static String whose(ScopeFamily family) {
    return switch (family) {
      case PATIENT -> "of the chosen patient";
      case USER -> "of every patient that you may see";
      case SYSTEM -> "of every patient";
    };
  }
}
