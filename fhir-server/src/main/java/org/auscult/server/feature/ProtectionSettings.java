package org.auscult.server.feature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.deidentification.fhir.ProtectedConditions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What an operator may set about conditions under special protection; documented in {@code
 * docs/configuration.md}.
 *
 * @param protectedCodes file with a list of codes that takes the place of ours; null for ours
 */
@ConfigurationProperties("auscult")
public record ProtectionSettings(@Nullable Path protectedCodes) {
  ProtectedCodes codes() {
    if (protectedCodes == null) {
      return ProtectedConditions.icd10cm();
    }
    try {
      return ProtectedCodes.parse(Files.readAllLines(protectedCodes));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "auscult.protected-codes names a file that cannot be read: " + protectedCodes, e);
    }
  }
}
