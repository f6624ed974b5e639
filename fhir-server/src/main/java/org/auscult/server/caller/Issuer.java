package org.auscult.server.caller;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom we trust to sign for one client, and how far.
 *
 * @param client id of the client's profile
 * @param name {@code iss}, exactly
 * @param algorithms that it may sign with
 * @param keys where its keys are
 * @param addresses that a token may name as {@code jku}
 * @param audiences taken beside the URL that is called
 * @param subject that tokens must have; null for any
 * @param tenants that may call; none: any
 * @param leeway by which clocks may differ
 * @param longestLife from {@code iat} to {@code exp}
 */
record Issuer(
    String client,
    String name,
    Set<JWSAlgorithm> algorithms,
    KeySource keys,
    Set<String> addresses,
    Set<String> audiences,
    @Nullable String subject,
    Set<String> tenants,
    Duration leeway,
    Duration longestLife) {
  Issuer {
    algorithms = Set.copyOf(algorithms);
    addresses = Set.copyOf(addresses);
    audiences = Set.copyOf(audiences);
    tenants = Set.copyOf(tenants);
  }

  /** Where an issuer's keys are. */
  interface KeySource {
    /**
     * What verifies this algorithm under this id.
     *
     * @param address the token's {@code jku}, which is on the issuer's list; null if it has none
     * @throws KeysUnavailableException if they cannot be had now
     */
    List<JWSVerifier> find(String id, JWSAlgorithm algorithm, @Nullable String address)
        throws KeysUnavailableException;
  }
}
