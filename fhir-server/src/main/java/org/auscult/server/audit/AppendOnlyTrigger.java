package org.auscult.server.audit;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody change or delete a row of the log in the embedded database. H2 makes it by its name,
 * which stands in the migration. {@code TRUNCATE} and {@code DROP} pass a trigger of H2 by: against
 * who may do that, the signed heads stand.
 */
public final class AppendOnlyTrigger implements Trigger {
  @Override
  public void fire(
      Connection connection,
      @Nullable Object @Nullable [] before,
      @Nullable Object @Nullable [] after)
      throws SQLException {
    throw new SQLException("This table is append-only", "45000");
  }
}
