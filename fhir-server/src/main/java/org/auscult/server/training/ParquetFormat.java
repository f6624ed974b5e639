package org.auscult.server.training;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.auscult.training.Column;
import org.auscult.training.TableFormat;
import org.jspecify.annotations.Nullable;

/**
 * Apache Parquet, uncompressed: what a compressor makes of the same rows depends on the library
 * that happens to be installed, and these bytes must not. Dictionaries do most of its work.
 */
final class ParquetFormat implements TableFormat {
  private static final int PAGE = 256 * 1024;
  private static final long ROW_GROUP = 8L * 1024 * 1024;

  @Override
  public String suffix() {
    return "parquet";
  }

  @Override
  public String mediaType() {
    return "application/vnd.apache.parquet";
  }

  @Override
  public Table begin(List<Column> columns, OutputStream out) throws IOException {
    Plain file = new Plain(out);
    ParquetWriter<List<@Nullable Object>> writer =
        new Builder(file, columns)
            .withConf(new PlainParquetConfiguration())
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .withPageSize(PAGE)
            .withRowGroupSize(ROW_GROUP)
            .build();
    return new Table() {
      @Override
      public void add(List<@Nullable Object> cells) throws IOException {
        writer.write(cells);
      }

      @Override
      public void end() throws IOException {
        file.hold();
        writer.close();
        file.release();
      }
    };
  }

  private static MessageType schema(List<Column> columns) {
    List<Type> fields = new ArrayList<>();
    for (Column column : columns) {
      fields.add(
          switch (column.type()) {
            case TEXT ->
                Types.optional(PrimitiveTypeName.BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(column.name());
            case TIME ->
                Types.optional(PrimitiveTypeName.INT64)
                    .as(LogicalTypeAnnotation.timestampType(false, TimeUnit.MICROS))
                    .named(column.name());
            case NUMBER -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
            case SINGLE -> Types.optional(PrimitiveTypeName.FLOAT).named(column.name());
            case INTEGER -> Types.optional(PrimitiveTypeName.INT64).named(column.name());
            case TEXTS ->
                Types.optionalList()
                    .optionalElement(PrimitiveTypeName.BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(column.name());
          });
    }
    return new MessageType("row", fields);
  }

  /** Writes cells in the order of the columns. */
  private static final class Support extends WriteSupport<List<@Nullable Object>> {
    private final List<Column> columns;
    private @Nullable RecordConsumer consumer;

    Support(List<Column> columns) {
      this.columns = List.copyOf(columns);
    }

    @Override
    public WriteContext init(Configuration configuration) {
      return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return context();
    }

    private WriteContext context() {
      return new WriteContext(schema(columns), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer records) {
      this.consumer = records;
    }

    @Override
    public void write(List<@Nullable Object> cells) {
      RecordConsumer to = java.util.Objects.requireNonNull(consumer);
      to.startMessage();
      for (int i = 0; i < cells.size(); i++) {
        Object cell = cells.get(i);
        if (cell != null) {
          to.startField(columns.get(i).name(), i);
          write(to, columns.get(i).type(), cell);
          to.endField(columns.get(i).name(), i);
        }
      }
      to.endMessage();
    }

    private static void write(RecordConsumer to, Column.Type type, Object cell) {
      switch (type) {
        case TEXT -> to.addBinary(Binary.fromString((String) cell));
        case TIME -> to.addLong(ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) cell));
        case NUMBER -> to.addDouble((Double) cell);
        case SINGLE -> to.addFloat((Float) cell);
        case INTEGER -> to.addLong((Long) cell);
        case TEXTS -> texts(to, (List<?>) cell);
      }
    }

    private static void texts(RecordConsumer to, List<?> texts) {
      to.startGroup();
      if (!texts.isEmpty()) {
        to.startField("list", 0);
        for (Object text : texts) {
          to.startGroup();
          to.startField("element", 0);
          to.addBinary(Binary.fromString((String) text));
          to.endField("element", 0);
          to.endGroup();
        }
        to.endField("list", 0);
      }
      to.endGroup();
    }
  }

  private static final class Builder
      extends ParquetWriter.Builder<List<@Nullable Object>, Builder> {
    private final List<Column> columns;

    Builder(OutputFile file, List<Column> columns) {
      super(file);
      this.columns = columns;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<List<@Nullable Object>> getWriteSupport(Configuration configuration) {
      return new Support(columns);
    }

    @Override
    protected WriteSupport<List<@Nullable Object>> getWriteSupport(
        ParquetConfiguration configuration) {
      return new Support(columns);
    }
  }

  /** A stream as the library wants files. Its end is held back, so that it can be put in order. */
  private static final class Plain implements OutputFile {
    private final OutputStream whole;
    private final ByteArrayOutputStream end = new ByteArrayOutputStream();
    private OutputStream out;

    Plain(OutputStream whole) {
      this.whole = whole;
      this.out = whole;
    }

    void hold() {
      out = end;
    }

    void release() throws IOException {
      whole.write(ParquetFooter.ordered(end.toByteArray()));
      end.reset();
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new PositionOutputStream() {
        private long position;

        @Override
        public long getPos() {
          return position;
        }

        @Override
        public void write(int one) throws IOException {
          out.write(one);
          position++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          out.write(bytes, from, length);
          position += length;
        }

        @Override
        public void flush() throws IOException {
          out.flush();
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
