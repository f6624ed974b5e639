package org.auscult.server.timeline;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.auscult.timeline.Circumstances;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.Epochs;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.KnownTime;
import org.auscult.timeline.KnownTime.Basis;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.ReferenceFlag;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.Source;
import org.jspecify.annotations.Nullable;

/**
 * Reads facts from the column {@code packed} of {@code clinical_fact} and the few beside it. What
 * many rows share (patient, type, codes, unit, status) is read once, and their facts share it.
 *
 * <p>Not for use by several threads.
 */
final class PackedFacts {
  /** What a fact is made of, in the order in which it is read; the table is called f. */
  static final String READ =
      "f.packed, f.known_until, f.epoch_to, f.display, f.value_codes, f.value_text";

  /** What {@link #READ_ALL} needs beside the table f. */
  static final String WITH_CIRCUMSTANCES =
      " left join fact_circumstances c on c.digest = f.circumstances";

  /** Of a fact with its circumstances. */
  static final String READ_ALL = READ + ", c.performers, c.body_sites, c.methods, c.devices";

  /**
   * Of what is no fact but stands among them, as many cells as {@link #READ} has behind the third.
   */
  static final String NO_TEXTS =
      ", cast(null as varchar), cast(null as varchar), cast(null as varchar)";

  /** The same for {@link #READ_ALL}. */
  static final String NO_TEXTS_AT_ALL = NO_TEXTS + NO_TEXTS + ", cast(null as varchar)";

  private static final char END_OF_SHARED = '\u001e';
  private static final FactValue NONE = new FactValue.None();

  private final int first;
  private final boolean isWhole;
  private final Map<String, Shared> known = new HashMap<>();
  private String lastText = "";
  private @Nullable Shared last;

  /**
   * @param first where the columns of {@link #READ} begin
   * @param isWhole whether those of {@link #READ_ALL} follow
   */
  PackedFacts(int first, boolean isWhole) {
    this.first = first;
    this.isWhole = isWhole;
  }

  /** What many rows share. */
  private record Shared(
      ResourceKind kind,
      String patient,
      Precision precision,
      Basis basis,
      String valueType,
      Comparator comparator,
      String unit,
      @Nullable String preferredUnit,
      List<Code> codes,
      FactContext context) {}

  /** The fact of a row. */
  Fact read(ResultSet row) throws SQLException {
    return read(Objects.requireNonNull(row.getString(first)), row);
  }

  /**
   * @param packed the row's first cell, which was read already
   */
  Fact read(String packed, ResultSet row) throws SQLException {
    int end = packed.indexOf(END_OF_SHARED);
    Shared shared = shared(packed, end);
    PackedFields fields = new PackedFields(packed, end + 1);
    Source source =
        new Source("", shared.kind(), fields.text(), fields.number(), (int) fields.number());
    long from = fields.number();
    long visibleFrom = fields.number();
    Long until = fields.optionalNumber();
    Instant start = Instant.ofEpochMilli(from);
    EffectiveTime effective =
        new EffectiveTime(
            start,
            visibleFrom == from ? start : Instant.ofEpochMilli(visibleFrom),
            instant(until),
            shared.precision());
    KnownTime knownTime =
        new KnownTime(
            Instant.ofEpochMilli(fields.number()),
            instant(optional(row, first + 1)),
            shared.basis());
    Epochs epochs = new Epochs(fields.number(), optional(row, first + 2));
    String original = fields.text();
    String preferred = fields.text();
    String encounter = fields.freeText();
    FactValue value = value(shared, original, preferred, row);
    return new Fact(
        shared.patient(),
        source,
        shared.codes(),
        row.getString(first + 3),
        effective,
        knownTime,
        epochs,
        value,
        context(shared.context(), encounter, row));
  }

  private Shared shared(String packed, int end) {
    Shared shared = last;
    if (shared == null || lastText.length() != end || !packed.startsWith(lastText)) {
      lastText = packed.substring(0, end);
      shared = known.computeIfAbsent(lastText, PackedFacts::parse);
      last = shared;
    }
    return shared;
  }

  private static Shared parse(String text) {
    PackedFields fields = new PackedFields(text, 0);
    ResourceKind kind = ResourceKind.valueOf(fields.text());
    String patient = fields.text();
    Precision precision = Precision.valueOf(fields.text());
    Basis basis = Basis.valueOf(fields.text());
    String valueType = fields.text();
    Author author = Author.valueOf(fields.text());
    Comparator comparator = FactRows.comparator(fields.text());
    String status = Objects.requireNonNull(fields.freeText());
    String unit = fields.freeText();
    String preferredUnit = fields.freeText();
    FactContext context =
        new FactContext(
            status,
            fields.freeText(),
            null,
            fields.freeText(),
            fields.freeText(),
            author,
            flag(fields.freeText()),
            Circumstances.NONE);
    return new Shared(
        kind,
        patient,
        precision,
        basis,
        valueType,
        comparator,
        unit == null ? "" : unit,
        preferredUnit == null ? "" : preferredUnit,
        FactRows.readCodes(fields.freeText()),
        context);
  }

  private FactContext context(FactContext shared, @Nullable String encounter, ResultSet row)
      throws SQLException {
    FactContext context = encounter == null ? shared : shared.withEncounter(encounter);
    if (!isWhole) {
      return context;
    }
    String performers = row.getString(first + 6);
    String bodySites = row.getString(first + 7);
    String methods = row.getString(first + 8);
    String devices = row.getString(first + 9);
    return performers == null && bodySites == null && methods == null && devices == null
        ? context
        : context.withCircumstances(
            new Circumstances(
                FactRows.readCodes(performers),
                FactRows.readCodes(bodySites),
                FactRows.readCodes(methods),
                FactRows.readCodes(devices)));
  }

  private FactValue value(Shared shared, String original, String preferred, ResultSet row)
      throws SQLException {
    if (shared.valueType().equals("MEASURED")) {
      Quantity measured = new Quantity(new BigDecimal(original), shared.unit());
      return new FactValue.Measured(
          preferred(shared, preferred, original, measured), measured, shared.comparator());
    }
    if (shared.valueType().equals("NONE")) {
      return NONE;
    }
    String text = row.getString(first + 5);
    return switch (shared.valueType()) {
      case "CODED" -> new FactValue.Coded(FactRows.readCodes(row.getString(first + 4)), text);
      case "TEXT" -> new FactValue.Text(Objects.requireNonNull(text));
      case "TRUTH" -> new FactValue.Truth(Boolean.parseBoolean(text));
      case "DATED" -> new FactValue.Dated(Objects.requireNonNull(text));
      case "ABSENT" -> new FactValue.Absent(Objects.requireNonNull(text));
      default -> throw new IllegalStateException("No value is of type " + shared.valueType());
    };
  }

  private static @Nullable Quantity preferred(
      Shared shared, String preferred, String original, Quantity measured) {
    if (preferred.isEmpty()) {
      return null;
    }
    String unit = Objects.requireNonNull(shared.preferredUnit());
    if (preferred.equals(original)) {
      return unit.equals(shared.unit()) ? measured : new Quantity(measured.value(), unit);
    }
    return new Quantity(new BigDecimal(preferred), unit);
  }

  private static @Nullable ReferenceFlag flag(@Nullable String name) {
    return name == null ? null : ReferenceFlag.valueOf(name);
  }

  private static @Nullable Long optional(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }

  private static @Nullable Instant instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
