package org.auscult.server.keys;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the master key is, unless the environment holds it as {@code AUSCULT_MASTER_KEY}.
 *
 * @param masterKeyFile a file with 32 bytes in base64 that only this server's user may read; null
 *     for none
 * @param formerMasterKeyFile the key before the present one, given once after a change
 */
@ConfigurationProperties("auscult.keys")
record KeySettings(@Nullable Path masterKeyFile, @Nullable Path formerMasterKeyFile) {}
