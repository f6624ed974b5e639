package org.auscult.server.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.Source;
import org.jspecify.annotations.Nullable;

/** Facts as rows of {@code clinical_fact}, exactly; {@link PackedFacts} reads them back. */
final class FactRows {
  static final String COLUMNS =
      "patient, home_patient, source_kind, source_id, source_version, slot, coding, code_system,"
          + " code, codes, display, effective_from, visible_from, effective_until,"
          + " precision_of_date, known_from, known_until, known_basis, epoch_from, epoch_to,"
          + " value_type, numeric_value, preferred_value, preferred_unit, original_value,"
          + " original_unit, comparator, value_codes, value_text, status, category, encounter,"
          + " site, interpretation, author, flag, circumstances,"
          + " medication_state";

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

  /** Of a fact that names no stored Medication. */
  static List<Object[]> of(Fact fact, String homePatient) {
    return of(fact, homePatient, null);
  }

  /**
   * One row for each coding; the first is the fact's own, the others lead to it.
   *
   * @param medicationState of the Medication that it names; null if it names none
   */
  static List<Object[]> of(Fact fact, String homePatient, @Nullable Long medicationState) {
    List<Object[]> rows = new ArrayList<>();
    for (int coding = 0; coding < fact.codes().size(); coding++) {
      rows.add(row(fact, homePatient, coding, medicationState));
    }
    return rows;
  }

  private static @Nullable Object[] row(
      Fact fact, String homePatient, int coding, @Nullable Long medicationState) {
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
            CircumstancesRows.digest(context.circumstances()),
            medicationState));
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

  static Comparator comparator(@Nullable String symbol) {
    return Arrays.stream(Comparator.values())
        .filter(c -> c.symbol().equals(symbol))
        .findFirst()
        .orElse(Comparator.NONE);
  }

  static String write(List<Code> codes) {
    return String.join(
        BETWEEN_CODES, codes.stream().map(c -> c.system() + IN_CODE + c.code()).toList());
  }

  static List<Code> readCodes(@Nullable String text) {
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
}
