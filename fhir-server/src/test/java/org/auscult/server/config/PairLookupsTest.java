package org.auscult.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.auscult.server.ServerTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

class PairLookupsTest extends ServerTest {
  private static final String SELECT =
      "select r.RES_ID from HFJ_RESOURCE r where r.PARTITION_ID is null and ";
  private static final String PAIR = "r.RES_TYPE=? and r.FHIR_ID=?";

  private final PairLookups lookups = new PairLookups();

  @Autowired private JdbcTemplate jdbc;

  @Test
  void severalPairsBecomeOneListOfRows() {
    assertThat(lookups.inspect(SELECT + "(" + PAIR + " or " + PAIR + " or " + PAIR + ")"))
        .isEqualTo(SELECT + "(r.RES_TYPE,r.FHIR_ID) in ((?,?),(?,?),(?,?))");
  }

  @Test
  void anythingElseStaysAsItIs() {
    for (String rest :
        new String[] {
          "(" + PAIR + ")",
          "(" + PAIR + " or r.FHIR_ID=?)",
          "(" + PAIR + " or " + PAIR + " and r.RES_ID=1)",
          "(" + PAIR + " or s.RES_TYPE=? and s.FHIR_ID=?)"
        }) {
      assertThat(lookups.inspect(SELECT + rest)).isEqualTo(SELECT + rest);
    }
  }

  @Test
  void thePlanTakesTheIndexOnlyWhenRewritten() {
    String asked = SELECT + "(" + PAIR + " or " + PAIR + ")";

    // The first half holds H2 to what makes this class needed: it can go when that fails.
    assertThat(plan(asked)).doesNotContain("IN(ROW");
    assertThat(plan(lookups.inspect(asked))).containsPattern("IDX_RES_TYPE_FHIR_ID\\w*: IN\\(ROW");
  }

  private String plan(String sql) {
    return String.valueOf(
            jdbc.queryForObject("explain " + sql, String.class, "Patient", "a", "Patient", "b"))
        .replaceAll("\\s+", " ");
  }
}
