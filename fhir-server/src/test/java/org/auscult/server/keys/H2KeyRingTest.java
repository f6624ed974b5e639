package org.auscult.server.keys;

import java.util.UUID;
import javax.sql.DataSource;
import org.auscult.server.config.Database.Vendor;

class H2KeyRingTest extends JdbcKeyRingContract {
  private static final DataSource DATA_SOURCE =
      KeyDatabase.migrated(
          "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", Vendor.H2);

  @Override
  DataSource dataSource() {
    return DATA_SOURCE;
  }
}
