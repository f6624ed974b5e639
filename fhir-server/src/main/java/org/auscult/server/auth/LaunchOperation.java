package org.auscult.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import org.auscult.access.Requester;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.launch.Launch;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.launch.Launches.Kind;
import org.auscult.server.auth.scope.ScopeLimits;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.auscult.server.config.PublicUrls;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/**
 * How an EHR that works with this server opens an application: it says for whom and with which
 * patient, and gets the {@code launch} that the application brings to the authorization endpoint.
 * Whether the caller may do so with this patient, the access policy has said before.
 */
public final class LaunchOperation {
  static final String URL = FeatureUrls.BASE + "/OperationDefinition/patient-launch";

  private final Clients clients;
  private final Users users;
  private final Launches launches;
  private final DaoRegistry daos;
  private final PublicUrls urls;

  LaunchOperation(
      Clients clients, Users users, Launches launches, DaoRegistry daos, PublicUrls urls) {
    this.clients = clients;
    this.users = users;
    this.launches = launches;
    this.daos = daos;
    this.urls = urls;
  }

  /**
   * Opens a launch for the next ten minutes, to be used once.
   *
   * @param client the application's {@code client_id}
   * @param user name of the only user who may use it: for systems; a user launches for itself
   * @param encounter id of the patient's encounter that is open
   * @param intent what the launch is for
   * @param needPatientBanner {@code false} if the EHR shows whose record is open
   */
  @Operation(name = "$launch", type = Patient.class, canonicalUrl = URL)
  public Parameters launch(
      @IdParam IdType id,
      @OperationParam(name = "client", min = 1) @Nullable StringType client,
      @OperationParam(name = "user") @Nullable StringType user,
      @OperationParam(name = "encounter") @Nullable StringType encounter,
      @OperationParam(name = "intent") @Nullable StringType intent,
      @OperationParam(name = "needPatientBanner") @Nullable StringType needPatientBanner,
      HttpServletRequest request) {
    if (!(request.getAttribute(Requester.ATTRIBUTE) instanceof Requester requester)) {
      throw new ForbiddenOperationException("An application is launched with an access token");
    }
    String patient = id.getIdPart();
    Client application = application(text(client));
    String forWhom = user(requester, text(user));
    requirePatient(patient);
    Launch context =
        new Launch(
            patient,
            encounter(text(encounter), patient),
            List.of(),
            intent(text(intent)),
            isBannerNeeded(text(needPatientBanner)),
            null);
    String launch = launches.open(Kind.EHR, application.id(), forWhom, context);
    Parameters answer = new Parameters();
    answer.addParameter("launch", launch);
    String address = application.launchUrl();
    if (address != null) {
      answer.addParameter("url", new UriType(address(address, launch)));
    }
    return answer;
  }

  private static @Nullable String text(@Nullable StringType given) {
    return given == null || given.isEmpty() ? null : given.getValue();
  }

  private Client application(@Nullable String id) {
    return Optional.ofNullable(id)
        .flatMap(clients::find)
        .filter(client -> ScopeLimits.split(client.scopes()).contains("launch"))
        .orElseThrow(
            () -> refused("client names no application that is registered with scope launch"));
  }

  /** A user opens applications for itself; a system for a user it names, or for who signs in. */
  private @Nullable String user(Requester requester, @Nullable String name) {
    Optional<User> named = name == null ? Optional.empty() : users.named(name);
    if (name != null && named.filter(user -> !user.disabled()).isEmpty()) {
      throw refused("user names nobody who may sign in here");
    }
    boolean isPerson =
        requester.fhirUser() != null || users.active(requester.subject()).isPresent();
    if (!isPerson) {
      return named.map(User::id).orElse(null);
    }
    boolean isOurs = requester.issuer().equals(urls.root());
    if (!isOurs || named.filter(user -> !user.id().equals(requester.subject())).isPresent()) {
      throw refused("a user of this server opens applications, and for itself only");
    }
    return requester.subject();
  }

  private void requirePatient(String id) {
    daos.getResourceDao(Patient.class).read(new IdType("Patient", id), new SystemRequestDetails());
  }

  private @Nullable String encounter(@Nullable String id, String patient) {
    if (id == null) {
      return null;
    }
    try {
      Encounter encounter =
          daos.getResourceDao(Encounter.class)
              .read(new IdType("Encounter", id), new SystemRequestDetails());
      if (encounter.getSubject().getReferenceElement().getIdPart() != null
          && encounter
              .getSubject()
              .getReferenceElement()
              .toUnqualifiedVersionless()
              .getValue()
              .equals("Patient/" + patient)) {
        return id;
      }
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      // As one of another patient: nothing is told of it.
    }
    throw refused("encounter names none of this patient");
  }

  private static @Nullable String intent(@Nullable String given) {
    if (given != null && !given.matches("[A-Za-z0-9._:/-]{1,200}")) {
      throw refused("intent is a code or a URI");
    }
    return given;
  }

  private static boolean isBannerNeeded(@Nullable String given) {
    if (given == null || given.equals("true") || given.equals("false")) {
      return !"false".equals(given);
    }
    throw refused("needPatientBanner is true or false");
  }

  private String address(String launchUrl, String launch) {
    return launchUrl
        + (launchUrl.contains("?") ? "&" : "?")
        + "iss="
        + URLEncoder.encode(urls.fhir(), UTF_8)
        + "&launch="
        + launch;
  }

  private static UnprocessableEntityException refused(String why) {
    return new UnprocessableEntityException(why);
  }
}
