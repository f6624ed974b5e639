package org.auscult.access;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One SMART scope on clinical data, such as {@code patient/Observation.rs?category=laboratory}.
 *
 * <p>Source: SMART App Launch 2.2, "Scopes for requesting FHIR resources"; scopes of version 1 are
 * read as it says ({@code read} is {@code rs}, {@code write} is {@code cud}, {@code *} is {@code
 * cruds}) and spelt in version 2.
 *
 * @param type a FHIR type, or {@code *} for all
 * @param filters what a resource must match to be within: all of them; none for no limit
 */
public record Scope(
    ScopeFamily family, String type, Set<Permission> permissions, List<Filter> filters) {
  /** All types. */
  public static final String ANY = "*";

  private static final Pattern FORM =
      Pattern.compile("(patient|user|system)/(\\*|[A-Z][A-Za-z]*)\\.([a-z]+|\\*)(?:\\?(.+))?");
  private static final Pattern NAME = Pattern.compile("[_A-Za-z][A-Za-z0-9:-]*");
  private static final Map<String, Set<Permission>> FIRST_VERSION =
      Map.of(
          "read", EnumSet.of(Permission.READ, Permission.SEARCH),
          "write", EnumSet.of(Permission.CREATE, Permission.UPDATE, Permission.DELETE),
          "*", EnumSet.allOf(Permission.class));

  /**
   * A search parameter with its value, both as a query has them after decoding.
   *
   * @param name with its modifier, if any, such as {@code category}
   */
  public record Filter(String name, String value) implements Comparable<Filter> {
    /** As a query spells it, encoded. */
    public String text() {
      return encoded(name) + "=" + encoded(value);
    }

    @Override
    public int compareTo(Filter other) {
      return text().compareTo(other.text());
    }

    /** A query leaves these readable; commas and bars part values, colons part a modifier. */
    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8)
          .replace("%3A", ":")
          .replace("%2F", "/")
          .replace("%7C", "|")
          .replace("%2C", ",");
    }
  }

  public Scope {
    if (permissions.isEmpty()) {
      throw new IllegalArgumentException("A scope permits something");
    }
    permissions = Set.copyOf(permissions);
    filters = List.copyOf(new TreeSet<>(filters));
  }

  /** Reads one scope; empty if it is none on clinical data, or not well formed. */
  public static Optional<Scope> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    Optional<Set<Permission>> permissions =
        Optional.ofNullable(FIRST_VERSION.get(form.group(3)))
            .or(() -> Permission.parse(form.group(3)));
    Optional<List<Filter>> filters = filters(form.group(4));
    return ScopeFamily.of(form.group(1))
        .filter(family -> permissions.isPresent() && filters.isPresent())
        .map(
            family ->
                new Scope(family, form.group(2), permissions.orElseThrow(), filters.orElseThrow()));
  }

  private static Optional<List<Filter>> filters(@Nullable String query) {
    List<Filter> filters = new ArrayList<>();
    if (query == null) {
      return Optional.of(filters);
    }
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1 || equals == part.length() - 1) {
        return Optional.empty();
      }
      try {
        String name = URLDecoder.decode(part.substring(0, equals), StandardCharsets.UTF_8);
        String value = URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8);
        if (!NAME.matcher(name).matches()) {
          return Optional.empty();
        }
        filters.add(new Filter(name, value));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return Optional.of(filters);
  }

  /** Whether it speaks of this type. */
  public boolean isOf(String otherType) {
    return type.equals(ANY) || type.equals(otherType);
  }

  /** Whether it permits this on this type, for resources that match its filters. */
  public boolean permits(Permission permission, String otherType) {
    return permissions.contains(permission) && isOf(otherType);
  }

  /** Whether whatever the other permits is permitted by this one too. */
  public boolean contains(Scope other) {
    return family == other.family
        && isOf(other.type)
        && permissions.containsAll(other.permissions)
        && other.filters.containsAll(filters);
  }

  /** What both permit; empty if that is nothing. */
  public Optional<Scope> intersect(Scope other) {
    if (family != other.family || !(isOf(other.type) || other.isOf(type))) {
      return Optional.empty();
    }
    EnumSet<Permission> both = EnumSet.copyOf(permissions);
    both.retainAll(other.permissions);
    if (both.isEmpty()) {
      return Optional.empty();
    }
    List<Filter> all = new ArrayList<>(filters);
    all.addAll(other.filters);
    return Optional.of(new Scope(family, type.equals(ANY) ? other.type : type, both, all));
  }

  /** As a scope of version 2 is spelt. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(family.code()).append('/').append(type).append('.');
    text.append(Permission.letters(permissions));
    String before = "?";
    for (Filter filter : filters) {
      text.append(before).append(filter.text());
      before = "&";
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return text();
  }
}
