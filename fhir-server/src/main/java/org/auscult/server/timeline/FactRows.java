package org.auscult.server.timeline;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.Epochs;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.KnownTime;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.Source;
import org.jspecify.annotations.Nullable;

/** Between facts and rows of {@code clinical_fact}; exact in both directions. */
final class FactRows {
  static final String COLUMNS =
      "patient, home_patient, source_kind, source_id, source_version, slot, coding, code_system,"
          + " code, codes, display, effective_from, visible_from, effective_until,"
          + " precision_of_date, known_from, known_until, known_basis, epoch_from, epoch_to,"
          + " value_type, numeric_value, preferred_value, preferred_unit, original_value,"
          + " original_unit, comparator, value_codes, value_text, status, category, encounter,"
          + " site, interpretation, author";
  static final String INSERT =
      "insert into clinical_fact ("
          + COLUMNS
          + ") values ("
          + "?,".repeat(COLUMNS.split(",").length - 1)
          + "?)";

  // Neither a URI nor a code may hold a tab or a line break.
  private static final String BETWEEN_CODES = "\n";
  private static final char IN_CODE = '\t';

  private FactRows() {}

  /** One row for each coding; the first is the fact's own, the others lead to it. */
  static List<Object[]> of(Fact fact, String homePatient) {
    List<Object[]> rows = new ArrayList<>();
    for (int coding = 0; coding < fact.codes().size(); coding++) {
      rows.add(row(fact, homePatient, coding));
    }
    return rows;
  }

  private static @Nullable Object[] row(Fact fact, String homePatient, int coding) {
    List<@Nullable Object> row = new ArrayList<>();
    Code code = fact.codes().get(coding);
    Source source = fact.source();
    row.addAll(
        Arrays.asList(
            fact.patient(),
            homePatient,
            source.kind().name(),
            source.id(),
            source.version(),
            source.slot(),
            coding,
            code.system(),
            code.code(),
            write(fact.codes()),
            fact.display(),
            fact.effective().from().toEpochMilli(),
            fact.effective().visibleFrom().toEpochMilli(),
            millis(fact.effective().until()),
            fact.effective().precision().name(),
            fact.known().from().toEpochMilli(),
            millis(fact.known().until()),
            fact.known().basis().name(),
            fact.epochs().from(),
            fact.epochs().until()));
    addValue(row, fact.value());
    FactContext context = fact.context();
    row.addAll(
        Arrays.asList(
            context.status(),
            context.category(),
            context.encounter(),
            context.site(),
            context.interpretation(),
            context.author().name()));
    return row.toArray();
  }

  private static void addValue(List<@Nullable Object> row, FactValue value) {
    String type = value.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
    @Nullable Object[] cells = new @Nullable Object[8];
    if (value instanceof FactValue.Measured measured) {
      Quantity preferred = measured.preferred();
      if (preferred != null) {
        cells[0] = preferred.value().doubleValue();
        cells[1] = preferred.value().toString();
        cells[2] = preferred.unit();
      }
      cells[3] = measured.original().value().toString();
      cells[4] = measured.original().unit();
      cells[5] = measured.comparator().symbol();
    } else if (value instanceof FactValue.Coded coded) {
      cells[6] = write(coded.codes());
      cells[7] = coded.text();
    } else if (value instanceof FactValue.Text text) {
      cells[7] = text.text();
    } else if (value instanceof FactValue.Truth truth) {
      cells[7] = Boolean.toString(truth.value());
    } else if (value instanceof FactValue.Dated dated) {
      cells[7] = dated.date();
    } else if (value instanceof FactValue.Absent absent) {
      cells[7] = absent.reason();
    }
    row.add(type);
    row.addAll(Arrays.asList(cells));
  }

  static Fact read(ResultSet row) throws SQLException {
    return new Fact(
        row.getString("patient"),
        new Source(
            "",
            ResourceKind.valueOf(row.getString("source_kind")),
            row.getString("source_id"),
            row.getLong("source_version"),
            row.getInt("slot")),
        readCodes(row.getString("codes")),
        row.getString("display"),
        new EffectiveTime(
            Instant.ofEpochMilli(row.getLong("effective_from")),
            Instant.ofEpochMilli(row.getLong("visible_from")),
            instant(row, "effective_until"),
            EffectiveTime.Precision.valueOf(row.getString("precision_of_date"))),
        new KnownTime(
            Instant.ofEpochMilli(row.getLong("known_from")),
            instant(row, "known_until"),
            KnownTime.Basis.valueOf(row.getString("known_basis"))),
        new Epochs(row.getLong("epoch_from"), row.getObject("epoch_to", Long.class)),
        value(row),
        new FactContext(
            row.getString("status"),
            row.getString("category"),
            row.getString("encounter"),
            row.getString("site"),
            row.getString("interpretation"),
            FactContext.Author.valueOf(row.getString("author"))));
  }

  private static FactValue value(ResultSet row) throws SQLException {
    String text = row.getString("value_text");
    return switch (row.getString("value_type")) {
      case "MEASURED" ->
          new FactValue.Measured(
              quantity(row.getString("preferred_value"), row.getString("preferred_unit")),
              Objects.requireNonNull(
                  quantity(row.getString("original_value"), row.getString("original_unit"))),
              comparator(row.getString("comparator")));
      case "CODED" -> new FactValue.Coded(readCodes(row.getString("value_codes")), text);
      case "TEXT" -> new FactValue.Text(text);
      case "TRUTH" -> new FactValue.Truth(Boolean.parseBoolean(text));
      case "DATED" -> new FactValue.Dated(text);
      case "ABSENT" -> new FactValue.Absent(text);
      default -> new FactValue.None();
    };
  }

  private static @Nullable Quantity quantity(@Nullable String value, @Nullable String unit) {
    return value == null ? null : new Quantity(new BigDecimal(value), unit == null ? "" : unit);
  }

  private static Comparator comparator(@Nullable String symbol) {
    return Arrays.stream(Comparator.values())
        .filter(c -> c.symbol().equals(symbol))
        .findFirst()
        .orElse(Comparator.NONE);
  }

  private static String write(List<Code> codes) {
    return String.join(
        BETWEEN_CODES, codes.stream().map(c -> c.system() + IN_CODE + c.code()).toList());
  }

  private static List<Code> readCodes(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return List.of();
    }
    return Arrays.stream(text.split(BETWEEN_CODES))
        .map(c -> new Code(c.substring(0, c.indexOf(IN_CODE)), c.substring(c.indexOf(IN_CODE) + 1)))
        .toList();
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Long millis = row.getObject(column, Long.class);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
