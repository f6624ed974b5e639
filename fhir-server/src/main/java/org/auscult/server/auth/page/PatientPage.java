package org.auscult.server.auth.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.grant.LaunchParameter;
import org.auscult.server.auth.launch.Launch;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.launch.Launches.Kind;
import org.auscult.server.auth.launch.PatientDirectory;
import org.auscult.server.auth.launch.PatientDirectory.Found;
import org.auscult.server.auth.launch.PatientDirectory.Question;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.auscult.server.config.PublicUrls;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;

/** Where a user picks the patient with whom an application starts. */
@RestController
public final class PatientPage {
  /** Where it is. */
  public static final String PATH = "/oauth2/patient";

  private static final String WAITING = "org.auscult.waiting-request.";

  private final Users users;
  private final Clients clients;
  private final Launches launches;
  private final PatientDirectory patients;
  private final PublicUrls urls;

  public PatientPage(
      Users users, Clients clients, Launches launches, PatientDirectory patients, PublicUrls urls) {
    this.users = users;
    this.clients = clients;
    this.launches = launches;
    this.patients = patients;
    this.urls = urls;
  }

  /**
   * Keeps a request for authorization until a patient is picked.
   *
   * @param query of the request, with its question mark
   * @return its name in this session
   */
  public static String remember(HttpSession session, String query) {
    String key = UUID.randomUUID().toString();
    session.setAttribute(WAITING + key, query);
    return key;
  }

  @GetMapping(PATH)
  ResponseEntity<String> show(
      HttpServletRequest request,
      Principal principal,
      @RequestParam("request") String key,
      @RequestParam(value = "name", defaultValue = "") String name,
      @RequestParam(value = "identifier", defaultValue = "") String identifier,
      @RequestParam(value = "birthdate", defaultValue = "") String birthDate) {
    Client client = client(request, key);
    Question question = new Question(name, identifier, birthDate);
    List<Found> found = patients.find(user(principal), question);
    return Pages.page(
        "Choose a patient",
        """
        <p><b>%s</b> will see the record of the patient that you choose.</p>
        <form method="get" action="%s" role="search">
        %s
        <label for="name">Name</label>
        <input id="name" name="name" value="%s">
        <label for="identifier">Identifier</label>
        <input id="identifier" name="identifier" value="%s">
        <label for="birthdate">Date of birth</label>
        <input id="birthdate" name="birthdate" value="%s" placeholder="YYYY-MM-DD">
        <button>Search</button>
        </form>
        %s
        """
            .formatted(
                Pages.text(client.name()),
                PATH,
                Pages.hidden("request", key),
                Pages.text(name),
                Pages.text(identifier),
                Pages.text(birthDate),
                question.isEmpty() ? "" : results(request, key, found)));
  }

  private static String results(HttpServletRequest request, String key, List<Found> found) {
    if (found.isEmpty()) {
      return "<p role=\"status\">No patient was found.</p>";
    }
    return found.stream()
        .map(patient -> row(request, key, patient))
        .collect(Collectors.joining("", "<ul class=\"patients\">", "</ul>"));
  }

  private static String row(HttpServletRequest request, String key, Found patient) {
    return """
        <li><form method="post" action="%s">
        %s%s%s
        <button>%s</button>
        <span>%s</span>
        </form></li>
        """
        .formatted(
            PATH,
            Pages.csrf(request),
            Pages.hidden("request", key),
            Pages.hidden("patient", patient.id()),
            Pages.text(patient.name().isBlank() ? "(no name)" : patient.name()),
            Pages.text(
                String.join(
                    " · ",
                    patient.birthDate().isEmpty() ? "date of birth unknown" : patient.birthDate(),
                    patient.sex().isEmpty() ? "sex not recorded" : patient.sex(),
                    patient.identifiers().isEmpty()
                        ? "no identifier"
                        : patient.identifiers().get(0))));
  }

  @PostMapping(PATH)
  ResponseEntity<Void> choose(
      HttpServletRequest request,
      Principal principal,
      @RequestParam("request") String key,
      @RequestParam("patient") String patient) {
    Client client = client(request, key);
    User user = user(principal);
    if (patients.get(user, patient) == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    String selection = launches.open(Kind.PICKED, client.id(), user.id(), Launch.of(patient));
    String query = waiting(request, key);
    request.getSession().removeAttribute(WAITING + key);
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .location(
            URI.create(
                urls.root()
                    + "/oauth2/authorize"
                    + query
                    + "&"
                    + LaunchParameter.SELECTION
                    + "="
                    + selection))
        .build();
  }

  private Client client(HttpServletRequest request, String key) {
    String id =
        UriComponentsBuilder.fromUriString(waiting(request, key))
            .build()
            .getQueryParams()
            .getFirst("client_id");
    return clients
        .find(id == null ? "" : id)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private static String waiting(HttpServletRequest request, String key) {
    HttpSession session = request.getSession(false);
    if (session != null && session.getAttribute(WAITING + key) instanceof String query) {
      return query;
    }
    throw new ResponseStatusException(HttpStatus.NOT_FOUND);
  }

  private User user(Principal principal) {
    return users
        .active(principal.getName())
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.FORBIDDEN));
  }
}
