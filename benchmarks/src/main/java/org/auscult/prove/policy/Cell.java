package org.auscult.prove.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.auscult.access.AccessPolicy;
import org.auscult.access.Interaction;
import org.auscult.access.Permission;
import org.auscult.access.Requester;
import org.auscult.access.Rights;
import org.auscult.access.Role;
import org.auscult.access.ScopeFamily;
import org.auscult.access.Whose;

/**
 * One cell of the policy.
 *
 * @param may a letter of SMART's scopes, or an operation with its dollar sign
 * @param type FHIR type; empty for an operation of the whole server
 * @param whose as the table spells it
 */
record Cell(String role, String family, String may, String type, String whose) {
  static final List<String> WHOSE = List.of("own", "site", "elsewhere", "none");

  /** By the plain evaluator. */
  boolean isAllowed(PlainTable table) {
    return table.allows(
        role, family, isCall() ? type : type + "." + may, isCall() ? may : "", whose);
  }

  /** By the policy that the server asks too. */
  boolean isAllowed(AccessPolicy policy) {
    return rights(policy).decide(asked()).allowed();
  }

  /** Whether this is refused however near the patient is. */
  boolean isRefusedEverywhere(PlainTable table) {
    return WHOSE.stream().noneMatch(other -> of(other).isAllowed(table));
  }

  boolean isCall() {
    return may.startsWith("$");
  }

  boolean isWrite() {
    return "cud".contains(may);
  }

  Cell of(String other) {
    return new Cell(role, family, may, type, other);
  }

  Cell to(String other) {
    return new Cell(role, family, other, type, whose);
  }

  private Interaction asked() {
    Whose near =
        switch (whose) {
          case "own" -> Whose.LAUNCH;
          case "site" -> Whose.SITE;
          case "elsewhere" -> Whose.ELSEWHERE;
          default -> Whose.NONE;
        };
    return isCall()
        ? Interaction.call(may, type, near)
        : Interaction.of(permission(may), type, near);
  }

  private static Permission permission(String letter) {
    return switch (letter) {
      case "c" -> Permission.CREATE;
      case "r" -> Permission.READ;
      case "u" -> Permission.UPDATE;
      case "d" -> Permission.DELETE;
      default -> Permission.SEARCH;
    };
  }

  private Rights rights(AccessPolicy policy) {
    return policy.of(
        new Requester(
            "https://issuer.example.org",
            "somebody",
            "proof",
            null,
            Set.of(Role.of(role).orElseThrow()),
            ScopeFamily.valueOf(family.toUpperCase(Locale.ROOT)).code() + "/*.cruds",
            "own",
            null,
            Set.of("north"),
            "TREAT",
            null));
  }

  @Override
  public String toString() {
    return role + ", " + family + "/*.cruds, " + may + " " + type + ", " + whose;
  }
}
