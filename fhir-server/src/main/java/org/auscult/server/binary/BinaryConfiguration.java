package org.auscult.server.binary;

import jakarta.persistence.EntityManagerFactory;
import org.auscult.server.keys.KeyRing;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Binaries are encrypted before the first request comes. */
@Configuration(proxyBeanMethods = false)
public class BinaryConfiguration {
  @Bean
  BinaryEncryption binaryEncryption(EntityManagerFactory entities, KeyRing keys) {
    return BinaryEncryption.begin(entities, keys);
  }
}
