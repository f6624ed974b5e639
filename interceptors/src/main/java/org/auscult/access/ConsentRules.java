package org.auscult.access;

/** Port: what stored consents say. */
@FunctionalInterface
public interface ConsentRules {
  /**
   * The rule of a consent.
   *
   * @param version {@code id/_history/version}: one version says the same for ever
   */
  Provision of(String version);
}
