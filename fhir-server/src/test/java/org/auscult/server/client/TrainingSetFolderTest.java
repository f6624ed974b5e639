package org.auscult.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.auscult.server.client.TrainingSetHttp.RefusedException;
import org.auscult.server.token.TokenSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bad connection, and a bad server, do to a data set that is fetched. */
class TrainingSetFolderTest {
  private static final String ID = "00000000-0000-0000-0000-000000000001";

  @TempDir Path folder = Path.of("");

  private final Map<String, String> files = new TreeMap<>();
  private final List<String> requests = new ArrayList<>();
  private int breaks;
  private HttpServer server = unstarted();

  private static HttpServer unstarted() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void start() throws IOException {
    server.createContext("/fhir/", this::answer);
    server.start();
    files.put("rows/test/00000.csv", "a,b\n1,2\n");
    files.put("rows/train/00000.csv", "a,b\n" + "3,4\n".repeat(100_000));
    files.put("manifest.json", manifest(files));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String text(String file) {
    return Objects.requireNonNull(files.get(file));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String manifest(Map<String, String> files) {
    ObjectNode manifest = FhirHttp.JSON.createObjectNode();
    ArrayNode list = manifest.putArray("files");
    StringBuilder all = new StringBuilder();
    files.forEach(
        (name, text) -> {
          list.addObject()
              .put("name", name)
              .put("rows", 1)
              .put("size", text.length())
              .put("sha256", sha256(text));
          all.append(sha256(text)).append("  ").append(name).append('\n');
        });
    return manifest.put("contentSha256", sha256(all.toString())).toString();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getPath() + "?" + exchange.getRequestURI().getQuery();
    requests.add(query);
    assertThat(exchange.getRequestHeaders().getFirst("Purpose-Of-Use")).isEqualTo("HRESCH");
    if (query.contains("$training-set-file")) {
      byte[] body = text(query.replaceFirst(".*file=", "")).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      // A connection that breaks in the middle gives less than it promised.
      exchange.getResponseBody().write(body, 0, breaks-- > 0 ? body.length / 2 : body.length);
    } else if (breaks-- <= 0) {
      exchange.sendResponseHeaders(200, -1);
    }
    exchange.close();
  }

  private TrainingSetHttp http() {
    String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/fhir";
    return new TrainingSetHttp(
        new FhirHttp(base, TokenSource.NONE, Duration.ofMillis(1), "HRESCH"), Duration.ofMillis(1));
  }

  private TrainingSetFolder.Fetched fetch() throws IOException, RefusedException {
    return new TrainingSetFolder(folder, http()).fetch(ID);
  }

  private void isWhole() {
    assertThat(folder.resolve("rows/train/00000.csv")).hasContent(text("rows/train/00000.csv"));
    assertThat(folder.resolve("manifest.json")).hasContent(text("manifest.json"));
  }

  @Test
  void getsOverConnectionsThatBreak() throws Exception {
    breaks = 5;
    http().await(ID, progress -> {});
    breaks = 5;

    assertThat(fetch()).extracting("files", "rows").containsExactly(2, 2L);

    isWhole();
    try (var left = Files.walk(folder)) {
      assertThat(left.filter(f -> f.toString().endsWith(".part"))).isEmpty();
    }
  }

  @Test
  void doesNotFetchAgainWhatIsThere() throws Exception {
    fetch();
    requests.clear();

    fetch();

    assertThat(requests).singleElement().asString().contains("manifest.json");
  }

  @Test
  void neverWritesOverAnything() throws Exception {
    Path other = folder.resolve("rows/train/00000.csv");
    Files.createDirectories(other.getParent());
    Files.writeString(other, "mine");

    assertThatThrownBy(this::fetch)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("with other bytes");

    assertThat(other).hasContent("mine");
    assertThat(folder.resolve("manifest.json")).doesNotExist();
    assertThat(folder.resolve("rows/test/00000.csv")).doesNotExist();
  }

  @Test
  void refusesOtherBytesThanTheManifestSays() {
    files.put("rows/test/00000.csv", "a,b\n1,3\n");

    assertThatThrownBy(this::fetch)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("rows/test/00000.csv");

    assertThat(folder.resolve("rows/test/00000.csv")).doesNotExist();
    assertThat(folder.resolve("manifest.json")).doesNotExist();
  }

  @Test
  void refusesAManifestThatIsNotOfItsFiles() {
    files.put("manifest.json", text("manifest.json").replace("00000.csv", "00001.csv"));

    assertThatThrownBy(this::fetch)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("contentSha256");
  }

  @Test
  void refusesToWriteOutsideOfTheFolder() {
    for (String name : List.of("../outside", "/tmp/outside", "manifest.json", "rows/../../x")) {
      Map<String, String> outside = new TreeMap<>(Map.of(name, "text"));
      files.put("manifest.json", manifest(outside));

      assertThatThrownBy(this::fetch)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("outside");
    }
  }

  @Test
  void startsNothingTwiceWhenTheAnswerIsLost() {
    breaks = 1;

    assertThatThrownBy(
            () -> http().start(FhirHttp.JSON.createObjectNode().put("resourceType", "Parameters")))
        .isInstanceOf(FhirHttp.Unavailable.class)
        .hasMessageContaining("lost");

    assertThat(requests).hasSize(1);
  }
}
