package org.auscult.cds.caller;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which IP addresses may be called: their kinds, by IANA's registries of special-purpose addresses.
 */
public final class Addresses {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[.*]|localhost");

  /** 64:ff9b::/96, RFC 6052. */
  private static final byte[] NAT64 = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};

  private Addresses() {}

  /**
   * Whether a configured URL may be called at an address that its host leads to.
   *
   * @param privateNetwork whether a name may lead to an address of a private network; an address
   *     that is configured itself may be called in any case
   */
  public static boolean mayCall(URI configured, InetAddress address, boolean privateNetwork) {
    String host = configured.getHost().toLowerCase(Locale.ROOT);
    return LITERAL.matcher(host).matches()
        || isPublic(address)
        || (privateNetwork && isPrivate(address));
  }

  /**
   * Whether a URL may be called that no operator wrote but a server has named: where its host is
   * the configured one's, as that; elsewhere an address of this machine, or of its link, never.
   *
   * @param configured the URL of the server that has named it
   */
  public static boolean mayCall(
      URI configured, URI named, InetAddress address, boolean privateNetwork) {
    return configured.getHost().equalsIgnoreCase(named.getHost())
        ? mayCall(configured, address, privateNetwork)
        : isPublic(address) || (privateNetwork && isPrivate(address));
  }

  /** Whether anybody may have it: not of this machine, a link, a private network, or a group. */
  static boolean isPublic(InetAddress address) {
    byte[] b = address.getAddress();
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || isPrivate(address)) {
      return false;
    }
    return address instanceof Inet4Address ? isGlobal4(b) : isGlobal6(b);
  }

  /** Whether it is of a private network: RFC 1918, RFC 6598, RFC 4193. */
  static boolean isPrivate(InetAddress address) {
    byte[] b = address.getAddress();
    if (address instanceof Inet4Address) {
      return address.isSiteLocalAddress() || (at(b, 0) == 100 && (at(b, 1) & 0xC0) == 64);
    }
    return (at(b, 0) & 0xFE) == 0xFC;
  }

  /** Without 0/8, 192.0.0/24, 198.18/15 and 240/4. */
  private static boolean isGlobal4(byte[] b) {
    return at(b, 0) != 0
        && at(b, 0) < 240
        && !(at(b, 0) == 192 && at(b, 1) == 0 && at(b, 2) == 0)
        && !(at(b, 0) == 198 && (at(b, 1) & 0xFE) == 18);
  }

  /** 2000::/3 alone; of 6to4 and NAT64, the IPv4 address in it decides. */
  private static boolean isGlobal6(byte[] b) {
    if (Arrays.equals(Arrays.copyOf(b, NAT64.length), NAT64)) {
      return isPublic(ipv4(Arrays.copyOfRange(b, NAT64.length, b.length)));
    }
    if (at(b, 0) == 0x20 && at(b, 1) == 0x02) {
      return isPublic(ipv4(Arrays.copyOfRange(b, 2, 6)));
    }
    return (at(b, 0) & 0xE0) == 0x20;
  }

  private static InetAddress ipv4(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static int at(byte[] bytes, int index) {
    return bytes[index] & 0xFF;
  }
}
