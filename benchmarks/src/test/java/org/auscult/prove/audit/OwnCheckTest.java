package org.auscult.prove.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.auscult.audit.CanonicalJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The proof's own check gives the published answers of Certificate Transparency's reference tests,
 * and refuses what differs from them.
 */
class OwnCheckTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<byte[]> LEAVES =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(HexFormat.of()::parseHex)
          .toList();
  private static final String ROOT_4 =
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
  private static final String ROOT_6 =
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef";
  private static final String ROOT_8 =
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328";
  private static final String L4 =
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
  private static final String N45 =
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
  private static final String N67 =
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";

  @TempDir Path folder = Path.of("");

  @Test
  void roots() {
    assertThat(OwnCheck.root(LEAVES)).isEqualTo(ROOT_8);
    assertThat(OwnCheck.root(LEAVES.subList(0, 6))).isEqualTo(ROOT_6);
    assertThat(OwnCheck.root(List.of()))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void inclusion() {
    List<String> path = List.of(L4, N67, ROOT_4);
    assertThat(OwnCheck.includes(LEAVES.get(5), 5, 8, path, ROOT_8)).isTrue();
    assertThat(OwnCheck.includes(LEAVES.get(4), 5, 8, path, ROOT_8)).isFalse();
    assertThat(OwnCheck.includes(LEAVES.get(5), 4, 8, path, ROOT_8)).isFalse();
    assertThat(OwnCheck.includes(LEAVES.get(5), 5, 8, path, ROOT_6)).isFalse();
    assertThat(OwnCheck.includes(LEAVES.get(5), 5, 8, List.of(L4, N67), ROOT_8)).isFalse();
    assertThat(OwnCheck.includes(LEAVES.get(5), 5, 8, List.of(L4, L4, N67, ROOT_4), ROOT_8))
        .isFalse();
  }

  @Test
  void growth() {
    List<String> path = List.of(N45, N67, ROOT_4);
    assertThat(OwnCheck.grew(6, 8, path, ROOT_6, ROOT_8)).isTrue();
    assertThat(OwnCheck.grew(6, 8, path, ROOT_4, ROOT_8)).isFalse();
    assertThat(OwnCheck.grew(6, 8, path, ROOT_6, ROOT_6)).isFalse();
    assertThat(OwnCheck.grew(5, 8, path, ROOT_6, ROOT_8)).isFalse();
    assertThat(OwnCheck.grew(6, 8, List.of(N45, N67), ROOT_6, ROOT_8)).isFalse();
    assertThat(OwnCheck.grew(6, 8, List.of(N45, N67, ROOT_4, L4), ROOT_6, ROOT_8)).isFalse();
  }

  @Test
  void signatures() throws Exception {
    LogFile log = LogFile.write(folder.resolve("log"), new SyntheticEvents(3), 10, 5);
    JsonNode head = JSON.readTree(log.last().write());
    JsonNode jwk =
        JSON.readTree(
            new String(CanonicalJson.write(log.keys().all().get(0).jwk()), StandardCharsets.UTF_8));
    assertThat(OwnCheck.isSigned(head, jwk)).isTrue();
    for (String field : List.of("root", "log", "time", "signature")) {
      ObjectNode changed = head.deepCopy();
      changed.put(field, changed.path(field).asText().replace('0', '1') + "1");
      assertThat(OwnCheck.isSigned(changed, jwk)).as(field).isFalse();
    }
    ObjectNode larger = head.deepCopy();
    assertThat(OwnCheck.isSigned(larger.put("size", 11), jwk)).isFalse();
  }
}
