package org.auscult.prediction;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.auscult.display.Urgency;
import org.auscult.feature.FeatureValue;
import org.auscult.order.DraftOrder;
import org.auscult.order.OrderFinding.Outcome;
import org.auscult.prediction.ModelRun.Result;
import org.auscult.timeline.AsOf.Known;

/**
 * Journal entries as JSON, exact in both directions: doubles are written in their shortest form
 * that reads back to the same bits.
 *
 * <p>A stored entry names the form it was written in; a form that is not known here is refused
 * rather than half read. Form 1 knew one deployment for each call, and showed every card.
 */
public final class JournalJson {
  private static final int FORM = 2;
  private static final ObjectMapper MAPPER = mapper();

  private JournalJson() {}

  private record Stored(int form, JournalEntry entry) {}

  /** Writes an entry. */
  public static String write(JournalEntry entry) {
    try {
      return MAPPER.writeValueAsString(new Stored(FORM, entry));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Journal entry " + entry.id() + " cannot be written", e);
    }
  }

  /**
   * Reads an entry.
   *
   * @throws IllegalArgumentException if it is of another form, or damaged
   */
  public static JournalEntry read(String json) {
    try {
      JsonNode tree = MAPPER.readTree(json);
      Stored stored =
          MAPPER.treeToValue(
              tree.path("form").asInt() == 1 ? fromFormOne(tree) : tree, Stored.class);
      if (stored.form() != FORM) {
        throw new IllegalArgumentException(
            "The journal entry is of form " + stored.form() + "; this version reads " + FORM);
      }
      return stored.entry();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The journal entry cannot be read", e);
    }
  }

  private static JsonNode fromFormOne(JsonNode tree) {
    ObjectNode stored = tree.deepCopy();
    stored.put("form", FORM);
    if (stored.path("entry") instanceof ObjectNode entry
        && entry.path("call") instanceof ObjectNode call) {
      ObjectNode only = entry.putArray("deployments").addObject();
      JsonNode deployment = call.remove("deployment");
      JsonNode user = call.remove("user");
      ObjectNode caller = call.putObject("caller");
      if (user != null) {
        caller.set("user", user);
      }
      if (deployment != null) {
        only.set("deployment", deployment);
      }
      JsonNode runs = entry.remove("runs");
      ArrayNode decisions = MAPPER.createArrayNode();
      for (JsonNode run : runs) {
        if (!run.path("result").path("is").asText().equals("not-eligible")) {
          decisions
              .addObject()
              .put("card", run.path("index").asInt() + 1)
              .put("says", "")
              .put("urgency", Urgency.INFO.name());
        }
      }
      only.set("runs", runs);
      only.set("decisions", decisions);
    }
    return stored;
  }

  /** Writes feedback. */
  public static String write(Feedback feedback) {
    try {
      return MAPPER.writeValueAsString(feedback);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Feedback on " + feedback.card() + " cannot be written", e);
    }
  }

  /**
   * Reads feedback; what was stored before it was kept who answers is by nobody.
   *
   * @throws IllegalArgumentException if it is damaged
   */
  public static Feedback readFeedback(String json) {
    try {
      return MAPPER.readValue(json, Feedback.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The feedback cannot be read", e);
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  private interface OneOf {}

  private interface WithoutEmptyDrafts {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<DraftOrder> drafts();
  }

  private static ObjectMapper mapper() {
    // Components only: a record's own questions about itself, such as isOurs(), are no data.
    ObjectMapper mapper =
        JsonMapper.builder(
                JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .build();
    mapper.setSerializationInclusion(JsonInclude.Include.NON_NULL);
    mapper.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    oneOf(
        mapper,
        FeatureValue.class,
        Map.of("present", FeatureValue.Present.class, "missing", FeatureValue.Missing.class));
    oneOf(
        mapper,
        Result.class,
        Map.of(
            "predicted", Result.Predicted.class,
            "not-eligible", Result.NotEligible.class,
            "not-assessed", Result.NotAssessed.class));
    oneOf(
        mapper,
        Known.class,
        Map.of(
            "by-clock", Known.ByClock.class,
            "in-epoch", Known.InEpoch.class,
            "current", Known.Current.class));
    oneOf(
        mapper,
        Outcome.class,
        Map.of(
            "advised", Outcome.Advised.class,
            "clear", Outcome.Clear.class,
            "unstable", Outcome.Unstable.class,
            "on-dialysis", Outcome.OnDialysis.class,
            "not-assessed", Outcome.NotAssessed.class,
            "not-checked", Outcome.NotChecked.class,
            "no-rule", Outcome.NoRule.class));
    mapper.addMixIn(JournalEntry.class, WithoutEmptyDrafts.class);
    SimpleModule instants = new SimpleModule();
    instants.addSerializer(Instant.class, new WriteInstant());
    instants.addDeserializer(Instant.class, new ReadInstant());
    mapper.registerModule(instants);
    return mapper;
  }

  private static void oneOf(ObjectMapper mapper, Class<?> type, Map<String, Class<?>> forms) {
    mapper.addMixIn(type, OneOf.class);
    forms.forEach((name, form) -> mapper.registerSubtypes(new NamedType(form, name)));
  }

  private static final class WriteInstant extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value.toString());
    }
  }

  private static final class ReadInstant extends JsonDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return Instant.parse(json.getText());
    }
  }
}
