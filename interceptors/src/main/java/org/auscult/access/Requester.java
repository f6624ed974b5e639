package org.auscult.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a request is made, as a verified access token says.
 *
 * @param issuer of the token
 * @param subject the issuer's name for the user, or for the client that acts for itself
 * @param client id of the application
 * @param fhirUser reference such as {@code Practitioner/1}; null for a system
 * @param roles none: nothing is allowed but what anybody may do
 * @param scope SMART scopes as granted, separated by spaces
 * @param patient id of the launch's patient; null if there is none
 * @param encounter id of the launch's encounter; null if there is none
 * @param sites ids of the Organizations that this user works for; a system without sites may reach
 *     all
 * @param purpose code of v3-PurposeOfUse; {@code TREAT} unless the token says another
 * @param tokenId the token's {@code jti}, for the audit log
 */
public record Requester(
    String issuer,
    String subject,
    String client,
    @Nullable String fhirUser,
    Set<Role> roles,
    String scope,
    @Nullable String patient,
    @Nullable String encounter,
    Set<String> sites,
    String purpose,
    @Nullable String tokenId) {
  /** The attribute of a request that holds its requester. */
  public static final String ATTRIBUTE = "org.auscult.requester";

  /** The header by which a request states its purpose of use, within what the token allows. */
  public static final String PURPOSE_HEADER = "Purpose-Of-Use";

  /** Stands for an issuer where there is no token; no issuer can have this name. */
  private static final String CARDS = "urn:auscult:cards";

  private static final int MARK = 15;

  public Requester {
    roles = Set.copyOf(roles);
    sites = Set.copyOf(sites);
  }

  /**
   * A clinician to whom an EHR shows a card: an EHR says who that is, and no token of ours.
   *
   * @param client the EHR
   * @param fhirUser reference of one of our practitioners
   */
  public static Requester ofCard(String client, String fhirUser, Set<String> sites) {
    return new Requester(
        CARDS,
        fhirUser,
        client,
        fhirUser,
        Set.of(Role.CLINICIAN),
        "user/*.rs",
        null,
        null,
        sites,
        "TREAT",
        null);
  }

  /** A mark of the person or system, whatever the application. */
  public String person() {
    return mark(issuer + "\n" + subject);
  }

  /** A mark of the person or system with the application: for what belongs to nobody else. */
  public String application() {
    return mark(issuer + "\n" + subject + "\n" + client);
  }

  /** The same with another purpose. */
  public Requester withPurpose(String other) {
    return new Requester(
        issuer, subject, client, fhirUser, roles, scope, patient, encounter, sites, other, tokenId);
  }

  private static String mark(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, MARK));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
