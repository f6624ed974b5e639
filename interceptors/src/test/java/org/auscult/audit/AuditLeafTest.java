package org.auscult.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.auscult.audit.AuditLeaf.ChainPlace;
import org.auscult.audit.tree.Hash;
import org.junit.jupiter.api.Test;

/**
 * The form of a leaf, which no later version may change: logs are kept for years.
 *
 * <p>Governance: 8.
 */
class AuditLeafTest {
  private static final Instant TIME = Instant.parse("2026-11-21T09:00:00.120Z");
  private static final Hash PREVIOUS = Hash.ofLeaf(new byte[] {7});

  /** Everything that a leaf can hold. */
  private static final AuditLeaf FULL =
      new AuditLeaf(
          1,
          TIME,
          new ChainLink("node-a", 2, 17, PREVIOUS),
          new AuditEntry(
              AuditKind.REST,
              AuditAction.EXECUTE,
              AuditOutcome.MINOR_FAILURE,
              "forbidden",
              new AuditAgent(
                  "https://auscult.example",
                  "u-1",
                  "Practitioner/1",
                  "app",
                  List.of("reviewer", "clinician"),
                  "TREAT",
                  "192.0.2.7"),
              List.of("north"),
              "r-1",
              "search Observation",
              "/fhir/Observation?patient=p1&code=http://loinc.org|2160-0",
              List.of("p1", "p2"),
              List.of("Observation/1/_history/2"),
              Map.of("total", "1", "hint", "\u0001😀\"")));

  private static final String WRITTEN =
      """
      {"action":"E","agent":{"address":"192.0.2.7","client":"app",\
      "issuer":"https://auscult.example","purpose":"TREAT","roles":["clinician","reviewer"],\
      "subject":"u-1","user":"Practitioner/1"},"details":{"hint":"\\u0001😀\\"","total":"1"},\
      "entities":["Observation/1/_history/2"],"form":1,"kind":"rest","lane":2,"node":"node-a",\
      "operation":"search Observation","outcome":"4","patients":["p1","p2"],\
      "previous":"PREVIOUS",\
      "query":"/fhir/Observation?patient=p1&code=http://loinc.org|2160-0","reason":"forbidden",\
      "recorded":"2026-11-21T09:00:00.120Z","request":"r-1","sequence":17,"sites":["north"]}"""
          .replace("PREVIOUS", PREVIOUS.hex());

