package org.auscult.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditLeaf;
import org.auscult.audit.AuditOutcome;
import org.auscult.audit.export.AuditVerifier;
import org.auscult.audit.export.Verification;
import org.auscult.server.KnownCaller;
import org.hl7.fhir.r4.model.AuditEvent;
import org.jspecify.annotations.Nullable;

/** Calls a server, and looks at what its log says of each call. */
final class AuditedRequests {
  static final ObjectMapper JSON = new ObjectMapper();

  private final KnownCaller caller;
  private final DataSource dataSource;

  AuditedRequests(KnownCaller caller, DataSource dataSource) {
    this.caller = caller;
    this.dataSource = dataSource;
  }

  /**
   * One request and its answer.
   *
   * @param id of the request, by which its leaves are found
   */
  record Called(String id, HttpResponse<String> answer) {
    JsonNode json() {
      try {
        return JSON.readTree(answer.body());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  Called call(String method, String path, @Nullable String body, String... headers)
      throws IOException, InterruptedException {
    String id = UUID.randomUUID().toString();
    HttpRequest.Builder request =
        caller
            .request(path)
            .header("X-Request-ID", id)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    boolean saysType = false;
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
      saysType |= headers[i].equals("Content-Type");
    }
    if (body != null && !saysType) {
      request.header(
          "Content-Type", path.startsWith("/fhir") ? "application/fhir+json" : "application/json");
    }
    return new Called(id, caller.send(request));
  }

  Called get(String path) throws IOException, InterruptedException {
    return call("GET", path, null);
  }

  /** What the log says of a request, once the sequencer has put it in order. */
  List<AuditEntry> leaves(Called called) throws InterruptedException {
    awaitOrder();
    List<AuditEntry> found = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select leaf from audit_log order by idx desc limit 500");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        AuditEntry entry = AuditLeaf.read(rows.getBytes(1)).entry();
        if (entry.request().equals(called.id())) {
          found.add(entry);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  /** The one leaf of a request. */
  AuditEntry leaf(Called called) throws InterruptedException {
    List<AuditEntry> leaves = leaves(called);
    assertThat(leaves).as("leaves of " + called.answer()).hasSize(1);
    return leaves.get(0);
  }

  /** Waits until nothing waits for its place. */
  void awaitOrder() throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      long waiting =
          count("select count(*) from audit_pending")
              + count(
                  "select count(*) from prediction_journal j where audit_waits = 1 and not exists"
                      + " (select 1 from audit_log l where l.id = j.audit_id)");
      if (waiting == 0) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("Leaves wait for their place for more than ten seconds");
  }

  long count(String sql) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Verification verifiedExport() throws IOException, InterruptedException {
    Called export = get("/fhir/$audit-export");
    assertThat(export.answer().statusCode()).isEqualTo(200);
    return new AuditVerifier(null, List.of(), 10)
        .verify(new ByteArrayInputStream(export.answer().body().getBytes(StandardCharsets.UTF_8)));
  }

  static void is(AuditEntry leaf, AuditKind kind, String action, AuditOutcome outcome) {
    assertThat(leaf.kind()).isEqualTo(kind);
    assertThat(leaf.action().code()).isEqualTo(action);
    assertThat(leaf.outcome()).isEqualTo(outcome);
  }

  static List<String> patients(AuditEvent event) {
    return event.getEntity().stream()
        .filter(e -> e.getRole().getCode() != null && e.getRole().getCode().equals("1"))
        .map(e -> e.getWhat().getReference())
        .toList();
  }
}
