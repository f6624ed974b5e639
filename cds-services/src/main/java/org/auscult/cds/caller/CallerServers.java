package org.auscult.cds.caller;

import java.net.InetAddress;
import java.net.URI;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.auscult.cds.fhir.FhirServers;

/**
 * Which addresses may be called: only those below a base URL that the operator has listed. What a
 * caller writes into a call decides nothing.
 */
public final class CallerServers {
  /** A dot segment or an escaped separator could lead a path elsewhere. */
  private static final Pattern MISLEADING =
      Pattern.compile("(^|/)\\.\\.?(/|;|$)|%2e|%2f|%5c", Pattern.CASE_INSENSITIVE);

  private final Set<String> bases;
  private final boolean privateNetwork;

  /**
   * Takes the operator's list.
   *
   * @param bases FHIR base URLs
   * @param privateNetwork whether a listed name may lead to an address of a private network; an
   *     address that is listed itself may be called in any case
   * @throws IllegalArgumentException if a base is not an absolute http(s) URL
   */
  public CallerServers(Collection<String> bases, boolean privateNetwork) {
    this.bases = bases.stream().map(FhirServers::canonical).collect(Collectors.toUnmodifiableSet());
    this.privateNetwork = privateNetwork;
  }

  boolean contains(String canonicalBase) {
    return bases.contains(canonicalBase);
  }

  /** Whether this address, which the host of a base leads to, may be called. */
  boolean mayCall(URI base, InetAddress address) {
    return Addresses.mayCall(base, address, privateNetwork);
  }

  /**
   * The address of a next page.
   *
   * @param link absolute, or relative to the base
   * @return empty if it is not below the base, at the same scheme, host and port
   */
  static Optional<URI> below(URI base, String link) {
    try {
      URI directory = URI.create(base + "/");
      URI next = directory.resolve(QueryUrls.escaped(link));
      boolean sameServer =
          next.getHost() != null
              && next.getScheme().equalsIgnoreCase(base.getScheme())
              && next.getHost().equalsIgnoreCase(base.getHost())
              && port(next) == port(base)
              && next.getRawUserInfo() == null
              && next.getRawFragment() == null;
      String path = next.getRawPath() == null ? "" : next.getRawPath();
      boolean below =
          (path.equals(base.getRawPath()) || path.startsWith(directory.getRawPath()))
              && !MISLEADING.matcher(path).find();
      return sameServer && below ? Optional.of(next) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }
}
