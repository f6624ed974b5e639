package org.auscult.server.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/**
 * Lets H2 find many resources by type and id through the index.
 *
 * <p>HAPI asks for the resources of a transaction by {@code type=? and id=? or type=? and id=? or
 * …}. PostgreSQL joins index scans for that; H2 reads the whole table, so that a load slows down
 * with each resource loaded. The same question as {@code (type,id) in ((?,?),(?,?),…)} takes the
 * index, with the parameters in the same order. Every other statement stays as it is.
 */
final class PairLookups implements StatementInspector {
  private static final long serialVersionUID = 1;
  private static final Pattern FIRST_OF_SEVERAL =
      Pattern.compile("\\((\\w+)\\.RES_TYPE=\\? and \\1\\.FHIR_ID=\\? or ");

  @Override
  public String inspect(String sql) {
    Matcher first = FIRST_OF_SEVERAL.matcher(sql);
    if (!first.find()) {
      return sql;
    }
    String alias = first.group(1);
    String pair = alias + ".RES_TYPE=? and " + alias + ".FHIR_ID=?";
    StringBuilder pairs = new StringBuilder("(?,?)");
    int end = first.start() + 1 + pair.length();
    while (sql.startsWith(" or " + pair, end)) {
      pairs.append(",(?,?)");
      end += " or ".length() + pair.length();
    }
    if (!sql.startsWith(")", end)) {
      return sql;
    }
    return sql.substring(0, first.start())
        + ("(" + alias + ".RES_TYPE," + alias + ".FHIR_ID) in (" + pairs + ")")
        + sql.substring(end + 1);
  }
}
