package org.auscult.server.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** One file of a masked copy; there is none if nothing was added. */
final class CopyFile implements AutoCloseable {
  private final Path file;
  private final boolean ndjson;
  private final List<ObjectNode> entries = new ArrayList<>();
  private @Nullable BufferedWriter writer;

  CopyFile(Path folder, String name, boolean ndjson) {
    this.file = folder.resolve(name);
    this.ndjson = ndjson;
  }

  void add(ObjectNode resource) throws IOException {
    if (!ndjson) {
      entries.add(resource);
      return;
    }
    BufferedWriter lines = writer == null ? create() : writer;
    writer = lines;
    lines.write(resource.toString());
    lines.write('\n');
  }

  private BufferedWriter create() throws IOException {
    OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    OutputStream bytes = file.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out;
    return new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    if (!entries.isEmpty()) {
      BufferedWriter whole = create();
      writer = whole;
      whole.write(MaskedCopy.bundle(entries).toString());
    }
    if (writer != null) {
      writer.close();
    }
  }
}
