package org.auscult.cds.caller;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a token allows, where its scope says it in SMART's form, version 1 ({@code
 * patient/Observation.read}) or 2 ({@code patient/Observation.rs}). A server may answer what is
 * outside the scope with an empty result, and that proves no absence (safety rule 4).
 *
 * <p>Source: SMART App Launch 2.2, "Scopes and Launch Context".
 */
final class TokenScope {
  private static final Pattern SMART =
      Pattern.compile(
          "(?:patient|user|system)/(\\*|[A-Za-z]+)\\.((?i)read|write|\\*|c?r?u?d?s?)(\\?.*)?");

  private final List<Grant> grants;

  private TokenScope(List<Grant> grants) {
    this.grants = grants;
  }

  /**
   * One resource scope.
   *
   * @param type a resource type, or {@code *}
   * @param limited whether only resources with some property are meant
   */
  private record Grant(String type, String rights, boolean limited) {
    boolean allows(String wanted, boolean read) {
      return !limited
          && (type.equals("*") || type.equals(wanted))
          && (rights.equals("read")
              || rights.equals("*")
              || (!rights.equals("write") && rights.contains(read ? "r" : "s")));
    }
  }

  static TokenScope parse(String scope) {
    List<Grant> grants = new ArrayList<>();
    for (String one : scope.strip().split("\\s+")) {
      Matcher smart = SMART.matcher(one);
      if (smart.matches()) {
        grants.add(
            new Grant(
                smart.group(1), smart.group(2).toLowerCase(Locale.ROOT), smart.group(3) != null));
      }
    }
    return new TokenScope(List.copyOf(grants));
  }

  /**
   * Whether it covers all resources of a type. A scope that is silent on resources, in another form
   * than SMART's, leaves it to the server.
   *
   * @param read a read by id; otherwise a search
   */
  boolean covers(String type, boolean read) {
    return grants.isEmpty() || grants.stream().anyMatch(grant -> grant.allows(type, read));
  }
}
