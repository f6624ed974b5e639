package org.auscult.server.auth.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Public keys of clients: as registered, or fetched from the URL that was registered. Fetched ones
 * are kept for five minutes; an unknown key id fetches them anew, at the most twice in 30 s.
 */
public final class ClientKeys {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int LARGEST = 100_000;

  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .build();

  private final Cache<String, JWKSource<SecurityContext>> fetched =
      Caffeine.newBuilder().maximumSize(1_000).recordStats().build();

  JWKSource<SecurityContext> of(Client client) {
    String uri = client.jwksUri();
    return uri == null
        ? new ImmutableJWKSet<>(client.keys())
        : fetched.get(uri, ClientKeys.this::source);
  }

  private JWKSource<SecurityContext> source(String uri) {
    try {
      return JWKSourceBuilder.create(URI.create(uri).toURL(), this::fetch)
          .refreshAheadCache(false)
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("A registered URL of keys is http or https", e);
    }
  }

  private Resource fetch(URL url) throws IOException {
    try {
      HttpResponse<InputStream> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url.toString())).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        byte[] keys = body.readNBytes(LARGEST + 1);
        if (answer.statusCode() != 200 || keys.length > LARGEST) {
          throw new IOException("A client's keys cannot be had: HTTP " + answer.statusCode());
        }
        return new Resource(new String(keys, UTF_8), "application/json");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a client's keys were fetched", e);
    }
  }
}
