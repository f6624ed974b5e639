package org.auscult.server.binary;

import org.auscult.server.ServerTest;
import org.auscult.server.keys.KeyRing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

class H2BinaryTest extends ServerTest {
  @Autowired private JdbcTemplate jdbc;
  @Autowired private KeyRing keys;
  private BinaryScenarios scenarios;

  @BeforeEach
  void begin() {
    scenarios = new BinaryScenarios(client(), jdbc, keys);
  }

  @Test
  void eachVersionLiesEncryptedAndIsReadAsItWas() {
    scenarios.eachVersionLiesEncryptedAndIsReadAsItWas();
  }

  @Test
  void whatDidNotChangeIsNotWrittenAnew() {
    scenarios.whatDidNotChangeIsNotWrittenAnew();
  }

  @Test
  void aTransactionEncryptsEachOfIts() {
    scenarios.aTransactionEncryptsEachOfIts();
  }

  @Test
  void anOtherVersionsTextIsRefused() {
    scenarios.anOtherVersionsTextIsRefused();
  }

  @Test
  void whatLayThereInPlainStaysReadable() {
    scenarios.whatLayThereInPlainStaysReadable();
  }
}
