package org.auscult.server.training;

import javax.sql.DataSource;
import org.auscult.server.config.Database.Vendor;
import org.h2.jdbcx.JdbcDataSource;

class H2TrainingTest extends TrainingScenarios {
  H2TrainingTest() {
    super(migrated(), Vendor.H2);
  }

  private static DataSource migrated() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:training;DB_CLOSE_DELAY=-1");
    migrate(source, Vendor.H2);
    return source;
  }
}
