package org.auscult.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bundled patients are like once their dates are moved. */
class DemoPatientsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final Pattern STARTS_WITH_DATE = Pattern.compile("(\\d{4}-\\d{2}-\\d{2}).*");

  @TempDir Path folder = Path.of("");

  @Test
  void nothingMeasuredLiesAfterTheDayGiven() throws IOException {
    write(DAY, folder);

    LocalDate newest = LocalDate.MIN;
    for (String line : Files.readAllLines(folder.resolve("Observation.ndjson"))) {
      Matcher date =
          STARTS_WITH_DATE.matcher(
              new ObjectMapper().readTree(line).path("effectiveDateTime").asText());
      assertThat(date.matches()).isTrue();
      LocalDate day = LocalDate.parse(date.group(1));
      newest = day.isAfter(newest) ? day : newest;
    }

    assertThat(newest).isBetween(DAY.minusMonths(6), DAY);
  }

  @Test
  void birthDatesStayAndTimesOfDayStay() throws IOException {
    Path sameDay = Files.createDirectory(folder.resolve("same"));
    Path later = Files.createDirectory(folder.resolve("later"));
    write(LocalDate.of(2025, 1, 1), sameDay);
    write(LocalDate.of(2025, 1, 31), later);

    assertThat(first(later, "Patient").path("birthDate"))
        .isEqualTo(first(sameDay, "Patient").path("birthDate"));
    String before = first(sameDay, "Observation").path("effectiveDateTime").asText();
    String after = first(later, "Observation").path("effectiveDateTime").asText();
    assertThat(LocalDate.parse(after.substring(0, 10)))
        .isEqualTo(LocalDate.parse(before.substring(0, 10)).plusDays(30));
    assertThat(after.substring(10)).isEqualTo(before.substring(10));
  }

  @Test
  void everyReferenceStaysWithinTheSlice() throws IOException {
    List<String> patients = write(DAY, folder);

    Set<String> here = new HashSet<>();
    Set<String> named = new HashSet<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode resource = new ObjectMapper().readTree(line);
          here.add(resource.path("resourceType").asText() + "/" + resource.path("id").asText());
          resource.findValues("reference").forEach(reference -> named.add(reference.asText()));
        }
      }
    }

    assertThat(patients).hasSize(10).doesNotHaveDuplicates();
    assertThat(named).isNotEmpty();
    assertThat(here).containsAll(named);
  }

  @Test
  void theFirstPatientStandsApart() throws IOException {
    Path first = Files.createDirectory(folder.resolve("first"));
    Path others = Files.createDirectory(folder.resolve("others"));
    DemoPatients patients = new DemoPatients(DAY);
    patients.write(first, others);

    String id = patients.ids().get(0);
    for (String type : List.of("Patient", "Observation", "AllergyIntolerance", "Immunization")) {
      assertThat(Files.readAllLines(first.resolve(type + ".ndjson")))
          .allMatch(line -> line.contains(id));
      assertThat(Files.readAllLines(others.resolve(type + ".ndjson")))
          .noneMatch(line -> line.contains("Patient/" + id));
    }
    assertThat(Files.readAllLines(first.resolve("Patient.ndjson"))).hasSize(1);
    assertThat(Files.readAllLines(others.resolve("Patient.ndjson"))).hasSize(9);
    assertThat(Files.readAllLines(first.resolve("Observation.ndjson"))).isNotEmpty();
  }

  /** All patients in one folder. */
  private static List<String> write(LocalDate day, Path folder) throws IOException {
    Path first = Files.createDirectory(folder.resolve("first"));
    DemoPatients patients = new DemoPatients(day);
    patients.write(first, folder);
    try (var files = Files.list(first)) {
      for (Path file : files.toList()) {
        Files.write(
            folder.resolve(file.getFileName()),
            Files.readAllLines(file),
            StandardOpenOption.APPEND);
        Files.delete(file);
      }
    }
    Files.delete(first);
    return patients.ids();
  }

  private static JsonNode first(Path folder, String type) throws IOException {
    return new ObjectMapper().readTree(Files.readAllLines(folder.resolve(type + ".ndjson")).get(0));
  }
}