  private static final AuditLeaf SMALL =
      new AuditLeaf(
          1,
          TIME,
          new ChainLink("node-a", 1, 1, Hash.ZERO),
          AuditEntry.of(AuditKind.SYSTEM, AuditAction.EXECUTE, "start").build());

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Governance: 5. */
  @Test
  void isWrittenInOneForm() {
    assertThat(new String(FULL.write(), StandardCharsets.UTF_8)).isEqualTo(WRITTEN);
    assertThat(new String(SMALL.write(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"action\":\"E\",\"form\":1,\"kind\":\"system\",\"lane\":1,\"node\":\"node-a\","
                + "\"operation\":\"start\",\"outcome\":\"0\",\"previous\":\""
                + "0".repeat(64)
                + "\",\"recorded\":\"2026-11-21T09:00:00.120Z\",\"sequence\":1}");
  }

  @Test
  void isReadAsItWasWritten() {
    for (AuditLeaf leaf : List.of(FULL, SMALL)) {
      assertThat(AuditLeaf.read(leaf.write())).isEqualTo(leaf);
      assertThat(AuditLeaf.read(leaf.write()).write()).isEqualTo(leaf.write());
    }
  }

  @Test
  void passesOverWhatALaterFormAdds() {
    String later = WRITTEN.replace("\"form\":1", "\"form\":2,\"formerly\":{\"unknown\":[1,true]}");
    AuditLeaf leaf = AuditLeaf.read(bytes(later));
    assertThat(leaf.form()).isEqualTo(2);
    assertThat(leaf.entry()).isEqualTo(FULL.entry());
    String another = WRITTEN.replace("\"rest\"", "\"of-a-later-form\"");
    assertThatThrownBy(() -> AuditLeaf.read(bytes(another)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ChainPlace.read(bytes(another))).isEqualTo(new ChainPlace(TIME, FULL.link()));
  }

  @Test
  void eachCodeIsReadBack() {
    for (AuditKind kind : AuditKind.values()) {
      assertThat(AuditKind.of(kind.code())).isEqualTo(kind);
    }
    for (AuditAction action : AuditAction.values()) {
      assertThat(AuditAction.of(action.code())).isEqualTo(action);
    }
    for (AuditOutcome outcome : AuditOutcome.values()) {
      assertThat(AuditOutcome.of(outcome.code())).isEqualTo(outcome);
    }
    assertThat(Stream.of(AuditAction.values()).map(AuditAction::code))
        .containsExactly("C", "R", "U", "D", "E");
    assertThat(Stream.of(AuditOutcome.values()).map(AuditOutcome::code))
        .containsExactly("0", "4", "8", "12");
    assertThatThrownBy(() -> AuditAction.of("X")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AuditOutcome.of("1")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isCutToMilliseconds() {
    AuditLeaf leaf = new AuditLeaf(1, TIME.plusNanos(999_999), SMALL.link(), SMALL.entry());
    assertThat(leaf).isEqualTo(SMALL);
  }

  @Test
  void isRefusedWhereItIsNoLeaf() {
    for (String[] change :
        new String[][] {
          {"\"form\":1", "\"form\":0"},
          {"\"form\":1", "\"form\":\"1\""},
          {"\"form\":1,", ""},
          {"\"form\":1", "\"form\":3000000000"},
          {"\"lane\":2", "\"lane\":0"},
          {"\"sequence\":17", "\"sequence\":1"},
          {"\"sequence\":17", "\"sequence\":0"},
          {"\"node\":\"node-a\"", "\"node\":\"\""},
          {"\"node\":\"node-a\"", "\"node\":\"a b\""},
          {PREVIOUS.hex(), "0".repeat(64)},
          {PREVIOUS.hex(), PREVIOUS.hex().substring(2)},
          {"09:00:00.120Z", "09:00:00.1201Z"},
          {"2026-11-21T09:00:00.120Z", "yesterday"},
          {"[\"p1\",\"p2\"]", "[\"p1\",2]"},
          {"[\"p1\",\"p2\"]", "\"p1\""},
          {"\"total\":\"1\"", "\"total\":1"},
          {"\"outcome\":\"4\"", "\"outcome\":\"5\""},
          {"\"action\":\"E\"", "\"action\":\"e\""},
        }) {
      assertThat(WRITTEN).contains(change[0]);
      String changed = WRITTEN.replace(change[0], change[1]);
      assertThatThrownBy(() -> AuditLeaf.read(bytes(changed)))
          .as(changed)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void isNotTooLarge() {
    AuditEntry large =
        AuditEntry.of(AuditKind.REST, AuditAction.READ, "read")
            .query("x".repeat(AuditLeaf.MOST_BYTES))
            .build();
    AuditLeaf leaf = new AuditLeaf(1, TIME, SMALL.link(), large);
    assertThatThrownBy(leaf::write).isInstanceOf(IllegalArgumentException.class);
  }

  /** The id follows from the place; this one must stay as it is. */
  @Test
  void itsIdFollowsFromItsPlace() {
    assertThat(FULL.id()).isEqualTo(UUID.fromString("eb0db273-d886-8754-8916-92d5d0036db1"));
    assertThat(FULL.id().version()).isEqualTo(8);
    assertThat(FULL.id().variant()).isEqualTo(2);
    assertThat(
            Stream.of(
                    new ChainLink("node-a", 2, 17, PREVIOUS),
                    new ChainLink("node-a", 2, 18, PREVIOUS),
                    new ChainLink("node-a", 3, 17, PREVIOUS),
                    new ChainLink("node-b", 2, 17, PREVIOUS))
                .map(ChainLink::id))
        .doesNotHaveDuplicates();
  }

  @Test
  void theBuilderTakesAll() {
    AuditEntry entry = FULL.entry();
    assertThat(
            AuditEntry.of(entry.kind(), entry.action(), entry.operation())
                .by(entry.agent())
                .outcome(entry.outcome(), entry.reason())
                .at(entry.sites())
                .request(entry.request())
                .query(entry.query())
                .patients(entry.patients())
                .entities(entry.entities())
                .detail("total", "1")
                .detail("hint", "\u0001😀\"")
                .build())
        .isEqualTo(entry);
    assertThat(
            AuditEntry.of(AuditKind.BREAK_GLASS, AuditAction.READ, "read Patient")
                .reason("emergency")
                .build()
                .reason())
        .isEqualTo("emergency");
    assertThat(AuditAgent.server("sequencer").subject()).isEqualTo("sequencer");
  }
}
