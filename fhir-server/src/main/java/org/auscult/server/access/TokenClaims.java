package org.auscult.server.access;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auscult.access.Requester;
import org.auscult.access.Role;
import org.jspecify.annotations.Nullable;

/**
 * Reads who asks from verified claims.
 *
 * @param names the issuer's names of claims, by ours
 * @param roles our codes of the issuer's roles; none if it uses ours
 * @param defaultRoles codes for a token without a claim of roles
 */
record TokenClaims(
    Map<String, String> names, Map<String, String> roles, List<String> defaultRoles) {
  private static final String TREATMENT = "TREAT";

  /** A purpose that nobody has. */
  private static final String NONE = "none";

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9]{1,40}");

  /** Those of our own tokens. */
  static final TokenClaims OWN = new TokenClaims(Map.of(), Map.of(), List.of());

  /**
   * The requester of a token.
   *
   * @param fhirBase our FHIR base URL: references below it are ours
   * @param asked the purpose of use that the request states; null if it states none
   */
  Requester requester(JWTClaimsSet claims, String fhirBase, @Nullable String asked) {
    String client =
        Stream.of("client_id", "azp")
            .map(name -> text(claims, name))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("");
    return new Requester(
        Objects.requireNonNull(claims.getIssuer()),
        Objects.requireNonNull(claims.getSubject()),
        client,
        local(text(claims, "fhirUser"), fhirBase),
        roles(claims),
        String.join(" ", texts(claims, "scope")),
        id(text(claims, "patient"), "Patient", fhirBase),
        id(text(claims, "encounter"), "Encounter", fhirBase),
        texts(claims, "sites").stream()
            .map(site -> id(site, "Organization", fhirBase))
            .filter(Objects::nonNull)
            .collect(Collectors.toSet()),
        purpose(texts(claims, "purpose"), asked),
        claims.getJWTID());
  }

  /** Whoever may treat may do with less; no purpose leads to one that the token does not have. */
  private static String purpose(List<String> stated, @Nullable String asked) {
    List<String> all =
        stated.stream()
            .flatMap(one -> Arrays.stream(one.trim().split(" +")))
            .map(TokenClaims::code)
            .filter(code -> !code.isEmpty())
            .toList();
    if (asked == null) {
      return all.isEmpty() ? TREATMENT : all.get(0);
    }
    String code = code(asked.trim());
    boolean isTheirs = all.isEmpty() || all.contains(TREATMENT) || all.contains(code);
    return isTheirs && CODE.matcher(code).matches() ? code : NONE;
  }

  /** Without its code system. */
  private static String code(String purpose) {
    return purpose.substring(Math.max(purpose.lastIndexOf('|'), purpose.lastIndexOf('#')) + 1);
  }

  private Set<Role> roles(JWTClaimsSet claims) {
    List<String> given = texts(claims, "roles");
    Set<Role> known = new HashSet<>();
    if (given.isEmpty()) {
      defaultRoles.forEach(code -> Role.of(code).ifPresent(known::add));
    }
    for (String role : given) {
      Role.of(roles.isEmpty() ? role : roles.getOrDefault(role, "")).ifPresent(known::add);
    }
    return known;
  }

  private @Nullable String text(JWTClaimsSet claims, String name) {
    List<String> texts = texts(claims, name);
    return texts.size() == 1 && !texts.get(0).isBlank() ? texts.get(0) : null;
  }

  /** A claim's texts: it is one text, or several; anything else is none. */
  private List<String> texts(JWTClaimsSet claims, String name) {
    Object value = claims.toJSONObject();
    for (String step : steps(claims, names.getOrDefault(name, name))) {
      value = value instanceof Map<?, ?> object ? object.get(step) : null;
    }
    List<String> texts = new ArrayList<>();
    for (Object one : value instanceof Collection<?> several ? several : listOf(value)) {
      if (one instanceof String text) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** A claim may itself have dots in its name, as URLs do. */
  private static List<String> steps(JWTClaimsSet claims, String name) {
    return claims.getClaim(name) != null ? List.of(name) : List.of(name.split("\\."));
  }

  private static List<Object> listOf(@Nullable Object value) {
    return value == null ? List.of() : List.of(value);
  }

  private static @Nullable String local(@Nullable String reference, String fhirBase) {
    return reference != null && reference.startsWith(fhirBase + "/")
        ? reference.substring(fhirBase.length() + 1)
        : reference;
  }

  /** The id of a reference or an id; null if it is of another type, or of another server. */
  private static @Nullable String id(@Nullable String given, String type, String fhirBase) {
    String local = local(given, fhirBase);
    if (local == null) {
      return null;
    }
    String id = local.startsWith(type + "/") ? local.substring(type.length() + 1) : local;
    return id.matches("[A-Za-z0-9.-]{1,64}") ? id : null;
  }
}
