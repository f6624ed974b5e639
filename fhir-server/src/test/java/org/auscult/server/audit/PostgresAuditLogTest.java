package org.auscult.server.audit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.sql.DataSource;
import org.auscult.server.journal.JournalDatabase;
import org.junit.jupiter.api.Test;

class PostgresAuditLogTest extends AuditLogScenarios {
  private static final OneKey KEY = new OneKey();

  @Test
  void databaseLetsNobodyEmptyTheLog() {
    for (String table : new String[] {"audit_log", "audit_node", "audit_head"}) {
      assertThatThrownBy(() -> JournalDatabase.execute(dataSource(), "truncate " + table))
          .hasStackTraceContaining("append-only");
    }
  }

  @Override
  OneKey key() {
    return KEY;
  }

  @Override
  DataSource dataSource() {
    return JournalDatabase.Postgres.dataSource();
  }

  @Override
  boolean isH2() {
    return false;
  }
}
