package org.auscult.cds.hook;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import org.auscult.cds.fhir.FhirText;
import org.auscult.cds.fhir.StrictJson;

/** Reads JSON strictly: one object, no key twice, decimals exact; errors name line and column. */
final class JsonBody {
  private JsonBody() {}

  static JsonNode read(byte[] body) {
    JsonNode read;
    try {
      read = StrictJson.MAPPER.readTree(body);
    } catch (StreamConstraintsException e) {
      throw Refusal.malformed("The JSON is nested too deeply or holds too long a number or name.");
    } catch (JsonEOFException e) {
      throw Refusal.malformed(
          "The JSON ends too early" + at(e) + ": it was cut off. Send the whole body.");
    } catch (JsonProcessingException e) {
      throw Refusal.malformed("The body is not valid JSON" + at(e) + ". Correct it there.");
    } catch (IOException e) {
      throw Refusal.malformed("The body is not JSON in UTF-8. Send UTF-8.");
    }
    if (read == null || read.isMissingNode()) {
      throw Refusal.malformed("The body is empty. Send a JSON object.");
    }
    if (!read.isObject()) {
      throw Refusal.malformed("The body is not a JSON object but " + kind(read) + ".");
    }
    return read;
  }

  private static String at(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  /** A string that must be there. */
  static String text(JsonNode object, String parent, String name, String whatToDo) {
    return optionalText(object, parent, name)
        .orElseThrow(() -> Refusal.missing(path(parent, name), whatToDo));
  }

  /** A string that may be left out; null counts as left out. */
  static Optional<String> optionalText(JsonNode object, String parent, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw Refusal.invalid(path(parent, name), "must be a string but is " + kind(value) + ".");
    }
    if (value.textValue().isBlank()) {
      throw Refusal.invalid(path(parent, name), "is blank. Leave it out or fill it.");
    }
    if (!FhirText.isAllowed(value.textValue())) {
      throw Refusal.invalid(path(parent, name), "holds control characters. Remove them.");
    }
    return Optional.of(value.textValue());
  }

  /** An object that may be left out; null counts as left out. */
  static Optional<JsonNode> optionalObject(JsonNode object, String parent, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      throw Refusal.invalid(path(parent, name), "must be an object but is " + kind(value) + ".");
    }
    return Optional.of(value);
  }

  /** An object that must be there. */
  static JsonNode object(JsonNode object, String parent, String name, String whatToDo) {
    return optionalObject(object, parent, name)
        .orElseThrow(() -> Refusal.missing(path(parent, name), whatToDo));
  }

  /** An array that must be there, perhaps empty. */
  static JsonNode array(JsonNode object, String parent, String name, String whatToDo) {
    return optionalArray(object, parent, name)
        .orElseThrow(() -> Refusal.missing(path(parent, name), whatToDo));
  }

  /** An array that may be left out; null counts as left out. */
  static Optional<JsonNode> optionalArray(JsonNode object, String parent, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isArray()) {
      throw Refusal.invalid(path(parent, name), "must be an array but is " + kind(value) + ".");
    }
    return Optional.of(value);
  }

  static String path(String parent, String name) {
    return parent.isEmpty() ? name : parent + "." + name;
  }

  static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "an array";
      case OBJECT, POJO -> "an object";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
      case BINARY, MISSING -> "nothing";
    };
  }
}
