package org.auscult.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.auscult.server.client.TrainingSetHttp.RefusedException;

/**
 * The folder into which a data set is fetched. A file that is there already, with the same bytes,
 * is not fetched again; one with others is never written over. The manifest comes last, so that a
 * folder that has it is whole.
 */
final class TrainingSetFolder {
  private static final String MANIFEST = "manifest.json";
  private static final String PART = ".part";

  private final Path folder;
  private final TrainingSetHttp http;

  TrainingSetFolder(Path folder, TrainingSetHttp http) {
    this.folder = folder.toAbsolutePath().normalize();
    this.http = http;
  }

  /**
   * What was fetched.
   *
   * @param rows of all files
   * @param size of all files, in bytes
   */
  record Fetched(int files, long rows, long size, String contentSha256) {}

  /** A file as the manifest lists it. */
  private record Listed(String name, Path place, long rows, long size, String sha256) {}

  /**
   * Fetches all of a data set that is made.
   *
   * @throws RefusedException if a file cannot be had, has another hash than the manifest says, or
   *     would take the place of another
   */
  Fetched fetch(String id) throws IOException, RefusedException {
    Files.createDirectories(folder);
    Path fresh = folder.resolve(MANIFEST + PART);
    try {
      http.download(id, MANIFEST, fresh);
      return fetch(id, fresh);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private Fetched fetch(String id, Path fresh) throws IOException, RefusedException {
    Path manifest = folder.resolve(MANIFEST);
    refuse(
        Files.exists(manifest) && Files.mismatch(manifest, fresh) >= 0,
        folder + " holds another data set; give another folder");
    JsonNode told = FhirHttp.JSON.readTree(fresh.toFile());
    List<Listed> files = listed(told);
    for (Listed file : files) {
      refuse(
          Files.exists(file.place()) && !isWhole(file, file.place()),
          file.place() + " is there already, with other bytes; nothing is written over");
    }
    for (Listed file : files) {
      if (!Files.exists(file.place())) {
        fetch(id, file);
      }
    }
    Files.move(fresh, manifest, StandardCopyOption.ATOMIC_MOVE);
    return new Fetched(
        files.size(),
        files.stream().mapToLong(Listed::rows).sum(),
        files.stream().mapToLong(Listed::size).sum(),
        told.path("contentSha256").asText());
  }

  /** Those of a manifest; its own hash over them must hold, and none may lie outside. */
  private List<Listed> listed(JsonNode manifest) throws RefusedException {
    List<Listed> files = new ArrayList<>();
    StringBuilder all = new StringBuilder();
    for (JsonNode file : manifest.path("files")) {
      String name = file.path("name").asText();
      String sha256 = file.path("sha256").asText();
      Path place = folder.resolve(name).normalize();
      refuse(
          !name.matches("[a-z0-9_./-]+") || !place.startsWith(folder) || name.equals(MANIFEST),
          "the manifest names a file outside: '" + name + "'");
      long rows = file.path("rows").asLong();
      files.add(new Listed(name, place, rows, file.path("size").asLong(), sha256));
      all.append(sha256).append("  ").append(name).append('\n');
    }
    String hash =
        HexFormat.of().formatHex(sha256().digest(all.toString().getBytes(StandardCharsets.UTF_8)));
    refuse(
        !hash.equals(manifest.path("contentSha256").asText()),
        "the manifest's contentSha256 is not that of its files");
    return files;
  }

  private void fetch(String id, Listed file) throws IOException, RefusedException {
    Files.createDirectories(file.place().getParent());
    Path part = file.place().resolveSibling(file.place().getFileName() + PART);
    http.download(id, file.name(), part);
    if (!isWhole(file, part)) {
      Files.delete(part);
      throw new RefusedException(
          file.name() + " came with other bytes than the manifest says; run it again");
    }
    Files.move(part, file.place(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean isWhole(Listed file, Path place) throws IOException {
    if (Files.size(place) != file.size()) {
      return false;
    }
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(place);
        OutputStream into = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(into);
    }
    return HexFormat.of().formatHex(digest.digest()).equals(file.sha256());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static void refuse(boolean is, String why) throws RefusedException {
    if (is) {
      throw new RefusedException(why);
    }
  }
}
