package org.auscult.server.binary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.auscult.model.PredictionModel;
import org.auscult.server.keys.KeyPurpose;
import org.auscult.server.keys.KeyRing;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.springframework.jdbc.core.JdbcTemplate;

/** What lies in the database of a Binary, and what comes out of it, on either database. */
final class BinaryScenarios {
  private static final String ROW =
      " where res_type = 'Binary' and res_ver = ? and res_id ="
          + " (select res_id from hfj_resource where res_type = 'Binary' and fhir_id = ?)";

  private final IGenericClient client;
  private final JdbcTemplate jdbc;
  private final KeyRing keys;

  BinaryScenarios(IGenericClient client, JdbcTemplate jdbc, KeyRing keys) {
    this.client = client;
    this.jdbc = jdbc;
    this.keys = keys;
  }

  /** The bytes of a starter model's file. */
  static byte[] model() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            PredictionModel.class.getResourceAsStream(
                "/org/auscult/model/artifacts/ckd-epi-2021.onnx"))) {
      return in.readAllBytes();
    }
  }

  /** A sentence that stands nowhere else, in a file that is a few times as long. */
  static byte[] file(String sentence) {
    return (sentence + " ").repeat(40).getBytes(UTF_8);
  }

  void eachVersionLiesEncryptedAndIsReadAsItWas() {
    String first = "first " + UUID.randomUUID();
    String second = "second " + UUID.randomUUID();
    String id = create(first);
    update(id, second);

    assertThat(stored(id, 1)).startsWith(SealedText.MARK);
    assertThat(stored(id, 2)).startsWith(SealedText.MARK);
    assertThat(text(read(id))).contains(second);
    Binary former = client.read().resource(Binary.class).withIdAndVersion(id, "1").execute();
    assertThat(text(former)).contains(first);
    assertThat(former.getContentType()).isEqualTo("application/octet-stream");
    Bundle history =
        client.history().onInstance("Binary/" + id).returnBundle(Bundle.class).execute();
    assertThat(history.getEntry())
        .extracting(entry -> text((Binary) entry.getResource()).substring(0, second.length()))
        .satisfiesExactly(
            newest -> assertThat(newest).isEqualTo(second),
            oldest -> assertThat(oldest).startsWith(first));
    Bundle found = client.search().byUrl("Binary?_id=" + id).returnBundle(Bundle.class).execute();
    assertThat(found.getEntry())
        .singleElement()
        .satisfies(entry -> assertThat(text((Binary) entry.getResource())).contains(second));
  }

  void whatDidNotChangeIsNotWrittenAnew() {
    String id = create("kept " + UUID.randomUUID());
    Binary read = read(id);
    String before = stored(id, 1);

    String version = client.update().resource(read).execute().getId().getVersionIdPart();

    assertThat(version).isEqualTo("1");
    assertThat(text(read(id))).isEqualTo(text(read));
    assertThat(stored(id, 1)).as("nor by reading it").isEqualTo(before);
  }

  void aTransactionEncryptsEachOfIts() {
    Bundle bundle = new Bundle();
    bundle.setType(BundleType.TRANSACTION);
    List<String> ids = List.of("b-" + UUID.randomUUID(), "b-" + UUID.randomUUID());
    for (String id : ids) {
      Binary binary = binary("of " + id);
      binary.setId(id);
      bundle
          .addEntry()
          .setResource(binary)
          .getRequest()
          .setMethod(HTTPVerb.PUT)
          .setUrl("Binary/" + id);
    }

    client.transaction().withBundle(bundle).execute();

    for (String id : ids) {
      assertThat(stored(id, 1)).startsWith(SealedText.MARK);
      assertThat(text(read(id))).contains("of " + id);
    }
  }

  void anOtherVersionsTextIsRefused() {
    String id = create("true " + UUID.randomUUID());
    update(id, "later " + UUID.randomUUID());
    String latest = stored(id, 2);

    store(id, 2, stored(id, 1));

    assertThatThrownBy(() -> read(id))
        .isInstanceOf(InternalErrorException.class)
        .hasMessageContaining("A Binary was altered in the database");
    store(id, 2, latest);
    assertThat(text(read(id))).contains("later");
  }

  void whatLayThereInPlainStaysReadable() {
    String id = create("new " + UUID.randomUUID());
    byte[] old = file("old " + UUID.randomUUID());
    store(
        id,
        1,
        "{\"resourceType\":\"Binary\",\"contentType\":\"application/octet-stream\",\"data\":\""
            + Base64.getEncoder().encodeToString(old)
            + "\"}");

    assertThat(read(id).getContent()).isEqualTo(old);
  }

  void aRotatedKeyLeavesItReadable() {
    String sentence = "rotated " + UUID.randomUUID();
    String id = create(sentence);

    keys.rotate(KeyPurpose.RECORD_SIGNATURE);
    keys.rotate(KeyPurpose.RECORD_SIGNATURE);

    assertThat(text(read(id))).contains(sentence);
  }

  private static Binary binary(String sentence) {
    Binary binary = new Binary();
    binary.setContentType("application/octet-stream");
    binary.setContent(file(sentence));
    return binary;
  }

  String create(String sentence) {
    return client.create().resource(binary(sentence)).execute().getId().getIdPart();
  }

  private void update(String id, String sentence) {
    Binary binary = binary(sentence);
    binary.setId(id);
    client.update().resource(binary).execute();
  }

  private Binary read(String id) {
    return client.read().resource(Binary.class).withId(id).execute();
  }

  private static String text(Binary binary) {
    return new String(binary.getContent(), UTF_8);
  }

  private String stored(String id, int version) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select res_text_vc from hfj_res_ver" + ROW, String.class, version, id));
  }

  private void store(String id, int version, String text) {
    assertThat(jdbc.update("update hfj_res_ver set res_text_vc = ?" + ROW, text, version, id))
        .isEqualTo(1);
  }
}
