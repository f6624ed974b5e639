package org.auscult.prove;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Some patients of a folder of NDJSON, with all that their resources refer to. */
public final class LoadSlice {
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final Pattern PATIENT = Pattern.compile("\"Patient/([^\"]+)\"");
  private static final Pattern NAMED =
      Pattern.compile("\"reference\":\"[A-Z]\\w+(?:/([^\"]+)|\\?identifier=[^\"|]*\\|([^\"]+))\"");
  private static final Pattern IDENTIFIER = Pattern.compile("\"value\":\"([^\"]+)\"");

  private final Map<Path, List<String>> files = new LinkedHashMap<>();

  /** Reads the folder. */
  public LoadSlice(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      for (Path file : found.filter(f -> f.toString().endsWith(".ndjson.gz")).sorted().toList()) {
        try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
          files.put(file.getFileName(), lines.lines().toList());
        }
      }
    }
  }

  /**
   * Writes the slice.
   *
   * @param most resources; patients with more are not chosen
   */
  public void write(Path to, int patients, int most, Random random) throws IOException {
    Set<String> chosen = choose(patients, most, random);
    Map<Path, List<String>> kept = new LinkedHashMap<>();
    Set<String> named = new HashSet<>();
    files.forEach(
        (file, lines) -> {
          List<String> ofChosen = new ArrayList<>();
          for (String line : lines) {
            if (chosen.contains(owner(file, line))) {
              ofChosen.add(line);
              names(line, named);
            }
          }
          kept.put(file, ofChosen);
        });
    addNamed(kept, named);
    for (var entry : kept.entrySet()) {
      if (!entry.getValue().isEmpty()) {
        try (BufferedWriter out =
            new BufferedWriter(
                new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(to.resolve(entry.getKey()))),
                    StandardCharsets.UTF_8))) {
          for (String line : entry.getValue()) {
            out.write(line);
            out.newLine();
          }
        }
      }
    }
  }

  private Set<String> choose(int patients, int most, Random random) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    files.forEach(
        (file, lines) -> lines.forEach(l -> sizes.merge(owner(file, l), 1, Integer::sum)));
    sizes.remove("");
    List<String> candidates =
        new ArrayList<>(
            sizes.entrySet().stream()
                .filter(e -> e.getValue() <= most)
                .map(Map.Entry::getKey)
                .toList());
    Collections.shuffle(candidates, random);
    return new HashSet<>(candidates.subList(0, Math.min(patients, candidates.size())));
  }

  /** What the kept resources name, what that names, and so on. */
  private void addNamed(Map<Path, List<String>> kept, Set<String> named) {
    Set<String> seen = new HashSet<>();
    boolean grown = true;
    while (grown) {
      grown = false;
      for (var file : files.entrySet()) {
        for (String line : file.getValue()) {
          if (owner(file.getKey(), line).isEmpty()
              && !seen.contains(line)
              && isNamed(line, named)) {
            seen.add(line);
            kept.computeIfAbsent(file.getKey(), f -> new ArrayList<>()).add(line);
            names(line, named);
            grown = true;
          }
        }
      }
    }
  }

  private static boolean isNamed(String line, Set<String> named) {
    Matcher values = IDENTIFIER.matcher(line);
    while (values.find()) {
      if (named.contains(values.group(1))) {
        return true;
      }
    }
    return named.contains(first(ID, line));
  }

  private static void names(String line, Set<String> named) {
    Matcher references = NAMED.matcher(line);
    while (references.find()) {
      named.add(references.group(1) == null ? references.group(2) : references.group(1));
    }
  }

  /** The patient whose resource it is; empty for what belongs to nobody. */
  private static String owner(Path file, String line) {
    return file.toString().startsWith("Patient.") ? first(ID, line) : first(PATIENT, line);
  }

  private static String first(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.find() ? matcher.group(1) : "";
  }
}
