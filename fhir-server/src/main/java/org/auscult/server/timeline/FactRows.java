package org.auscult.server.timeline;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.auscult.timeline.Circumstances;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.Epochs;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.KnownTime;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.ReferenceFlag;
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
          + " site, interpretation, author, flag, circumstances";

  /** What a fact is made of, in the order in which it is read; the table is called f. */
  static final String READ =
      "f.patient, f.source_kind, f.source_id, f.source_version, f.slot, f.codes, f.display,"
          + " f.effective_from, f.visible_from, f.effective_until, f.precision_of_date,"
          + " f.known_from, f.known_until, f.known_basis, f.epoch_from, f.epoch_to, f.value_type,"
          + " f.preferred_value, f.preferred_unit, f.original_value, f.original_unit,"
          + " f.comparator, f.value_codes, f.value_text, f.status, f.category, f.encounter, f.site,"
          + " f.interpretation, f.author, f.flag";

  /** What {@link #READ_ALL} needs beside the table f. */
  static final String WITH_CIRCUMSTANCES =
      " left join fact_circumstances c on c.digest = f.circumstances";

  private static final String READ_CIRCUMSTANCES =
      ", c.performers, c.body_sites, c.methods, c.devices";

  /** Of a fact with its circumstances. */
  static final String READ_ALL = READ + READ_CIRCUMSTANCES;

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
            context.author().name(),
            context.flag() == null ? null : context.flag().name(),
            CircumstancesRows.digest(context.circumstances())));
    return row.toArray();
  }

  private static void addValue(List<@Nullable Object> row, FactValue value) {
    String type = value.getClass().getSimpleName().toUpperCase(Locale.ROOT);
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

  /**
   * @param first where the columns of {@link #READ} begin
   * @param isWhole whether those of {@link #READ_ALL} follow
   */
  static Fact read(ResultSet row, int first, boolean isWhole) throws SQLException {
    Cells cells = new Cells(row, first);
    return new Fact(
        cells.text(),
        new Source(
            "", ResourceKind.valueOf(cells.text()), cells.text(), cells.number(), cells.integer()),
        readCodes(cells.optionalText()),
        cells.optionalText(),
        new EffectiveTime(
            cells.instant(),
            cells.instant(),
            cells.optionalInstant(),
            EffectiveTime.Precision.valueOf(cells.text())),
        new KnownTime(
            cells.instant(), cells.optionalInstant(), KnownTime.Basis.valueOf(cells.text())),
        new Epochs(cells.number(), cells.optionalNumber()),
        value(cells),
        new FactContext(
            cells.text(),
            cells.optionalText(),
            cells.optionalText(),
            cells.optionalText(),
            cells.optionalText(),
            FactContext.Author.valueOf(cells.text()),
            flag(cells.optionalText()),
            isWhole ? circumstances(cells) : Circumstances.NONE));
  }

  private static @Nullable ReferenceFlag flag(@Nullable String name) {
    return name == null ? null : ReferenceFlag.valueOf(name);
  }

  private static Circumstances circumstances(Cells cells) throws SQLException {
    String performers = cells.optionalText();
    String bodySites = cells.optionalText();
    String methods = cells.optionalText();
    String devices = cells.optionalText();
    return performers == null && bodySites == null && methods == null && devices == null
        ? Circumstances.NONE
        : new Circumstances(
            readCodes(performers), readCodes(bodySites), readCodes(methods), readCodes(devices));
  }

  private static FactValue value(Cells cells) throws SQLException {
    String type = cells.text();
    Quantity preferred = quantity(cells.optionalText(), cells.optionalText());
    Quantity original = quantity(cells.optionalText(), cells.optionalText());
    String comparator = cells.optionalText();
    String codes = cells.optionalText();
    String text = cells.optionalText();
    return switch (type) {
      case "MEASURED" ->
          new FactValue.Measured(
              preferred, Objects.requireNonNull(original), comparator(comparator));
      case "CODED" -> new FactValue.Coded(readCodes(codes), text);
      case "TEXT" -> new FactValue.Text(Objects.requireNonNull(text));
      case "TRUTH" -> new FactValue.Truth(Boolean.parseBoolean(text));
      case "DATED" -> new FactValue.Dated(Objects.requireNonNull(text));
      case "ABSENT" -> new FactValue.Absent(Objects.requireNonNull(text));
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

  static String write(List<Code> codes) {
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

  /** One row, read from left to right: by place, since a look-up by name costs as much again. */
  private static final class Cells {
    private final ResultSet row;
    private int next;

    Cells(ResultSet row, int first) {
      this.row = row;
      this.next = first;
    }

    String text() throws SQLException {
      return Objects.requireNonNull(row.getString(next++));
    }

    @Nullable String optionalText() throws SQLException {
      return row.getString(next++);
    }

    int integer() throws SQLException {
      return row.getInt(next++);
    }

    long number() throws SQLException {
      return row.getLong(next++);
    }

    @Nullable Long optionalNumber() throws SQLException {
      long number = row.getLong(next++);
      return row.wasNull() ? null : number;
    }

    Instant instant() throws SQLException {
      return Instant.ofEpochMilli(number());
    }

    @Nullable Instant optionalInstant() throws SQLException {
      Long millis = optionalNumber();
      return millis == null ? null : Instant.ofEpochMilli(millis);
    }
  }
}
