package org.auscult.access.fhir;

import ca.uhn.fhir.rest.api.server.bulk.BulkExportJobParameters;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.auscult.access.Requester;
import org.auscult.access.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who started an export, kept in its job: the job's steps run later, on whatever node, and the
 * token is not kept anywhere.
 */
final class ExportStarter {
  private static final String BEFORE = "auscult.";

  private ExportStarter() {}

  static void write(Requester who, BulkExportJobParameters job) {
    Map<String, @Nullable String> all = new HashMap<>();
    all.put("issuer", who.issuer());
    all.put("subject", who.subject());
    all.put("client", who.client());
    all.put("fhirUser", who.fhirUser());
    all.put(
        "roles", who.roles().stream().map(Role::code).sorted().collect(Collectors.joining(" ")));
    all.put("scope", who.scope());
    all.put("patient", who.patient());
    all.put("encounter", who.encounter());
    all.put("sites", String.join(" ", new TreeSet<>(who.sites())));
    all.put("purpose", who.purpose());
    all.forEach(
        (name, value) -> {
          if (value != null) {
            job.setUserData(BEFORE + name, value);
          }
        });
  }

  /** Empty if nobody known started it: this server itself, or a request without a token. */
  static Optional<Requester> read(BulkExportJobParameters job) {
    if (job.getUserData().get(BEFORE + "issuer") == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Requester(
            text(job, "issuer"),
            text(job, "subject"),
            text(job, "client"),
            optional(job, "fhirUser"),
            words(job, "roles").stream()
                .flatMap(code -> Role.of(code).stream())
                .collect(Collectors.toSet()),
            text(job, "scope"),
            optional(job, "patient"),
            optional(job, "encounter"),
            words(job, "sites"),
            text(job, "purpose"),
            null));
  }

  private static String text(BulkExportJobParameters job, String name) {
    return Objects.requireNonNullElse(optional(job, name), "");
  }

  private static @Nullable String optional(BulkExportJobParameters job, String name) {
    return job.getUserData().get(BEFORE + name) instanceof String text ? text : null;
  }

  private static Set<String> words(BulkExportJobParameters job, String name) {
    return Arrays.stream(text(job, name).split(" "))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }
}
