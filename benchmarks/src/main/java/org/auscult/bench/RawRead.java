package org.auscult.bench;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * What any way of making the vector must at least read: the rows of its codes, or those of its
 * windows alone, by JDBC, each cell fetched and nothing made of it.
 */
final class RawRead {
  /** The cells of a row f that are read, by anybody who makes nothing of them. */
  static final String CELLS =
      "select f.code_system, f.code, f.visible_from, f.known_from, f.original_value,"
          + " f.original_unit, f.comparator, f.value_codes, f.status, f.source_id,"
          + " f.source_version";

  private static final String ROWS =
      CELLS
          + " from clinical_fact f where f.patient = ? and f.code = any(?)"
          + " and f.visible_from <= ? and f.known_from <= ?"
          + " and (f.known_until is null or f.known_until > ?)";

  private static final int TEXTS = 11;

  private final DataSource pool;
  private final List<String> codes;

  RawRead(DataSource pool, List<String> codes) {
    this.pool = pool;
    this.codes = List.copyOf(codes);
  }

  /** All rows of the codes as of a time; how many there were. */
  int read(String patient, long at) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement select = connection.prepareStatement(ROWS)) {
      Array wanted = connection.createArrayOf("varchar", codes.toArray());
      select.setString(1, patient);
      select.setArray(2, wanted);
      select.setLong(3, at);
      select.setLong(4, at);
      select.setLong(5, at);
      int rows = 0;
      int cells = 0;
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          for (int i = 1; i <= TEXTS; i++) {
            cells += i == 3 || i == 4 || i == 11 ? (found.getLong(i) != 0 ? 1 : 0) : 1;
            if (i != 3 && i != 4 && i != 11 && found.getString(i) == null) {
              cells--;
            }
          }
          rows++;
        }
      }
      if (rows > 0 && cells == 0) {
        throw new SQLException("The rows are empty");
      }
      return rows;
    }
  }

  /** The patient's epoch alone. */
  long epoch(String patient) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select epoch from patient_epoch where patient = ?")) {
      select.setString(1, patient);
      try (ResultSet found = select.executeQuery()) {
        if (!found.next()) {
          throw new SQLException("There is no epoch of " + patient);
        }
        return found.getLong(1);
      }
    }
  }
}
