package org.auscult.server.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditLeaf;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;

/** The rows by which the events of some leaves are found. */
final class EventRows {
  static final String AGENT = "agent";
  static final String ENTITY = "entity";
  static final String SITE = "site";

  private static final int LONGEST = 1_024;
  private static final int LONGEST_SUBTYPE = 64;

  private final List<Row> rows = new ArrayList<>();

  private record Row(long index, AuditLeaf leaf, LeafEvents.Event event) {}

  void add(long index, AuditLeaf leaf) {
    new LeafEvents(leaf.entry()).all().forEach(event -> rows.add(new Row(index, leaf, event)));
  }

  void insert(Connection connection) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                "insert into audit_event (idx, number, recorded_at, kind, subtype, action, outcome,"
                    + " patient, agent) values (?,?,?,?,?,?,?,?,?)");
        PreparedStatement term =
            connection.prepareStatement(
                "insert into audit_term (name, term, idx, number) values (?,?,?,?)")) {
      for (Row row : rows) {
        AuditEntry entry = row.leaf().entry();
        insert.setLong(1, row.index());
        insert.setInt(2, row.event().number());
        insert.setLong(3, row.leaf().recorded().toEpochMilli());
        insert.setString(4, row.event().kind(entry).code());
        insert.setString(5, safe(subtype(entry), LONGEST_SUBTYPE));
        insert.setString(6, entry.action().code());
        insert.setString(7, entry.outcome().code());
        String patient = row.event().patient();
        insert.setString(8, patient == null ? null : safe(patient, LONGEST));
        List<String> who = agents(entry.agent());
        insert.setString(9, who.isEmpty() ? null : safe(who.get(0), LONGEST));
        insert.addBatch();
        terms(term, row, AGENT, who);
        terms(term, row, SITE, entry.sites());
        terms(term, row, ENTITY, row.event().entities().stream().map(EventRows::plain).toList());
      }
      insert.executeBatch();
      term.executeBatch();
    }
  }

  /** Deletes the rows that {@link #insert} wrote of these leaves. */
  void delete(Connection connection) throws SQLException {
    try (PreparedStatement event =
            connection.prepareStatement("delete from audit_event where idx = ? and number = ?");
        PreparedStatement term =
            connection.prepareStatement(
                "delete from audit_term where name = ? and term = ? and idx = ? and number = ?")) {
      for (Row row : rows) {
        AuditEntry entry = row.leaf().entry();
        event.setLong(1, row.index());
        event.setInt(2, row.event().number());
        event.addBatch();
        terms(term, row, AGENT, agents(entry.agent()));
        terms(term, row, SITE, entry.sites());
        terms(term, row, ENTITY, row.event().entities().stream().map(EventRows::plain).toList());
      }
      event.executeBatch();
      term.executeBatch();
    }
  }

  private static String subtype(AuditEntry entry) {
    return AuditShape.subtype(entry).map(Coding::getCode).orElse("");
  }

  private static void terms(PreparedStatement term, Row row, String name, List<String> values)
      throws SQLException {
    for (String value : new LinkedHashSet<>(values)) {
      term.setString(1, name);
      term.setString(2, safe(value, LONGEST));
      term.setLong(3, row.index());
      term.setInt(4, row.event().number());
      term.addBatch();
    }
  }

  private static List<String> agents(AuditAgent agent) {
    Set<String> names = new LinkedHashSet<>();
    add(names, agent.user());
    add(names, agent.subject());
    add(names, agent.client());
    return List.copyOf(names);
  }

  private static void add(Set<String> names, @Nullable String name) {
    if (name != null) {
      names.add(name);
    }
  }

  /** What a column takes: a leaf is bytes and takes any text, PostgreSQL's no zero character. */
  private static String safe(String text, int longest) {
    String whole = text.replace('\0', '?');
    return whole.length() > longest ? whole.substring(0, longest) : whole;
  }

  /** Without its version: whoever looks for what happened to a resource means all of them. */
  static String plain(String reference) {
    int version = reference.indexOf("/_history/");
    return version < 0 ? reference : reference.substring(0, version);
  }
}
