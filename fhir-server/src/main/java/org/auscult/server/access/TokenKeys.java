package org.auscult.server.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.auscult.server.keys.KeyPurpose;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.keys.VerifyingKey;

/** Where the keys of issuers come from. */
final class TokenKeys {
  /** A token of the key before lives at most an hour. */
  private static final Duration KEPT_AFTER_ROTATION = Duration.ofHours(2);

  private static final Duration CACHED = Duration.ofMinutes(5);
  private static final Duration WAIT_FOR_REFRESH = Duration.ofSeconds(5);
  private static final Duration BETWEEN_REFRESHES = Duration.ofSeconds(30);
  private static final Duration KEPT_THROUGH_OUTAGE = Duration.ofHours(1);
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int MOST_BYTES = 100_000;

  private TokenKeys() {}

  /** The keys of this installation, without HTTP. A token must name its key. */
  static JWKSource<SecurityContext> own(KeyRing ring, Clock clock) {
    return (selector, context) -> {
      List<JWK> keys = new ArrayList<>();
      for (VerifyingKey key : ring.verifying(KeyPurpose.TOKEN)) {
        if (isKept(key, clock.instant())) {
          keys.add(
              new RSAKey.Builder((RSAPublicKey) key.publicKey())
                  .keyID(key.id())
                  .keyUse(KeyUse.SIGNATURE)
                  .algorithm(JWSAlgorithm.RS256)
                  .build());
        }
      }
      return selector.getMatcher().getKeyIDs() == null
          ? List.of()
          : selector.select(new JWKSet(keys));
    };
  }

  private static boolean isKept(VerifyingKey key, Instant now) {
    Instant until = key.until();
    return until == null || now.isBefore(until.plus(KEPT_AFTER_ROTATION));
  }

  /**
   * The keys at a URL: kept for five minutes, asked for again at once when a token names an unknown
   * key, but not more often than twice in 30 s, and kept for an hour while the URL cannot be read.
   * It follows no redirect.
   *
   * @throws IllegalArgumentException if it is no URL
   */
  static JWKSource<SecurityContext> at(URI url) {
    try {
      return JWKSourceBuilder.create(url.toURL(), new NoRedirects())
          .refreshAheadCache(false)
          .cache(CACHED.toMillis(), WAIT_FOR_REFRESH.toMillis())
          .rateLimited(BETWEEN_REFRESHES.toMillis())
          .outageTolerant(KEPT_THROUGH_OUTAGE.toMillis())
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("No URL of keys: " + url, e);
    }
  }

  private static final class NoRedirects extends DefaultResourceRetriever {
    NoRedirects() {
      super(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES);
    }

    @Override
    protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
      HttpURLConnection connection = super.openHTTPConnection(url);
      connection.setInstanceFollowRedirects(false);
      return connection;
    }
  }
}
