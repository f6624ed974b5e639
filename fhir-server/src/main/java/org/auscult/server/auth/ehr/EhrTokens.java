package org.auscult.server.auth.ehr;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.auscult.cds.caller.CallerToken;
import org.auscult.server.auth.ehr.EhrSettings.Authentication;
import org.auscult.server.caller.GuardedHttp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges an EHR's code.
 *
 * <p>Source: SMART App Launch 2.2, obtain access token; client authentication (asymmetric).
 */
final class EhrTokens {
  private static final Logger LOG = LoggerFactory.getLogger(EhrTokens.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
  private static final int LONGEST_CONTEXT = 256;

  private final GuardedHttp http;
  private final EhrAssertions assertions;

  EhrTokens(GuardedHttp http, EhrAssertions assertions) {
    this.http = http;
    this.assertions = assertions;
  }

  EhrAnswer exchange(Ehr ehr, EhrMetadata metadata, EhrLogin login, String redirectUri, String code)
      throws LaunchRefused {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirectUri);
    form.put("code_verifier", login.verifier());
    form.put("client_id", ehr.clientId());
    if (ehr.authentication() == Authentication.PRIVATE_KEY_JWT) {
      form.put("client_assertion_type", EhrAssertions.TYPE);
      form.put("client_assertion", assertions.sign(ehr.clientId(), metadata.token()));
    }
    try {
      GuardedHttp.Answer answer =
          http.post(metadata.token(), URI.create(login.fhirServer()), encoded(form));
      if (answer.status() != 200) {
        LOG.warn("EHR {} answered a code with status {}", ehr.id(), answer.status());
        throw new LaunchRefused(LaunchProblem.TOKEN);
      }
      return read(JSON.readTree(answer.body()));
    } catch (JsonProcessingException e) {
      throw new LaunchRefused(LaunchProblem.TOKEN);
    } catch (IOException e) {
      LOG.warn("The token endpoint of EHR {} cannot be had: {}", ehr.id(), e.getMessage());
      throw new LaunchRefused(LaunchProblem.UNREACHABLE);
    }
  }

  private static EhrAnswer read(JsonNode json) throws LaunchRefused {
    String access = text(json, "access_token");
    String idToken = text(json, "id_token");
    String patient = text(json, "patient");
    String encounter = text(json, "encounter");
    String context = text(json, "appContext");
    if (access == null
        || idToken == null
        || !CallerToken.isBearer(access)
        || !json.path("token_type").asText().equalsIgnoreCase("Bearer")) {
      throw new LaunchRefused(LaunchProblem.TOKEN);
    }
    if (patient == null || !ID.matcher(patient).matches()) {
      throw new LaunchRefused(LaunchProblem.NO_PATIENT);
    }
    if (context != null && context.length() > LONGEST_CONTEXT) {
      throw new LaunchRefused(LaunchProblem.CARD);
    }
    return new EhrAnswer(
        idToken,
        CallerToken.of(access, json.path("scope").asText()),
        patient,
        encounter != null && ID.matcher(encounter).matches() ? encounter : null,
        context,
        json.path("need_patient_banner").asBoolean(true));
  }

  private static @Nullable String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : null;
  }

  static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }
}
