package org.auscult.server.keys;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the master key is, unless the environment holds it as {@code AUSCULT_MASTER_KEY}.
 *
 * @param masterKeyFile a file with 32 bytes in base64 that only this server's user may read; null
 *     for none
 * @param formerMasterKeyFile the key before the present one, given once after a change
 * @param rotateAfter how long a key signs before another takes its place; zero for ever
 */
@ConfigurationProperties("auscult.keys")
record KeySettings(
    @Nullable Path masterKeyFile,
    @Nullable Path formerMasterKeyFile,
    @DefaultValue("90d") Duration rotateAfter) {
  KeySettings {
    if (!rotateAfter.isZero() && rotateAfter.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException(
          "auscult.keys.rotate-after is " + rotateAfter + "; it takes a day at the least, or 0");
    }
  }
}
