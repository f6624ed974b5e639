package org.auscult.cds.hook;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.auscult.cds.caller.CallerToken;
import org.auscult.cds.fhir.DraftOrders;
import org.auscult.cds.fhir.FhirServers;
import org.auscult.deployment.Hook;
import org.jspecify.annotations.Nullable;

/**
 * Reads the envelope of a call. What it does not know, vendors' extensions above all, it passes
 * over; what it needs must be there and of the right type.
 *
 * <p>Source: CDS Hooks 2.0, "HTTP Request"; the hook library: patient-view, order-select,
 * order-sign, encounter-start, encounter-discharge, appointment-book 1.0, order-dispatch 1.1.
 */
final class EnvelopeReader {
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern FHIR_ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
  private static final Pattern USER =
      Pattern.compile("(Practitioner|PractitionerRole|Patient|RelatedPerson)/[A-Za-z0-9.-]{1,64}");

  private static final String AUTHORIZATION = "fhirAuthorization";
  private static final int LONGEST_URL = 512;

  private EnvelopeReader() {}

  /**
   * @param offered the hooks that the service answers: any other is refused before its context is
   *     looked at
   */
  static HookRequest read(byte[] body, Collection<Hook> offered) {
    JsonNode call = JsonBody.read(body);
    String named = JsonBody.text(call, "", "hook", "Send the name of the hook that was triggered.");
    Hook hook = Hook.of(named).filter(offered::contains).orElseThrow(() -> notOffered(offered));
    UUID instance = uuid(call, "", "hookInstance");
    Optional<String> fhirServer = fhirServer(call);
    Optional<JsonNode> authorization = authorization(call, fhirServer);
    JsonNode context =
        JsonBody.object(call, "", "context", "Send the object that the hook defines.");
    String patient = patient(context);
    authorization.ifPresent(a -> requireSamePatient(a, patient));
    String user = user(context, hook);
    String encounter = encounter(context, hook);
    Map<String, JsonNode> prefetch = prefetch(call);
    DraftOrders orders =
        OrderContext.read(hook, context, patient, fhirServer.orElse(null), prefetch.values());
    return new HookRequest(
        hook.id(),
        instance,
        fhirServer.orElse(null),
        authorization.map(EnvelopeReader::token).orElse(null),
        patient,
        user,
        encounter,
        ContextValues.of(context),
        prefetch,
        orders);
  }

  private static Refusal notOffered(Collection<Hook> offered) {
    return Refusal.invalid(
        "hook",
        "is not what this service answers. Call it on "
            + offered.stream().map(Hook::id).distinct().collect(joining(", "))
            + ".");
  }

  static UUID uuid(JsonNode object, String parent, String name) {
    String text = JsonBody.text(object, parent, name, "Send a UUID.");
    if (!UUID_FORM.matcher(text).matches()) {
      throw Refusal.invalid(JsonBody.path(parent, name), "is not a UUID.");
    }
    return UUID.fromString(text);
  }

  private static Optional<String> fhirServer(JsonNode call) {
    return JsonBody.optionalText(call, "", "fhirServer")
        .map(
            url -> {
              if (url.length() > LONGEST_URL) {
                throw Refusal.invalid(
                    "fhirServer", "is longer than " + LONGEST_URL + " characters.");
              }
              try {
                return FhirServers.canonical(url);
              } catch (IllegalArgumentException e) {
                throw Refusal.invalid(
                    "fhirServer", "is not an absolute http or https base URL of a FHIR server.");
              }
            });
  }

  private static Optional<JsonNode> authorization(JsonNode call, Optional<String> fhirServer) {
    Optional<JsonNode> found = JsonBody.optionalObject(call, "", AUTHORIZATION);
    if (found.isEmpty()) {
      return found;
    }
    if (fhirServer.isEmpty()) {
      throw Refusal.missing("fhirServer", "It is required where there is fhirAuthorization.");
    }
    for (String name : new String[] {"access_token", "token_type", "scope", "subject"}) {
      JsonBody.text(found.get(), AUTHORIZATION, name, "Send it or leave out the whole.");
    }
    if (!found.get().path("token_type").asText().equalsIgnoreCase("Bearer")) {
      throw Refusal.invalid("fhirAuthorization.token_type", "must be Bearer.");
    }
    if (!CallerToken.isBearer(found.get().path("access_token").asText())) {
      throw Refusal.invalid(
          "fhirAuthorization.access_token", "is not a bearer token as RFC 6750 writes it.");
    }
    JsonNode expires = found.get().path("expires_in");
    if (!expires.isIntegralNumber() || expires.bigIntegerValue().signum() <= 0) {
      throw Refusal.invalid(
          "fhirAuthorization.expires_in", "must be a whole number of seconds above 0.");
    }
    return found;
  }

  /** A token for another patient must not be used for this one. */
  private static void requireSamePatient(JsonNode authorization, String patient) {
    Optional<String> named = JsonBody.optionalText(authorization, AUTHORIZATION, "patient");
    if (named.isPresent()
        && !named.get().equals(patient)
        && !named.get().equals("Patient/" + patient)) {
      throw Refusal.invalid(
          "fhirAuthorization.patient", "is another patient than context.patientId.");
    }
  }

  private static CallerToken token(JsonNode authorization) {
    return CallerToken.of(
        authorization.path("access_token").asText(), authorization.path("scope").asText());
  }

  private static String patient(JsonNode context) {
    String patient =
        JsonBody.text(context, "context", "patientId", "Send the patient's logical id.");
    if (!FHIR_ID.matcher(patient).matches()) {
      throw Refusal.invalid(
          "context.patientId", "is not a FHIR id. Send the logical id alone, without Patient/.");
    }
    return patient;
  }

  /** Required by every hook but order-dispatch, which does not define it. */
  private static @Nullable String user(JsonNode context, Hook hook) {
    Optional<String> user = JsonBody.optionalText(context, "context", "userId");
    if (user.isEmpty() && hook != Hook.ORDER_DISPATCH) {
      throw Refusal.missing("context.userId", "Send who is looking: Practitioner/[id].");
    }
    if (user.isPresent() && !USER.matcher(user.get()).matches()) {
      throw Refusal.invalid(
          "context.userId",
          "is not a reference to a Practitioner, PractitionerRole, Patient or RelatedPerson.");
    }
    return user.orElse(null);
  }

  private static @Nullable String encounter(JsonNode context, Hook hook) {
    Optional<String> encounter = JsonBody.optionalText(context, "context", "encounterId");
    boolean needed = hook == Hook.ENCOUNTER_START || hook == Hook.ENCOUNTER_DISCHARGE;
    if (needed && encounter.isEmpty()) {
      throw Refusal.missing("context.encounterId", "Send the encounter's logical id.");
    }
    if (encounter.isPresent() && !FHIR_ID.matcher(encounter.get()).matches()) {
      throw Refusal.invalid(
          "context.encounterId",
          "is not a FHIR id. Send the logical id alone, without Encounter/.");
    }
    return encounter.orElse(null);
  }

  private static Map<String, JsonNode> prefetch(JsonNode call) {
    Map<String, JsonNode> prefetch = new LinkedHashMap<>();
    JsonBody.optionalObject(call, "", "prefetch")
        .ifPresent(
            object ->
                object.fields().forEachRemaining(e -> prefetch.put(e.getKey(), e.getValue())));
    return prefetch;
  }
}
