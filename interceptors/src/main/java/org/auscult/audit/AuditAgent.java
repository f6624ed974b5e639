package org.auscult.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who asked. Never a token.
 *
 * @param issuer who vouches for the subject; null if nobody is known
 * @param subject the issuer's name for the user, or for the client that acts for itself
 * @param user FHIR reference such as {@code Practitioner/1}; null for a system
 * @param client id of the application
 * @param roles codes, in sorted order
 * @param purpose code of v3-PurposeOfUse
 * @param address the network address from which the request came
 */
public record AuditAgent(
    @Nullable String issuer,
    @Nullable String subject,
    @Nullable String user,
    @Nullable String client,
    List<String> roles,
    @Nullable String purpose,
    @Nullable String address) {
  public AuditAgent {
    roles = roles.stream().sorted().distinct().toList();
  }

  /** Nobody known, from this address. */
  public static AuditAgent unknown(@Nullable String address) {
    return new AuditAgent(null, null, null, null, List.of(), null, address);
  }

  /** A part of this server, such as the job that sets a deadline. */
  public static AuditAgent server(String part) {
    return new AuditAgent(null, part, null, null, List.of(), null, null);
  }
}
