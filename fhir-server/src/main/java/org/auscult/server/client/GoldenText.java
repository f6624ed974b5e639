package org.auscult.server.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.golden.fhir.Expectation;

/** Expected and actual values as they stand in golden files. */
final class GoldenText {
  private GoldenText() {}

  static String of(Expectation expected) {
    return json(expected).toString();
  }

  static String of(FeatureValue actual, boolean refuses) {
    return json(actual, refuses).toString();
  }

  static ObjectNode json(Expectation expected) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    if (expected instanceof Expectation.None none) {
      object.put("missing", none.reason().code());
      if (none.refuses() != null) {
        object.put("refuses", none.refuses());
      }
      return object;
    }
    Expectation.Value value = (Expectation.Value) expected;
    object.put("value", value.value());
    if (value.unit() != null) {
      object.put("unit", value.unit());
    }
    if (value.text() != null) {
      object.put("text", value.text().orElse(null));
    }
    if (value.evidence() != null) {
      value.evidence().stream().sorted().forEach(object.putArray("evidence")::add);
    }
    if (value.origin() != null) {
      object.put("origin", value.origin().name().toLowerCase(Locale.ROOT));
    }
    if (value.effective() != null) {
      object.put("effective", value.effective().map(Object::toString).orElse(null));
    }
    return object;
  }

  static ObjectNode json(FeatureValue actual, boolean refuses) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    if (actual instanceof Missing missing) {
      return object
          .put("missing", missing.reason().code())
          .put("refuses", refuses)
          .put("detail", missing.detail());
    }
    Present present = (Present) actual;
    object.put("value", present.value());
    object.put("unit", present.unit());
    object.put("text", present.text());
    present.evidence().forEach(object.putArray("evidence")::add);
    object.put("origin", present.origin().name().toLowerCase(Locale.ROOT));
    object.put("effective", present.effective() == null ? null : present.effective().toString());
    return object;
  }
}
