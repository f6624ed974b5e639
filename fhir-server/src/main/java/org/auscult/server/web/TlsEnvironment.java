package org.auscult.server.web;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Turns {@code auscult.tls.*} into Spring Boot's settings of a web server with TLS: TLS 1.3, and
 * 1.2 for who knows nothing newer, with ciphers that keep past traffic secret; certificates are
 * read anew when their files change.
 */
final class TlsEnvironment implements EnvironmentPostProcessor {
  static final String CERTIFICATE = "auscult.tls.certificate";
  static final String PRIVATE_KEY = "auscult.tls.private-key";
  static final String CLIENT_CERTIFICATES = "auscult.tls.client-certificates";
  static final String PROTOCOLS = "auscult.tls.protocols";
  static final String BEHIND_PROXY = "auscult.tls.terminated-by-proxy";
  static final String DEFAULT_PROTOCOLS = "TLSv1.3,TLSv1.2";

  private static final String BUNDLE = "spring.ssl.bundle.pem.auscult.";
  private static final String CIPHERS =
      "TLS_AES_256_GCM_SHA384,TLS_CHACHA20_POLY1305_SHA256,TLS_AES_128_GCM_SHA256,"
          + "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,"
          + "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,"
          + "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,"
          + "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

  /** Whether this server itself speaks TLS. */
  static boolean isOn(Environment environment) {
    return value(environment, CERTIFICATE) != null;
  }

  /** Whether a proxy on the way does. */
  static boolean isBehindProxy(Environment environment) {
    return environment.getProperty(BEHIND_PROXY, Boolean.class, false);
  }

  static @Nullable String value(Environment environment, String key) {
    String value = environment.getProperty(key);
    return value == null || value.isBlank() ? null : value.strip();
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Map<String, Object> properties = new HashMap<>();
    if (isOn(environment) || isBehindProxy(environment)) {
      properties.put("server.servlet.session.cookie.secure", true);
    }
    String certificate = value(environment, CERTIFICATE);
    String privateKey = value(environment, PRIVATE_KEY);
    if (certificate != null && privateKey != null) {
      properties.put(BUNDLE + "keystore.certificate", file(certificate));
      properties.put(BUNDLE + "keystore.private-key", file(privateKey));
      properties.put(BUNDLE + "reload-on-update", true);
      properties.put(
          BUNDLE + "options.enabled-protocols",
          environment.getProperty(PROTOCOLS, DEFAULT_PROTOCOLS));
      properties.put(BUNDLE + "options.ciphers", CIPHERS);
      properties.put("server.ssl.bundle", "auscult");
      String clients = value(environment, CLIENT_CERTIFICATES);
      if (clients != null) {
        properties.put(BUNDLE + "truststore.certificate", file(clients));
        properties.put("server.ssl.client-auth", "want");
      }
    }
    environment.getPropertySources().addFirst(new MapPropertySource("auscult-tls", properties));
  }

  private static String file(String path) {
    return Path.of(path).toAbsolutePath().toUri().toString();
  }
}
