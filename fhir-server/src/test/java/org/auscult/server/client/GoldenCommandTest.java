package org.auscult.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GoldenCommandTest {
  @TempDir Path folder = Path.of("");
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void listenNoMore() {
    System.setOut(out);
    System.setErr(err);
  }

  private int golden(String... arguments) {
    printed.reset();
    return new CommandLine(new GoldenCommand()).execute(arguments);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static String example() throws IOException {
    String page = Files.readString(Path.of("../docs/golden.md"));
    int from = page.indexOf("```json") + "```json".length();
    return page.substring(from, page.indexOf("```", from));
  }

  @Test
  void theExampleIsEqualAndItsMutantFails() throws IOException {
    String file = file("f.json", example());
    assertThat(golden(file)).isZero();
    assertThat(printed()).contains("1 files, 1 cases: 1 equal, 0 differ");
    assertThat(golden(file, "--mutants")).isZero();
    assertThat(printed()).contains("1 of 1 mutants");
  }

  @Test
  void saysWhatDiffers() throws IOException {
    String file =
        file(
            "f.json",
            example()
                .replace(
                    "{\"value\": 128, \"unit\": \"mm[Hg]\"",
                    "{\"value\": 127, \"unit\": \"mm[Hg]\""));
    assertThat(golden(file)).isEqualTo(1);
    assertThat(printed()).contains("DIFFERS f.json", "systolic", "127", "128", "1 differ");
    assertThat(golden(file, "--json")).isEqualTo(1);
    JsonNode result = new ObjectMapper().readTree(printed());
    assertThat(result.path("differ").asInt()).isEqualTo(1);
    JsonNode feature = result.path("results").path(0).path("features").path(0);
    assertThat(feature.path("differences").path(0).asText()).isEqualTo("value");
    assertThat(feature.path("actual").path("value").asDouble()).isEqualTo(128);
  }

  @Test
  void aMutantThatChangesNothingIsTold() throws IOException {
    String file = file("f.json", example().replace("T15:00:00Z\"}", "T13:00:00Z\"}"));
    assertThat(golden(file)).isZero();
    assertThat(golden(file, "--mutants")).isEqualTo(1);
    assertThat(printed()).contains("VACUOUS", "asked after the correction");
  }

  @Test
  void aWrongFileIsTwoAndStopsNoOther() throws IOException {
    file("good.json", example());
    file("bad.json", "{\"cases\": \u001b[31m");
    assertThat(golden(folder.toString())).isEqualTo(2);
    assertThat(printed()).contains("WRONG   bad.json", "1 equal").doesNotContain("\u001b");
    assertThat(golden(folder.resolve("absent").toString())).isEqualTo(2);
    assertThat(golden(file("f.json", example()), "--zone", "Europe/Wien")).isEqualTo(2);
  }
}
