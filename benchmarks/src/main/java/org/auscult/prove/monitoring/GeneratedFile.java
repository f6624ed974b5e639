package org.auscult.prove.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.auscult.statistics.uncertainty.SplitMix64;

/** Large files, made as the script of the expected values makes the same rows. */
final class GeneratedFile {
  private GeneratedFile() {}

  /**
   * Scores top u u, every fifth cut down to 64ths; an event where v is less than 0.8 score + 0.01.
   */
  static Path scores(JsonNode how, Path file) throws IOException {
    SplitMix64 chance = new SplitMix64(how.path("seed").asLong());
    double top = how.path("top").asDouble();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,score,label\n");
      for (int i = 0; i < how.path("rows").asInt(); i++) {
        double u = chance.uniform();
        double score = top * (u * u);
        score = i % 5 == 0 ? Math.floor(score * 64) / 64 : score;
        boolean event = chance.uniform() < 0.8 * score + 0.01;
        out.write(i + "," + score + "," + (event ? 1 : 0) + "\n");
      }
    }
    return file;
  }

  /** Numbers stretch (u + v + w), every hundredth missing. */
  static Path numbers(long seed, int rows, double stretch, Path file) throws IOException {
    SplitMix64 chance = new SplitMix64(seed);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,x\n");
      for (int i = 0; i < rows; i++) {
        double x = stretch * (chance.uniform() + chance.uniform() + chance.uniform());
        out.write(i + "," + (i % 100 == 99 ? "" : Double.toString(x)) + "\n");
      }
    }
    return file;
  }
}
