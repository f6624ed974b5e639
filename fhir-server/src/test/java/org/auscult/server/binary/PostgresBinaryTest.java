package org.auscult.server.binary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.auscult.server.PostgresServerTest;
import org.auscult.server.keys.KeyRing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** PostgreSQL encrypts nothing itself: what is found in its tables is found on its disk. */
class PostgresBinaryTest extends PostgresServerTest {
  @Autowired private JdbcTemplate jdbc;
  @Autowired private KeyRing keys;
  private BinaryScenarios scenarios;

  @BeforeEach
  void begin() {
    scenarios = new BinaryScenarios(client(), jdbc, keys);
  }

  @Test
  void noTableHoldsAModelsFileInPlain() throws Exception {
    String sentence = "planted " + UUID.randomUUID();
    scenarios.create(sentence);
    byte[] model = BinaryScenarios.model();

    for (byte[] file : List.of(BinaryScenarios.file(sentence), model)) {
      assertThat(tablesWith(file)).isEmpty();
    }
    assertThat(tablesWith("ckd-epi-2021-onnx".getBytes(UTF_8)))
        .as("what is no secret is found in this way")
        .contains("hfj_resource");
  }

  /** Looks through every row of every table, and through the large objects. */
  private List<String> tablesWith(byte[] file) {
    List<String> found = new ArrayList<>();
    for (String table :
        jdbc.queryForList(
            "select table_name from information_schema.tables where table_schema = 'public'"
                + " and table_type = 'BASE TABLE'",
            String.class)) {
      for (String form : forms(file)) {
        if (holds(
            "select count(*) from \"" + table + "\" t where position(? in t::text) > 0", form)) {
          found.add(table);
        }
      }
    }
    for (String form : forms(file)) {
      if (holds(
          "select count(*) from pg_largeobject where position(? in encode(data, 'hex')) > 0",
          HexFormat.of().formatHex(form.getBytes(UTF_8)))) {
        found.add("pg_largeobject");
      }
    }
    return found;
  }

  private boolean holds(String sql, String sought) {
    Integer rows = jdbc.queryForObject(sql, Integer.class, sought);
    return rows != null && rows > 0;
  }

  /** Pieces of it as they are, in base64, and each of these as PostgreSQL shows bytes. */
  private static List<String> forms(byte[] file) {
    int from = Math.min(300, file.length / 3);
    int length = Math.min(48, file.length - from);
    byte[] piece = Arrays.copyOfRange(file, from, from + length);
    String whole = Base64.getEncoder().encodeToString(file);
    int begin = whole.length() / 3;
    String base64 = whole.substring(begin, Math.min(begin + 60, whole.length()));
    HexFormat hex = HexFormat.of();
    List<String> forms =
        new ArrayList<>(
            List.of(base64, hex.formatHex(piece), hex.formatHex(base64.getBytes(UTF_8))));
    String text = new String(piece, UTF_8);
    if (text.chars().allMatch(c -> c >= ' ' && c < 127)) {
      forms.add(text);
    }
    return forms;
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

  @Test
  void aRotatedKeyLeavesItReadable() {
    scenarios.aRotatedKeyLeavesItReadable();
  }
}
