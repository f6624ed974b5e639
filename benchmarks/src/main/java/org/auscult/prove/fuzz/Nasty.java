package org.auscult.prove.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** Values that programs trip over. */
final class Nasty {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "\ud800",
          "\uffff",
          "\ud83d\ude00",
          "\u202eabc",
          "e\u0301",
          "\r\nX: y",
          "\t",
          "' OR '1'='1",
          "\"",
          "<script>",
          "&amp;&x;",
          "../../..",
          "%",
          "%zz",
          "${jndi:ldap://127.0.0.1/}",
          "#{1+1}",
          "{{context.patientId}}",
          "NaN",
          "-1",
          "0",
          "1e5",
          "1e308",
          "1e999999999",
          "-1e-400",
          "9223372036854775808",
          "99999999999999999999999999",
          "0x10",
          "1,5",
          "0000-00-00",
          "0001-01-01",
          "2024-02-30",
          "2024-13",
          "9999-12-31T23:59:60Z",
          "10000-01-01",
          "2024",
          "gt2024-01",
          "le",
          "ne1",
          "2024-01-01T00:00:00+99:99",
          "T",
          "|",
          "||",
          "a|b|c|d",
          "|x",
          "x|",
          "$",
          ",",
          ",,,",
          "\\",
          "\\,",
          "*",
          "?",
          ":",
          "null",
          "true",
          "TRUE",
          "Patient/",
          "Patient/1/_history/",
          "Patient/1/_history/99999999999999999999",
          "/Patient",
          "urn:uuid:x",
          "#",
          "#x",
          "http://",
          "http:// a",
          "https://[::1",
          "mailto:",
          "a?b=c&d",
          "Patient?name=x",
          "_id",
          "_history",
          "(",
          "[a-z",
          "(a+)+$",
          "eq",
          "application/fhir+json",
          "xml",
          "a".repeat(300),
          "9".repeat(250),
          "b".repeat(4_000));

  private Nasty() {}

  static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  static JsonNode value(Random random) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (random.nextInt(14)) {
      case 0 -> json.nullNode();
      case 1 -> json.objectNode();
      case 2 -> json.arrayNode();
      case 3 -> json.booleanNode(random.nextBoolean());
      case 4 -> json.numberNode(random.nextInt());
      case 5 -> json.numberNode(new BigDecimal("1e" + (random.nextInt(200) - 100)));
      case 6 -> json.numberNode(new BigInteger("9".repeat(1 + random.nextInt(60))));
      case 7 -> json.numberNode(-random.nextDouble());
      case 8 -> json.arrayNode().add(json.nullNode()).add(text(random));
      case 9 -> json.objectNode().put("reference", text(random));
      case 10 -> json.objectNode().put("resourceType", text(random));
      default -> json.textNode(text(random));
    };
  }
}
