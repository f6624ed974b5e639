package org.auscult.server.signature;

import java.util.regex.Pattern;

/**
 * The one person who signs (21 CFR 11.100(a)): never a group, a role or a system.
 *
 * @param reference such as {@code Practitioner/1}, without a version
 * @param name as people read it
 */
public record Signer(String reference, String name) {
  private static final Pattern PERSON = Pattern.compile("Practitioner/[A-Za-z0-9.-]{1,64}");

  public Signer {
    if (!PERSON.matcher(reference).matches()) {
      throw new IllegalArgumentException("Only a person signs, as a Practitioner");
    }
    name = name.strip();
    if (name.isEmpty()) {
      throw new IllegalArgumentException("A signer has a name, since every signature shows it");
    }
  }
}
