package org.auscult.server.auth.user;

import java.util.List;
import java.util.Set;
import org.auscult.access.Role;
import org.jspecify.annotations.Nullable;

/**
 * A person who may sign in.
 *
 * @param id stays for ever; tokens call the person so
 * @param name by which the person signs in
 * @param displayName for people
 * @param fhirUser reference to the person's resource, such as {@code Practitioner/1}; null if none
 * @param sites ids of the Organizations that this person works for
 * @param passwordHash with the name of its algorithm, such as {@code {bcrypt}...}
 * @param totpSecret of the second factor, in base 32; null if the person has none
 */
public record User(
    String id,
    String name,
    String displayName,
    @Nullable String fhirUser,
    Set<Role> roles,
    List<String> sites,
    String passwordHash,
    @Nullable String totpSecret,
    boolean disabled) {
  public User {
    roles = Set.copyOf(roles);
    sites = List.copyOf(sites);
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "A user's name takes 1 to 128 small letters, digits and any of . _ @ -");
    }
    if (!passwordHash.matches("\\{[a-zA-Z0-9@_]+}.+")) {
      throw new IllegalArgumentException(
          "User " + name + ": the password is a hash such as {bcrypt}$2a$10$..., never itself");
    }
    if (passwordHash.startsWith("{noop}")) {
      throw new IllegalArgumentException("User " + name + ": {noop} is no hash");
    }
    if (fhirUser != null && !fhirUser.matches("[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}")) {
      throw new IllegalArgumentException(
          "User " + name + ": fhirUser is a reference such as Practitioner/1");
    }
    if (roles.contains(Role.SYSTEM)) {
      throw new IllegalArgumentException("User " + name + ": system is no role of a person");
    }
    if (totpSecret != null) {
      Totp.of(totpSecret);
    }
  }

  static boolean isName(String name) {
    return name.matches("[a-z0-9._@-]{1,128}");
  }

  /** Neither hash nor secret. */
  @Override
  public String toString() {
    return "User[" + id + "]";
  }
}
