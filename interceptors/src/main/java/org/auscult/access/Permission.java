package org.auscult.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a SMART scope permits on a type, in the order in which a scope spells them. */
public enum Permission {
  CREATE,
  /** Read, read a version, history of one resource. */
  READ,
  /** Update and patch; also an update that creates, since the client chose the id. */
  UPDATE,
  DELETE,
  /** Search, and the history of a type or of all. */
  SEARCH;

  /** The letter of a scope: c, r, u, d or s. */
  public char letter() {
    return name().toLowerCase(Locale.ROOT).charAt(0);
  }

  /**
   * The permissions of letters in the order {@code cruds}, none twice, at least one; empty if they
   * are anything else, since a scope out of order is none (SMART App Launch 2.2, scopes).
   */
  public static Optional<Set<Permission>> parse(String letters) {
    EnumSet<Permission> found = EnumSet.noneOf(Permission.class);
    int next = 0;
    for (Permission permission : values()) {
      if (next < letters.length() && letters.charAt(next) == permission.letter()) {
        found.add(permission);
        next++;
      }
    }
    return found.isEmpty() || next < letters.length()
        ? Optional.empty()
        : Optional.of(Set.copyOf(found));
  }

  /** The letters of permissions, in the order {@code cruds}. */
  public static String letters(Set<Permission> permissions) {
    StringBuilder letters = new StringBuilder();
    for (Permission permission : values()) {
      if (permissions.contains(permission)) {
        letters.append(permission.letter());
      }
    }
    return letters.toString();
  }
}
