package org.auscult.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.core.env.Environment;

/** Who can reach this server at all. */
public enum Exposure {
  /** It listens on this machine's own address only. */
  LOOPBACK,
  /** Other machines can reach it. */
  NETWORK;

  /** By {@code server.address}; without one a server listens on all addresses. */
  public static Exposure of(Environment environment) {
    String address = environment.getProperty("server.address");
    if (address == null || address.isBlank()) {
      return NETWORK;
    }
    try {
      return InetAddress.getByName(address.strip()).isLoopbackAddress() ? LOOPBACK : NETWORK;
    } catch (UnknownHostException e) {
      return NETWORK;
    }
  }
}
