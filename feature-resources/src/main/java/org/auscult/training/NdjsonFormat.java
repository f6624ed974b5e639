package org.auscult.training;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON object in each line, with every column in order, in UTF-8. */
public final class NdjsonFormat implements TableFormat {
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .rootValueSeparator("\n")
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  @Override
  public String suffix() {
    return "ndjson";
  }

  @Override
  public String mediaType() {
    return "application/x-ndjson";
  }

  @Override
  public Table begin(List<Column> columns, OutputStream out) throws IOException {
    JsonGenerator json = JSON.createGenerator(out);
    return new Table() {
      private boolean isEmpty = true;

      @Override
      public void add(List<@Nullable Object> cells) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < cells.size(); i++) {
          json.writeFieldName(columns.get(i).name());
          write(json, cells.get(i));
        }
        json.writeEndObject();
        isEmpty = false;
      }

      @Override
      public void end() throws IOException {
        if (!isEmpty) {
          json.writeRaw('\n');
        }
        json.flush();
      }
    };
  }

  private static void write(JsonGenerator json, @Nullable Object cell) throws IOException {
    if (cell == null) {
      json.writeNull();
    } else if (cell instanceof Double number) {
      json.writeNumber(number);
    } else if (cell instanceof Float number) {
      json.writeNumber(number);
    } else if (cell instanceof Long number) {
      json.writeNumber(number);
    } else if (cell instanceof List<?> texts) {
      json.writeStartArray();
      for (Object text : texts) {
        json.writeString(String.valueOf(text));
      }
      json.writeEndArray();
    } else {
      json.writeString(
          cell instanceof Instant ? String.valueOf(CsvFormat.text(cell)) : cell.toString());
    }
  }
}
